/** The stops of the speed slider, in steps per second; at its end as fast as possible. */

/** @type {ReadonlyArray<number | null>} */
export const SPEEDS = [1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 200, 300, 500, 1000, 2000, null];

const LAST = SPEEDS.length - 1;

/** The stop of a speed, or the nearest one. @param {number | null} speed */
export function stopOf(speed) {
  if (speed === null) return LAST;
  const away = SPEEDS.slice(0, LAST).map((other) => Math.abs(Math.log(speed / /** @type {number} */ (other))));
  return away.indexOf(Math.min(...away));
}

/** The speed at a stop; stops beyond the ends are the ends. @param {number} stop */
export const speedAt = (stop) => SPEEDS[Math.max(0, Math.min(LAST, stop))];
