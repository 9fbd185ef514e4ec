/** A model as an equation with its numbers in it, cut into parts that can be set like a formula. */

/** @typedef {{kind: 'text' | 'number' | 'variable', text: string, sub?: string, sup?: string}} Part */

/** A number to fill in with the sign before it, a product, a variable such as `x1^2`, a long number, a minus, or any other text. */
const TOKENS = /(?<sign>\+ )?\{(?<index>\d+)\}|(?<product> \* )|(?<![\p{L}\d_])(?<name>\p{L})(?<sub>\d*)(?:\^(?<sup>\d+))?(?![\p{L}\d_])|\bsigmoid\b|(?<![\p{L}\d_.])(?<number>\d+\.\d+)(?![\p{L}\d_.])|(?<minus> - )/gu;

/**
 * Fill in theta: `y = {0} * x + {1}` is told as `y = 9.98 x − 5.01`.
 *
 * @param {string} template
 * @param {ArrayLike<number>} theta
 * @param {(value: number) => string} format
 * @returns {Part[]}
 */
export function equationParts(template, theta, format) {
  /** @type {Part[]} */
  const parts = [];
  const text = (/** @type {string} */ content) => content && parts.push({ kind: 'text', text: content });
  let end = 0;
  for (const match of template.matchAll(TOKENS)) {
    const { sign, index, product, name, sub, sup, number, minus } = match.groups ?? {};
    text(template.slice(end, match.index));
    end = match.index + match[0].length;
    if (index !== undefined) {
      const value = theta[Number(index)];
      if (sign) text(value < 0 ? '\u2212\u00a0' : '+\u00a0');
      parts.push({ kind: 'number', text: format(sign ? Math.abs(value) : value) });
    } else if (product) text('\u2009');
    else if (number) text(format(Number(number)));
    else if (minus) text(' \u2212\u00a0');
    else if (name) parts.push({ kind: 'variable', text: name, ...(sub ? { sub } : {}), ...(sup ? { sup } : {}) });
    else text('\u03c3');
  }
  text(template.slice(end));
  return parts;
}

/** The same as plain text, to be spoken. @param {Part[]} parts */
export const spoken = (parts) => parts.map(({ text, sub = '', sup }) => text + sub + (sup ? `^${sup}` : '')).join('');
