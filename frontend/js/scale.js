/** Sliders: where a value stands between two ends, on a linear or logarithmic scale. */
import { roundTo } from './format.js';

/**
 * @typedef {object} Range
 * @property {number} minimum
 * @property {number} maximum
 * @property {boolean} log
 * @property {boolean} integer
 */

/**
 * The place of a value: 0 at the minimum, 1 at the maximum.
 *
 * @param {number} value
 * @param {Range} range
 */
export function placeOf(value, { minimum, maximum, log }) {
  const place = log
    ? Math.log(Math.max(value, minimum) / minimum) / Math.log(maximum / minimum)
    : (value - minimum) / (maximum - minimum);
  return Number.isFinite(place) ? Math.min(1, Math.max(0, place)) : 0;
}

/**
 * The value at a place, rounded to what a person would type.
 *
 * @param {number} place
 * @param {Range} range
 */
export function valueAt(place, { minimum, maximum, log, integer }) {
  if (place <= 0) return minimum;
  if (place >= 1) return maximum;
  const value = log ? minimum * (maximum / minimum) ** place : minimum + (maximum - minimum) * place;
  if (integer) return Math.round(value);
  if (log) return roundTo(value, 2);
  const grain = 10 ** Math.floor(Math.log10((maximum - minimum) / 200));
  return roundTo(Math.round(value / grain) * grain, 12);
}

/**
 * The next value up or down, for arrow keys in a number field.
 *
 * @param {number} value
 * @param {1 | -1} direction
 * @param {{log: boolean, integer: boolean}} scale
 */
export function nudge(value, direction, { log, integer }) {
  if (integer) return value + direction;
  if (log && value > 0) {
    const grain = 10 ** (Math.floor(Math.log10(value) + 1e-9) - 1);
    const down = direction < 0 && Math.abs(value - grain * 10) < grain / 2 ? grain / 10 : grain;
    return roundTo(value + direction * down, 2);
  }
  const size = Math.abs(value);
  const grain = size === 0 ? 0.1 : 10 ** (Math.floor(Math.log10(size)) - 1);
  return roundTo(Math.round((value + direction * grain) / grain) * grain, 12);
}

/** The range of a slider for a catalogue row, or null where a slider makes no sense.
 *
 * @param {{minimum: number | null, maximum: number | null, scale: string | null, type?: string}} row
 * @returns {Range | null}
 */
export function rangeOf({ minimum, maximum, scale, type }) {
  if (maximum === null || maximum === undefined) return null;
  const log = scale === 'log';
  const low = minimum ?? 0;
  const bottom = log && low <= 0 ? Math.min(1e-6, maximum / 1e6) : low;
  return { minimum: bottom, maximum, log, integer: type === 'int' || type === 'integer' };
}
