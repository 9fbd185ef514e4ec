/** What a chart over the steps shows: the loss, or theta of a one-dimensional objective. */
import { chooseLossScale, drawnLoss, rangeOf } from './loss_scale.js';
import { knownMinimum } from './picture.js';
import { formatNumber } from './ticks.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./series_figure.js').ValueAxis} ValueAxis */
/** @typedef {import('../history.js').History} History */

/**
 * @typedef {object} Part a line of each descent
 * @property {'main' | 'test' | 'batch'} kind
 * @property {string} word
 * @property {(history: History, step: number) => number} read value on the axis
 * @property {(history: History, step: number) => number} exact value in the readout
 *
 * @typedef {object} Value
 * @property {string} key changes where thinned rows and ranges are no longer good
 * @property {string} title
 * @property {boolean} isLog
 * @property {(history: History, step: number) => number} read value on the axis
 * @property {(history: History, step: number) => number} exact value in the readout
 * @property {(extents: import('./loss_scale.js').Extent[]) => [number, number] | null} range
 * @property {(range: [number, number]) => Record<string, unknown>} ticks
 * @property {number[]} references values with a line across
 * @property {Part[]} parts lines to draw, the faintest first; the main one reads what the value reads
 */

const SYMLOG = /** @type {const} */ ({ kind: 'symlog', reference: 0 });

/** @param {Picture} picture @returns {Value} */
export function lossValue(picture) {
  const { surface, strings, descents } = picture;
  const bests = descents.map((descent) => descent.history.best()?.loss ?? Infinity);
  const minimum = surface && knownMinimum(surface);
  const scale = chooseLossScale(picture.lossScale, minimum, Math.min(surface?.minimum ?? Infinity, ...bests));
  const isShifted = scale.reference !== 0;
  const parts = lossParts(scale, descents[0]?.history, strings);
  const { read, exact } = parts[parts.length - 1];
  return {
    key: `loss ${scale.kind} ${scale.reference} ${picture.revision}`,
    title: isShifted ? `${strings.loss} \u2212 ${strings.minimum}` : strings.loss,
    isLog: scale.kind === 'log',
    read,
    exact,
    parts,
    range: (extents) => rangeOf(scale, extents),
    ticks: (range) => (scale.kind === 'symlog' ? symlogTicks(range) : {}),
    references: scale.kind === 'symlog' ? [0] : [],
  };
}

/** The loss over all training points; that of each batch, where a step sees but a batch; that on the points held back, where there are any.
 * @param {import('./loss_scale.js').LossScale} scale @param {History | undefined} history @param {import('./picture.js').PlotStrings} strings @returns {Part[]} */
function lossParts(scale, history, strings) {
  const part = (/** @type {Part['kind']} */ kind, /** @type {string} */ word, /** @type {Part['exact']} */ exact) =>
    ({ kind, word, exact, read: (/** @type {History} */ of, /** @type {number} */ step) => drawnLoss(scale, exact(of, step)) });
  return [
    ...(history?.has('train_loss') ? [part('batch', strings.batch, (of, step) => of.loss(step))] : []),
    ...(history?.has('test_loss') ? [part('test', strings.test, (of, step) => of.extra('test_loss', step))] : []),
    part('main', strings.train, (of, step) => of.fullLoss(step)),
  ];
}

/** Where a range holds at most one power of ten. */
const EVENLY = [0.1, 0.5, 0.9];

/** A loss of four digits at a place of a symlog axis. @param {number} at */
const lossAt = (at) => Number((Math.sign(at) * (10 ** Math.abs(at) - 1)).toPrecision(4));

/** @param {number[]} losses @param {number} low @param {number} high */
const within = (losses, low, high) => losses.map((loss) => ({ loss, at: drawnLoss(SYMLOG, loss) })).filter(({ at }) => at >= low && at <= high);

/** Zero and powers of ten of both signs, or losses between them, where they lie on a symlog axis. @param {[number, number]} range */
export function symlogTicks([low, high]) {
  const most = Math.ceil(Math.max(Math.abs(low), Math.abs(high), 1));
  const every = Math.max(1, Math.ceil((high - low) / 7));
  const losses = [0];
  for (let exponent = every - 1; exponent <= most; exponent += every) losses.push(10 ** exponent, -(10 ** exponent));
  const powers = within(losses, low, high);
  const shown = powers.length > 1 ? powers : within(EVENLY.map((part) => lossAt(low + part * (high - low))), low, high);
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
    parts: [{ kind: 'main', word: picture.labels.x, read, exact: read }],
    range: () => [domain[0], domain[1]],
    ticks: () => ({}),
    references: (objective?.minima ?? []).map((minimum) => minimum.theta[0]),
  };
}
