/** What a chart over the steps shows: the loss, or theta of a one-dimensional objective. */
import { chooseLossScale, drawnLoss, rangeOf } from './loss_scale.js';
import { knownMinimum } from './picture.js';
import { formatNumber } from './ticks.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./series_figure.js').ValueAxis} ValueAxis */
/** @typedef {import('../history.js').History} History */

/**
 * @typedef {object} Value
 * @property {string} key changes where thinned rows and ranges are no longer good
 * @property {string} title
 * @property {boolean} isLog
 * @property {(history: History, step: number) => number} read value on the axis
 * @property {(history: History, step: number) => number} exact value in the readout
 * @property {(extents: import('./loss_scale.js').Extent[]) => [number, number] | null} range
 * @property {(range: [number, number]) => Record<string, unknown>} ticks
 * @property {number[]} references values with a line across
 */

const SYMLOG = /** @type {const} */ ({ kind: 'symlog', reference: 0 });

/** @param {Picture} picture @returns {Value} */
export function lossValue(picture) {
  const { surface, strings, descents } = picture;
  const bests = descents.map((descent) => descent.history.best()?.loss ?? Infinity);
  const minimum = surface && knownMinimum(surface);
  const scale = chooseLossScale(picture.lossScale, minimum, Math.min(surface?.minimum ?? Infinity, ...bests));
  const isShifted = scale.reference !== 0;
  return {
    key: `loss ${scale.kind} ${scale.reference} ${picture.revision}`,
    title: isShifted ? `${strings.loss} \u2212 ${strings.minimum}` : strings.loss,
    isLog: scale.kind === 'log',
    read: (history, step) => drawnLoss(scale, history.loss(step)),
    exact: (history, step) => history.loss(step),
    range: (extents) => rangeOf(scale, extents),
    ticks: (range) => (scale.kind === 'symlog' ? symlogTicks(range) : {}),
    references: scale.kind === 'symlog' ? [0] : [],
  };
}

/** Zero and powers of ten of both signs, where they lie on a symlog axis. @param {[number, number]} range */
export function symlogTicks([low, high]) {
  const most = Math.ceil(Math.max(Math.abs(low), Math.abs(high), 1));
  const every = Math.max(1, Math.ceil((high - low) / 7));
  const losses = [0];
  for (let exponent = every - 1; exponent <= most; exponent += every) losses.push(10 ** exponent, -(10 ** exponent));
  const shown = losses.map((loss) => ({ loss, at: drawnLoss(SYMLOG, loss) })).filter(({ at }) => at >= low && at <= high);
  return { tickmode: 'array', tickvals: shown.map(({ at }) => at), ticktext: shown.map(({ loss }) => formatNumber(loss)) };
}

/** @param {Picture} picture @returns {Value} */
export function thetaValue(picture) {
  const objective = picture.surface?.objective;
  const domain = objective?.domain[0] ?? [0, 1];
  const read = (/** @type {History} */ history, /** @type {number} */ step) => history.theta(step, 0);
  return {
    key: `theta ${picture.revision}`,
    title: picture.labels.x,
    isLog: false,
    read,
    exact: read,
    range: () => [domain[0], domain[1]],
    ticks: () => ({}),
    references: (objective?.minima ?? []).map((minimum) => minimum.theta[0]),
  };
}
