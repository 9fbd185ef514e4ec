/**
 * From the stream to the histories. Messages are only queued as they come; one callback per animation frame reads them all.
 */
import { History } from './history.js';
import { readMessage, rowsFrom } from './messages.js';

/**
 * @typedef {object} Listener
 * @property {() => void} onRows new rows are in the histories
 * @property {(message: any) => void} onMessage every message that is no frame, in its place between the frames
 * @property {() => Array<{state: string}>} outcomes of the descents, in the run's order
 */

/** @param {Listener} listener */
export function createRows({ onRows, onMessage, outcomes }) {
  /** @type {Map<string, History>} in the run's order */
  let histories = new Map();
  /** @type {History[]} */
  let inOrder = [];
  /** @type {unknown[]} */
  let queue = [];
  let isDue = false;
  /** @type {Set<() => void>} */
  const watchers = new Set();

  /** @param {any} frame @returns {boolean} whether it brought something new */
  function append(frame) {
    const history = inOrder[frame.descent];
    const rows = rowsFrom(frame, history.length, history.dim);
    if (rows) history.append(rows);
    return rows !== null;
  }

  function drain() {
    const messages = queue;
    queue = [];
    let hasRows = false;
    for (const data of messages) {
      const message = readMessage(/** @type {any} */ (data));
      if (message.type === 'frame') hasRows = append(message) || hasRows;
      else onMessage(message);
    }
    if (hasRows) onRows();
    for (const watcher of watchers) watcher();
  }

  function drainSoon() {
    // A hidden page gets no animation frames, and there is nothing to draw.
    if (document.hidden) return drain();
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      drain();
    });
  }

  document.addEventListener('visibilitychange', () => queue.length > 0 && drain());

  return {
    /** Begin with empty histories. @param {string[]} keys of the descents, in the run's order @param {number} dim */
    begin(keys, dim) {
      queue = [];
      inOrder = keys.map(() => new History(dim));
      histories = new Map(keys.map((key, i) => [key, inOrder[i]]));
      for (const watcher of watchers) watcher();
    },
    /** @param {unknown} data */
    push(data) {
      queue.push(data);
      drainSoon();
    },
    /** The first step that is missing of a descent that still goes on. */
    nextStep() {
      const lengths = inOrder.map((history) => history.length);
      const states = outcomes();
      const going = lengths.filter((_, i) => states[i]?.state === 'running');
      return going.length > 0 ? Math.min(...going) : Math.max(0, ...lengths);
    },
    numSteps: () => Math.max(0, ...inOrder.map((history) => history.length - 1)),
    /** @param {string} key */
    historyOf: (key) => histories.get(key) ?? null,
    histories: () => inOrder,
    /** Hear of new rows, at most once per animation frame. @param {() => void} watcher @returns {() => void} */
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
