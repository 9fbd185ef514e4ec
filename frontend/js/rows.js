/**
 * From the stream to the histories. Messages are only queued as they come; one callback per animation frame reads them all.
 */
import { History } from './history.js';
import { readMessage, rowsFrom } from './messages.js';
import { MOST_TOLD } from './plane.js';
import { Trail } from './trail.js';

/**
 * @typedef {import('./plots/fit_data.js').Fit & {theta: Float32Array | null}} Fit what a model makes of its data at one step
 *
 * @typedef {object} Listener
 * @property {() => void} onRows new rows are in the histories
 * @property {(key: string, fit: Fit) => void} onFit
 * @property {(message: any) => void} onMessage every message that is no frame, in its place between the frames
 * @property {() => Array<{state: string}>} outcomes of the descents, in the run's order
 */

const READOUT_INTERVAL_MS = 80;

/**
 * The step at which each descent is read: those that go on share the newest that all of them have, the others stand at their own last.
 *
 * @param {number[]} lengths rows of each descent
 * @param {string[]} states
 */
export function stepsToRead(lengths, states) {
  const going = lengths.filter((_, i) => states[i] === 'running');
  const common = Math.min(...going) - 1;
  return lengths.map((length, i) => (states[i] === 'running' ? common : length - 1));
}

/** @param {Listener} listener */
export function createRows({ onRows, onFit, onMessage, outcomes }) {
  /** @type {Map<string, History>} in the run's order */
  let histories = new Map();
  /** @type {History[]} */
  let inOrder = [];
  /** @type {Map<string, Fit>} the newest of each descent */
  let fits = new Map();
  /** @type {Trail[]} in the run's order; empty where the histories hold theta */
  let trails = [];
  /** @type {unknown[]} */
  let queue = [];
  let isDue = false;
  /** @type {Set<() => void>} */
  const watchers = new Set();
  /** @type {number[]} */
  let stepsRead = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let trailing;
  let toldAt = -Infinity;

  /** All who show numbers read the same moment. */
  function tell() {
    clearTimeout(trailing);
    trailing = undefined;
    toldAt = performance.now();
    const states = outcomes().map(({ state }) => state);
    stepsRead = stepsToRead(inOrder.map((history) => history.length), states);
    for (const watcher of watchers) watcher();
  }

  /** Not faster than numbers can be read. */
  function tellSoon() {
    if (trailing !== undefined) return;
    const wait = toldAt + READOUT_INTERVAL_MS - performance.now();
    if (wait <= 0) tell();
    else trailing = setTimeout(tell, wait);
  }

  /** @param {any} frame @returns {boolean} whether it brought something new */
  function append(frame) {
    const history = inOrder[frame.descent];
    const rows = rowsFrom(frame, history.length, history.dim);
    if (rows) history.append(rows);
    return rows !== null;
  }

  /** @param {Fit & {descent: number}} fit */
  function keepFit(fit) {
    const key = [...histories.keys()][fit.descent];
    if (key === undefined) return;
    fits.set(key, fit);
    if (fit.theta) trails[fit.descent]?.setNewest(fit.step, fit.theta);
    onFit(key, fit);
  }

  function drain() {
    const messages = queue;
    queue = [];
    let hasRows = false;
    for (const data of messages) {
      const message = readMessage(/** @type {any} */ (data));
      if (message.type === 'frame') hasRows = append(message) || hasRows;
      else if (message.type === 'fit') keepFit(message);
      else if (message.type === 'samples') trails[message.descent]?.append(message);
      else onMessage(message);
    }
    if (hasRows) onRows();
    tellSoon();
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
    /** Begin with empty histories. @param {string[]} keys of the descents, in the run's order @param {number} dim of theta
     * @param {readonly string[]} [extras] columns beside the loss */
    begin(keys, dim, extras = []) {
      queue = [];
      fits = new Map();
      inOrder = keys.map(() => new History(dim <= MOST_TOLD ? dim : 0, extras));
      trails = dim > MOST_TOLD ? keys.map(() => new Trail(dim)) : [];
      histories = new Map(keys.map((key, i) => [key, inOrder[i]]));
      tell();
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
    /** The step that the counter shows: the common one of those that go on, or the furthest. */
    numSteps() {
      const states = outcomes();
      const going = stepsRead.filter((_, i) => states[i]?.state === 'running');
      return Math.max(0, ...(going.length > 0 ? going : stepsRead));
    },
    /** The row of a descent to show as a number. @param {string} key */
    rowOf(key) {
      const index = [...histories.keys()].indexOf(key);
      const step = stepsRead[index] ?? -1;
      return step >= 0 && step < inOrder[index].length ? inOrder[index].at(step) : null;
    },
    /** @param {string} key */
    historyOf: (key) => histories.get(key) ?? null,
    histories: () => inOrder,
    /** Theta at some steps of a descent in more dimensions than its history holds. @param {string} key */
    trailOf: (key) => trails[[...histories.keys()].indexOf(key)] ?? null,
    /** What a descent makes of the data, at the newest step that is told. @param {string} key */
    fitOf: (key) => fits.get(key) ?? null,
    /** Hear of new rows to read, all at one moment. @param {() => void} watcher @returns {() => void} */
    watch(watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}
