/**
 * The height at which a loss is drawn: the loss itself, or a logarithm where the range needs it.
 *
 * Log height: T(f) = log10(1 + (f - base) / scale). It keeps the order and the places of all minima, is linear below `scale` and
 * logarithmic above. Only the drawing knows it; every number shown to a reader is the loss.
 */
import { fence } from './fence.js';
import { formatNumber, niceStep } from './ticks.js';

/** @typedef {{kind: 'linear' | 'log', base: number, scale: number, low: number, high: number}} Height
 * low and high: heights of the lowest and the highest finite value */

/** Values whose highest is this many times as far above the lowest as their median is need a log height. A curve keeps its shape
 * for longer: a tangent on it should be its slope. */
const LOG_FROM = { surface: 5, curve: 60 };
/** The part of the values that lies in the linear piece of a log height. */
const LINEAR_PART = 0.12;

/** @param {ArrayLike<number>} sorted rising @param {number} part from 0 to 1 */
function quantile(sorted, part) {
  return sorted[Math.round(part * (sorted.length - 1))];
}

/** @param {number} value */
function nearestNice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const part = value / power;
  return power * (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10);
}

/** The finite values of a grid or a curve. @param {(number | null)[][] | (number | null)[]} z */
export function finiteValues(z) {
  return Float64Array.from(/** @type {(number | null)[]} */ (z.flat()).filter(isFiniteNumber));
}

/** @param {number | null} value @returns {value is number} */
function isFiniteNumber(value) {
  return value !== null && Number.isFinite(value);
}

/**
 * Choose the height from the distribution of the values.
 * @param {(number | null)[][] | (number | null)[]} z
 * @param {number | null} knownMinimum lowest known loss, which the grid may have missed
 * @param {Height | null} [like] a height of the same ground, whose kind and scale are kept
 * @returns {Height}
 */
export function chooseHeight(z, knownMinimum, like = null) {
  const sorted = finiteValues(z).sort();
  if (sorted.length === 0) return { kind: 'linear', base: 0, scale: 1, low: 0, high: 1 };
  // Where minima are known, nothing below goes to infinity.
  const [least, most] = knownMinimum === null ? fence(z, sorted) : [sorted[0], sorted[sorted.length - 1]];
  const base = Math.min(least, knownMinimum ?? Infinity);
  const [top, median] = [most - base, quantile(sorted, 0.5) - base];
  const isLog = like ? like.kind === 'log' : median > 0 && top / median > (Array.isArray(z[0]) ? LOG_FROM.surface : LOG_FROM.curve);
  const knee = quantile(sorted, LINEAR_PART) - base;
  /** @type {Height} */
  const height = { kind: isLog ? 'log' : 'linear', base, scale: like?.scale ?? (isLog ? nearestNice(knee > 0 ? knee : median) : 1), low: 0, high: 1 };
  const [low, high] = [heightOf(height, base), heightOf(height, base + top)];
  return { ...height, low, high: high > low ? high : low + 1 };
}

/** Height of a loss; NaN where it is not finite. @param {Height} height @param {number} loss */
export function heightOf(height, loss) {
  if (!Number.isFinite(loss)) return NaN;
  if (height.kind === 'linear') return loss;
  return Math.log10(1 + Math.max(0, loss - height.base) / height.scale);
}

/** Loss drawn at a height: the inverse of `heightOf`. @param {Height} height @param {number} at */
export function lossOf(height, at) {
  return height.kind === 'linear' ? at : height.base + height.scale * (10 ** at - 1);
}

/** Derivative of the height by the loss: turns a gradient into the slope that is drawn. @param {Height} height @param {number} loss */
export function slopeOf(height, loss) {
  if (height.kind === 'linear') return 1;
  return 1 / (Math.LN10 * (height.scale + Math.max(0, loss - height.base)));
}

/** Every loss of 1, 2, 5 times a power of ten within the range, and zero; roundest first. @param {number} low @param {number} high */
function roundLosses(low, high) {
  const largest = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high), 1e-300)));
  /** @type {number[]} */
  const losses = [0];
  for (const factor of [1, 5, 2]) {
    for (let exponent = largest; exponent > largest - 8; exponent--) {
      const size = Number(`${factor}e${exponent}`);
      losses.push(size, -size);
    }
  }
  return losses.filter((loss) => loss >= low && loss <= high);
}

/** Ticks at nice losses within the values. @param {Height} height @param {number} gap */
function linearTicks({ low, high }, gap) {
  const step = niceStep(high - low, Math.max(1, Math.floor(1 / gap)));
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  const tickvals = Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  return { tickvals, ticktext: tickvals.map((loss) => formatNumber(loss)) };
}

/**
 * Ticks of the height: where they stand, and the losses that belong there.
 * @param {Height} height
 * @param {number} gap least distance of two ticks, as a part of the drawn range
 */
export function heightTicks(height, gap = 0.17) {
  if (height.kind === 'linear') return linearTicks(height, gap);
  const [low, high] = [height.low, height.high].map((at) => lossOf(height, at));
  const least = gap * (height.high - height.low);
  /** @type {{at: number, loss: number}[]} */
  const ticks = [];
  for (const loss of roundLosses(low - 1e-9 * Math.abs(low), high)) {
    const at = heightOf(height, loss);
    if (ticks.every((tick) => Math.abs(tick.at - at) >= least)) ticks.push({ at, loss });
  }
  ticks.sort((a, b) => a.at - b.at);
  return { tickvals: ticks.map((tick) => tick.at), ticktext: ticks.map((tick) => formatNumber(tick.loss)) };
}
