/** Numbers as people read them. */

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/** @param {string} language @param {Intl.NumberFormatOptions} options */
function formatOf(language, options) {
  const key = language + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(language, options)));
  return format;
}

const MOST_DECIMALS = 5;

/** @param {string} text */
const withMinus = (text) => text.replace(/-/g, '\u2212').replace('E', 'e');

/**
 * A measured value with `digits` significant digits; scientific where plain digits would not be read.
 *
 * @param {number | null | undefined} value
 * @param {string} language
 * @param {number} [digits]
 */
export function formatValue(value, language, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) return '\u2013';
  if (!Number.isFinite(value)) return value > 0 ? '\u221e' : '\u2212\u221e';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-3)) {
    const fraction = Math.max(0, Math.min(digits, 3) - 1);
    const options = { notation: 'scientific', minimumFractionDigits: fraction, maximumFractionDigits: fraction };
    return withMinus(formatOf(language, /** @type {Intl.NumberFormatOptions} */ (options)).format(value));
  }
  const whole = size === 0 ? digits : Math.floor(Math.log10(size)) + 1;
  const fraction = Math.max(0, Math.min(digits - whole, MOST_DECIMALS));
  return withMinus(formatOf(language, { minimumFractionDigits: fraction, maximumFractionDigits: fraction }).format(value));
}

/** A count with its thousands set apart. @param {number} value @param {string} language */
export function formatCount(value, language) {
  return formatOf(language, { maximumFractionDigits: 0 }).format(value);
}

/**
 * The text of a value that a person may edit: every digit that matters and none more, and it reads back as the same number.
 *
 * @param {number | null | undefined} value
 */
export function editableText(value) {
  if (value === null || value === undefined) return '';
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) return value.toExponential().replace('e+', 'e');
  return String(value);
}

/** Read what a person typed; NaN where it is no number. @param {string} text */
export function parseNumber(text) {
  const plain = text.trim().replace(/[\u2212\u2013]/g, '-').replace(/\u3002|\uff0e/g, '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return Number.NaN;
  const value = Number(plain);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Round to `digits` significant digits. @param {number} value @param {number} digits */
export function roundTo(value, digits) {
  return value === 0 ? 0 : Number(value.toPrecision(digits));
}
