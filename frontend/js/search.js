/** Finding objectives by what a person types: part of a name in any language, of an id, or of several at once. */

/** @typedef {import('./types.js').Objective} Objective */

/** Letters and digits alone, so that neither case nor hyphens nor accents matter. @param {string} text */
const plain = (text) => text.normalize('NFKD').toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, '');

/** @param {{id: string, title: {en: string, zh: string}}} row @param {string} word 0: not at all; 2: a word of it begins so */
function rank({ id, title }, word) {
  const words = [id, title.en, title.zh].flatMap((text) => [text, ...text.split(/[\s-]+/)]).map(plain);
  if (words.some((one) => one.startsWith(word))) return 2;
  return words.some((one) => one.includes(word)) ? 1 : 0;
}

/**
 * The rows that have every word of a query, those first that have one beginning with it.
 *
 * @template {{id: string, title: {en: string, zh: string}}} Row
 * @param {readonly Row[]} rows
 * @param {string} query
 * @returns {Row[]}
 */
export function found(rows, query) {
  const words = query.split(/\s+/).map(plain).filter(Boolean);
  const ranked = rows.map((row) => ({ row, rank: Math.min(2, ...words.map((word) => rank(row, word))) }));
  return ranked.filter((one) => one.rank > 0).sort((a, b) => b.rank - a.rank).map(({ row }) => row);
}

/** In which group of the list an objective stands. @param {Objective} row @returns {'model' | 'plane' | 'line'} */
export const groupOf = (row) => (row.kind === 'model' ? 'model' : row.dim === 1 ? 'line' : 'plane');

/** @type {readonly ('model' | 'plane' | 'line')[]} */
export const GROUPS = ['model', 'plane', 'line'];
