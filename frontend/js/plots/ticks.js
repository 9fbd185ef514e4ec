/** Numbers that read well: nice steps, nice bounds, short text. */

const MINUS = '\u2212';
const SUPERSCRIPTS = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';
/** Bounds at which a growing axis stops, as parts of the next power of ten. */
const BOUNDS = [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1];

/** Whole number as superscript characters. @param {number} exponent */
function superscript(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return exponent < 0 ? `\u207b${digits}` : digits;
}

/** A short text for a tick or a readout. @param {number} value @param {number} [digits] significant digits */
export function formatNumber(value, digits = 4) {
  if (!Number.isFinite(value)) return '\u2013';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  if (size >= 1e-4 && size < 1e5) return sign + String(Number(size.toPrecision(digits)));
  const [mantissa, exponent] = size.toExponential(digits - 1).split('e');
  const factor = String(Number(mantissa));
  const power = `10${superscript(Number(exponent))}`;
  return sign + (factor === '1' ? power : `${factor}\u00d7${power}`);
}

/** The smallest of 1, 2, 5 times a power of ten that splits `span` into at most `count` parts. @param {number} span @param {number} count */
export function niceStep(span, count) {
  const least = span / count;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** The next bound of a growing step axis that is at least `length`. @param {number} length @param {number} least */
export function niceBound(length, least) {
  const size = Math.max(length, least);
  const power = 10 ** Math.ceil(Math.log10(size) - 1e-12);
  const part = BOUNDS.find((candidate) => candidate * power >= size * (1 - 1e-12)) ?? 1;
  return Math.round(part * power);
}

/** Range with nice ends around [low, high]. @param {number} low @param {number} high @returns {[number, number]} */
export function niceRange(low, high) {
  const span = high > low ? high - low : Math.max(1, Math.abs(low));
  const step = niceStep(span, 5);
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}
