/** The axes of a chart over the steps: during a race they only grow, by nice amounts; fewer rows than before are another race. */
import { growRange } from './loss_scale.js';
import { niceBound } from './ticks.js';

/** @typedef {import('./loss_scale.js').Extent} Extent */
/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {{key: string, steps: [number, number], range: [number, number], isEmpty: boolean, length: number}} SeriesAxes
 * length: most rows of a descent when they were made */

const LEAST_STEPS = 50;
/** Of a chart without rows yet. @type {[number, number]} */
const EMPTY_RANGE = [-3, 3];

/** What one line of a descent spans. @param {DrawnDescent} descent @param {Pick<Value, 'read'>} value @param {number[]} steps thinned, with all extremes
 * @returns {Extent} */
export function extentOf({ history, state }, value, steps) {
  let [low, high, lowPositive] = [NaN, NaN, NaN];
  for (const step of steps) {
    const at = value.read(history, step);
    if (!Number.isFinite(at)) continue;
    if (!(at >= low)) low = at;
    if (!(at <= high)) high = at;
    if (at > 0 && !(at >= lowPositive)) lowPositive = at;
  }
  const first = steps.length > 0 ? value.read(history, steps[0]) : NaN;
  return { first, low, high, lowPositive, isDiverged: state === 'diverged' };
}

/**
 * The axes that show everything so far; the very same object where nothing changes.
 * @param {SeriesAxes | null} current @param {Value} value @param {Extent[]} extents
 * @param {number} length most rows of a descent @param {number | null} numSteps length of the run, where known
 * @returns {SeriesAxes}
 */
export function nextAxes(current, value, extents, length, numSteps) {
  const isSameRace = current !== null && current.key === value.key && !current.isEmpty && length >= current.length;
  const kept = isSameRace ? current : null;
  const bound = niceBound(Math.max(1, length - 1), LEAST_STEPS);
  const last = numSteps === null ? bound : Math.min(bound, Math.max(numSteps, length - 1));
  const needed = value.range(extents);
  const range = needed ? growRange(kept ? kept.range : null, needed, value.isLog ? 'log' : 'other') : EMPTY_RANGE;
  const end = Math.max(last, kept?.steps[1] ?? 0);
  if (kept && end === kept.steps[1] && range[0] === kept.range[0] && range[1] === kept.range[1]) return kept;
  return { key: value.key, steps: [0, end], range: [range[0], range[1]], isEmpty: needed === null, length };
}
