/** How long the screen takes to swallow a draw: a draw call returns long before a slow GL has done its work. */

/** A draw whose frames follow each other this closely costs nothing worth saving, in ms. */
const FREE = 45;
/** After a draw, the rest of the page gets this many times its cost. */
const REST = 3;
const SMOOTHING = 0.3;

/** @param {(callback: (now: number) => void) => number} requestFrame */
export function createCostMeter(requestFrame) {
  let cost = 0;
  let isMeasuring = false;
  return {
    /** Call right after a draw. @param {number} now */
    measure(now) {
      if (isMeasuring) return;
      isMeasuring = true;
      requestFrame(() =>
        requestFrame((later) => {
          isMeasuring = false;
          cost += SMOOTHING * (later - now - cost);
        }),
      );
    },
    /** Two frames after a draw, in ms, smoothed. */
    cost: () => cost,
    /** Least time until the next draw, in ms. */
    interval: () => (cost > FREE ? REST * cost : 0),
  };
}
