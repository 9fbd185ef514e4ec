/** Which rows of a chart over the steps are drawn, and where. */
import { toTop } from './projection.js';
import { SeriesThinner } from './series.js';

/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./values.js').Part} Part */
/** @typedef {WeakMap<object, Map<string, {key: string, thinner: SeriesThinner}>>} Known by history and kind of line */

const ROW_BUDGET = 2000;

/** Pixel from the top; what a log axis cannot show lies below it. @param {Box} box @param {number} at */
export function topOf({ y }, at) {
  return y.isLog && at <= 0 ? y.offset + 2 * y.length : toTop(y, at);
}

/** Thinned rows: of a whole history, and of a zoom into it. */
export function createSeriesRows() {
  /** @type {Known} */
  const whole = new WeakMap();
  /** @type {Known} */
  const zoomed = new WeakMap();
  return (/** @type {DrawnDescent} */ { history }, /** @type {Value} */ value, /** @type {Part} */ part, /** @type {[number, number] | null} */ range) => {
    const window = range && zoomWindow(range);
    const key = `${value.key} ${window}`;
    const known = window ? zoomed : whole;
    /** @type {Map<string, {key: string, thinner: SeriesThinner}>} */
    const parts = known.get(history) ?? new Map();
    known.set(history, parts);
    const found = parts.get(part.kind);
    if (found?.key === key) return found.thinner;
    const thinner = new SeriesThinner(history, part.read, ROW_BUDGET, window ?? [0, Infinity]);
    parts.set(part.kind, { key, thinner });
    return thinner;
  };
}

/** Steps within a zoom and one beyond each end, so that lines go on to the edge. @param {[number, number]} range @returns {[number, number]} */
export function zoomWindow([from, to]) {
  return [Math.max(0, Math.floor(from) - 1), Math.max(0, Math.ceil(to) + 1)];
}
