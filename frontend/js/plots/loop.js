/** One animation frame for everything that is dirty; a task that is expensive gets fewer of them. */

/**
 * @typedef {{draw: (now: number) => void, interval: () => number}} Task interval: least time between two draws, in ms
 * @typedef {{request: (callback: (now: number) => void) => number, cancel: (handle: number) => void}} Clock
 */

/**
 * @template {string} Name
 * @param {Record<Name, Task>} tasks drawn in this order
 * @param {Clock} clock requestAnimationFrame and its inverse
 */
export function createLoop(tasks, clock) {
  /** @type {Name[]} */
  const names = /** @type {Name[]} */ (Object.keys(tasks));
  /** @type {Set<Name>} */
  const dirty = new Set();
  /** @type {Map<Name, number>} */
  const drawnAt = new Map();
  let handle = 0;
  let isStopped = false;
  let numFrames = 0;

  const isDue = (/** @type {Name} */ name, /** @type {number} */ now) =>
    dirty.has(name) && now - (drawnAt.get(name) ?? -Infinity) >= tasks[name].interval();

  /** @param {number} now */
  function frame(now) {
    handle = 0;
    const due = names.filter((name) => isDue(name, now));
    if (due.length > 0) numFrames += 1;
    for (const name of due) {
      dirty.delete(name);
      drawnAt.set(name, now);
      tasks[name].draw(now);
    }
    schedule();
  }

  function schedule() {
    if (handle === 0 && dirty.size > 0 && !isStopped) handle = clock.request(frame);
  }

  return {
    /** Ask for tasks to be drawn; all where none is named. @param {Name[]} which */
    invalidate(...which) {
      for (const name of which.length > 0 ? which : names) dirty.add(name);
      schedule();
    },
    /** Frames in which anything was drawn. */
    numFrames: () => numFrames,
    stop() {
      isStopped = true;
      if (handle !== 0) clock.cancel(handle);
      handle = 0;
    },
  };
}
