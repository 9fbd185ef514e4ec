/** How values are written in the address. Reading throws a RangeError (or a URIError) on what cannot be read. */
import { editableText, parseNumber } from './format.js';

/**
 * @typedef {import('./types.js').Value} Value
 * @typedef {import('./types.js').ModelValue} ModelValue
 * @typedef {number | string | boolean | null} Item
 */

/** @param {string} text */
export function number(text) {
  const value = parseNumber(text);
  if (Number.isNaN(value)) throw new RangeError(text);
  return value;
}

/** @param {string} text */
export function count(text) {
  const value = number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(text);
  return value;
}

/** @template {string} T @param {string} text @param {readonly T[]} allowed @returns {T} */
export function oneOf(text, allowed) {
  const found = allowed.find((item) => item === text);
  if (found === undefined) throw new RangeError(text);
  return found;
}

/** @param {string} text */
export function name(text) {
  if (!/^[\w-]{1,80}$/.test(text)) throw new RangeError(text);
  return text;
}

/** A hyperparameter. @param {Value} value @returns {string} */
export const writeValue = (value) => (Array.isArray(value) ? value.map(writeValue).join(',')
  : typeof value === 'number' ? editableText(value) : String(value));

/** @param {string} text @returns {Value} */
export function readValue(text) {
  if (text.includes(',')) return text.split(',').map((part) => (part === 'null' ? null : number(part)));
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  const value = parseNumber(text);
  return Number.isNaN(value) ? name(text) : value;
}

const WORDS = ['true', 'false', 'null'];

/** A number, a switch or a text: a quote goes before a text that would read as something else. @param {Item} item */
export function writeItem(item) {
  if (typeof item !== 'string') return typeof item === 'number' ? editableText(item) : String(item);
  if (/^[A-Za-z_][\w-]*$/.test(item) && !WORDS.includes(item)) return item;
  return `'${encodeURIComponent(item).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`;
}

/** @param {string} text @returns {Item} */
export function readItem(text) {
  if (text.startsWith("'")) return decodeURIComponent(text.slice(1));
  if (WORDS.includes(text)) return text === 'null' ? null : text === 'true';
  const value = parseNumber(text);
  return Number.isNaN(value) ? name(text) : value;
}

/** Lists stand in brackets, since one may hold a single item or none. @param {readonly Item[]} items */
export const writeList = (items) => `(${items.map(writeItem).join(',')})`;

/** @param {string} text @returns {Item[]} */
export function readList(text) {
  if (!/^\(.*\)$/s.test(text)) throw new RangeError(text);
  return text === '()' ? [] : text.slice(1, -1).split(',').map(readItem);
}

/** A parameter of a model. @param {ModelValue} value */
export const writeSetting = (value) => (Array.isArray(value) ? writeList(value) : writeItem(value));

/** @param {string} text @returns {ModelValue} */
export function readSetting(text) {
  const value = text.startsWith('(') ? readList(text) : readItem(text);
  if (value === null || (Array.isArray(value) && value.some((item) => typeof item !== 'number' && typeof item !== 'string'))) {
    throw new RangeError(text);
  }
  return /** @type {ModelValue} */ (value);
}

/** Named values, such as `a:1;b:2`. @template T @param {Record<string, T>} fields @param {(value: T) => string} write */
export const writeFields = (fields, write) => Object.entries(fields).map(([key, value]) => `${key}:${write(value)}`);

/** The parts of a text such as `a:1;b:2`, as pairs; a part without a colon has the value ''. @param {string} text @returns {Array<[string, string]>} */
export const readParts = (text) => text.split(';').map((part) => {
  const at = part.indexOf(':');
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
});

/** @template T @param {string} text @param {(text: string) => T} read @returns {Record<string, T>} */
export const readFields = (text, read) => Object.fromEntries(readParts(text).map(([key, value]) => [name(key), read(value)]));
