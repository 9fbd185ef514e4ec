/** The vertical axis of the loss chart: linear, or a logarithm that is honest about losses of zero and below. */

/**
 * log: log10 of loss - reference; where a known minimum is negative it is the reference, and the title says so.
 * symlog: sign(loss) log10(1 + |loss|), for losses that go below zero towards no known minimum (a saddle).
 * @typedef {{kind: 'linear' | 'log' | 'symlog', reference: number}} LossScale
 */

/** Decades of a log axis below which losses are not told apart. */
const MOST_DECADES = 18;
/** A diverged descent may raise the top of the axis to this many times the highest loss of a start. */
const DIVERGED_REACH = 1e3;

/** @typedef {{first: number, low: number, high: number, lowPositive: number, isDiverged: boolean}} Extent
 * of one descent, in drawn values: at its start, lowest, highest, lowest above zero (NaN where there is none) */

/**
 * @param {'log' | 'linear'} wanted
 * @param {number | null} knownMinimum lowest known loss of the objective
 * @param {number} lowest lowest loss on the surface and in the histories
 * @returns {LossScale}
 */
export function chooseLossScale(wanted, knownMinimum, lowest) {
  if (wanted === 'linear') return { kind: 'linear', reference: 0 };
  if (knownMinimum !== null && knownMinimum < 0) return { kind: 'log', reference: knownMinimum };
  return { kind: lowest < 0 ? 'symlog' : 'log', reference: 0 };
}

/** The number that a loss has on the axis, before Plotly's own logarithm. @param {LossScale} scale @param {number} loss */
export function drawnLoss(scale, loss) {
  if (scale.kind === 'symlog') return Math.sign(loss) * Math.log10(1 + Math.abs(loss));
  return loss - scale.reference;
}

/** The loss of a number on a flat axis. @param {LossScale} scale @param {number} drawn */
function lossOf(scale, drawn) {
  return scale.kind === 'symlog' ? Math.sign(drawn) * (10 ** Math.abs(drawn) - 1) : drawn;
}

/**
 * Range of the axis that shows the extents; on a log axis in powers of ten. Null where there is nothing to show yet.
 * @param {LossScale} scale @param {Extent[]} extents
 * @returns {[number, number] | null}
 */
export function rangeOf(scale, extents) {
  const known = extents.filter((extent) => Number.isFinite(extent.high));
  if (known.length === 0) return null;
  return scale.kind === 'log' ? logRange(known) : flatRange(known, (loss) => drawnLoss(scale, loss), (drawn) => lossOf(scale, drawn));
}

/** @param {Extent[]} extents @returns {[number, number]} */
function logRange(extents) {
  const start = Math.max(...extents.map((extent) => extent.first).filter(Number.isFinite));
  const tops = extents.map(({ high, isDiverged }) => (isDiverged ? Math.min(high, DIVERGED_REACH * start) : high));
  const positive = extents.map((extent) => extent.lowPositive).filter(Number.isFinite);
  const highest = Math.max(...tops);
  if (!(highest > 0) || positive.length === 0) return [-2, 1];
  const top = Math.ceil(Math.log10(highest) * 2 + 0.2) / 2;
  const bottom = Math.floor(Math.log10(Math.min(...positive)) - 0.15);
  return [Math.max(Math.min(bottom, top - 3), top - MOST_DECADES), top];
}

/** Diverged descents do not squash the others: they leave the picture at its edge. Where there are no others, they are shown as far as
 * they may reach. @param {Extent[]} extents @param {(loss: number) => number} drawn @param {(drawn: number) => number} lossOf
 * @returns {[number, number]} */
function flatRange(extents, drawn, lossOf) {
  const others = extents.filter((extent) => !extent.isDiverged);
  const calm = others.length > 0 ? others : extents.map((extent) => within(extent, drawn(DIVERGED_REACH * (Math.abs(lossOf(extent.first)) || 1))));
  const starts = extents.map((extent) => extent.first).filter(Number.isFinite);
  const low = Math.min(...calm.map((extent) => extent.low), ...starts);
  const high = Math.max(...calm.map((extent) => extent.high), ...starts);
  const margin = 0.06 * (high - low || Math.max(1, Math.abs(low)));
  return [low - margin, high + margin];
}

/** @param {Extent} extent @param {number} reach @returns {Extent} */
const within = (extent, reach) => ({ ...extent, low: Math.max(extent.low, -reach), high: Math.min(extent.high, reach) });

/**
 * The next range: it only grows, and stays where it need not.
 * @param {[number, number] | null} current @param {[number, number]} needed @param {'log' | 'other'} kind
 * @returns {[number, number]}
 */
export function growRange(current, needed, kind) {
  if (!current) return needed;
  const reserve = kind === 'log' ? 1 : 0.12 * (needed[1] - needed[0]);
  const low = needed[0] < current[0] ? needed[0] - reserve : current[0];
  const high = needed[1] > current[1] ? needed[1] + reserve * 0.5 : current[1];
  return [low, high];
}
