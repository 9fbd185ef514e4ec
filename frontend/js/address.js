/**
 * The shareable address: one table says how each part of the recipe and the view is written after the `#`.
 *
 * What stands as it does for a first visitor is left out. What cannot be read is reported and falls back.
 */
import { editableText, parseNumber } from './format.js';
import { LANGUAGES } from './i18n.js';
import { MAX_DESCENTS, makeDescent } from './recipe.js';

/**
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Recipe} Recipe
 * @typedef {import('./types.js').Descent} Descent
 * @typedef {import('./types.js').Value} Value
 * @typedef {import('./types.js').View} View
 * @typedef {{recipe: Recipe, speed: number | null, view: View}} Shared what an address holds
 * @typedef {{key: string, get: (shared: Shared) => string[], set: (shared: Shared, texts: string[]) => Shared}} Entry
 */

/** @type {readonly View['lossScale'][]} */
const LOSS_SCALES = ['log', 'linear'];
/** @type {readonly import('./types.js').Theme[]} */
const THEMES = ['light', 'dark'];

/** @param {string} text */
function number(text) {
  const value = parseNumber(text);
  if (Number.isNaN(value)) throw new RangeError(text);
  return value;
}

/** @param {string} text */
function count(text) {
  const value = number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(text);
  return value;
}

/** @template {string} T @param {string} text @param {readonly T[]} allowed @returns {T} */
function oneOf(text, allowed) {
  const found = allowed.find((item) => item === text);
  if (found === undefined) throw new RangeError(text);
  return found;
}

/** @param {string} text */
function name(text) {
  if (!/^[\w-]{1,80}$/.test(text)) throw new RangeError(text);
  return text;
}

/** @param {Value} value @returns {string} */
const writeValue = (value) => (Array.isArray(value) ? value.map(writeValue).join(',')
  : typeof value === 'number' ? editableText(value) : String(value));

/** @param {string} text @returns {Value} */
function readValue(text) {
  if (text.includes(',')) return text.split(',').map((part) => (part === 'null' ? null : number(part)));
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  const value = parseNumber(text);
  return Number.isNaN(value) ? name(text) : value;
}

/** Fields of a descent beside its hyperparameters. They begin with a capital, as no hyperparameter does. */
const LABEL = 'Label', HIDDEN = 'Hidden', MAXIMIZE = 'Maximize', KEEP_GRAD = 'KeepGrad', CLIP = 'Clip', SLOT = 'Slot', AUTO = 'Auto';

/** @param {Descent} descent @param {number} index */
function writeDescent(descent, index) {
  const parts = Object.entries(descent.hyperparameters).map(([key, value]) => `${key}:${writeValue(value)}`);
  if (descent.label !== null) parts.push(`${LABEL}:${encodeURIComponent(descent.label)}`);
  if (!descent.tuned) parts.push(AUTO);
  if (!descent.visible) parts.push(HIDDEN);
  if (descent.maximize) parts.push(MAXIMIZE);
  if (!descent.zero_grad) parts.push(KEEP_GRAD);
  if (descent.clip_grad_norm !== null) parts.push(`${CLIP}:${editableText(descent.clip_grad_norm)}`);
  if (descent.slot !== index) parts.push(`${SLOT}:${descent.slot}`);
  return [descent.optimizer, ...parts].join(';');
}

/** @param {string} text @param {number} index @returns {Descent} */
function readDescent(text, index) {
  const [optimizer, ...parts] = text.split(';');
  const descent = makeDescent(index, name(optimizer), {}, { tuned: true });
  for (const part of parts) {
    const at = part.indexOf(':');
    const [key, rest] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    if (key === LABEL) descent.label = decodeURIComponent(rest).slice(0, 80) || null;
    else if (key === AUTO) descent.tuned = false;
    else if (key === HIDDEN) descent.visible = false;
    else if (key === MAXIMIZE) descent.maximize = true;
    else if (key === KEEP_GRAD) descent.zero_grad = false;
    else if (key === CLIP) descent.clip_grad_norm = number(rest);
    else if (key === SLOT) descent.slot = count(rest) % MAX_DESCENTS;
    else descent.hyperparameters[name(key)] = readValue(rest);
  }
  return { ...descent, key: `d${descent.slot}` };
}

/** @param {string[]} texts */
function readDescents(texts) {
  if (texts.length > MAX_DESCENTS) throw new RangeError(String(texts.length));
  const descents = texts.map(readDescent);
  if (new Set(descents.map((descent) => descent.slot)).size === descents.length) return descents;
  return descents.map((descent, slot) => ({ ...descent, slot, key: `d${slot}` }));
}

/** @type {(change: (recipe: Recipe, text: string) => Partial<Recipe>) => Entry['set']} */
const inRecipe = (change) => (shared, [text]) =>
  ({ ...shared, recipe: { ...shared.recipe, ...change(shared.recipe, text) } });

/** @type {(change: (text: string) => Partial<View>) => Entry['set']} */
const inView = (change) => (shared, [text]) => ({ ...shared, view: { ...shared.view, ...change(text) } });

/** @param {string} text */
const readParameters = (text) => Object.fromEntries(text.split(';').map((part) => {
  const [key, value] = part.split(':');
  return [name(key), number(value ?? '')];
}));

/** @type {readonly Entry[]} */
export const ENTRIES = [
  {
    key: 'objective',
    get: ({ recipe }) => [recipe.objective.id],
    set: inRecipe((_, text) => ({ objective: { kind: 'function', id: name(text), parameters: {} }, start: null })),
  },
  {
    key: 'parameters',
    get: ({ recipe }) => {
      const parts = Object.entries(recipe.objective.parameters).map(([key, value]) => `${key}:${editableText(value)}`);
      return parts.length ? [parts.join(';')] : [];
    },
    set: inRecipe((recipe, text) => ({ objective: { ...recipe.objective, parameters: readParameters(text) } })),
  },
  {
    key: 'start',
    get: ({ recipe }) => [recipe.start ? recipe.start.map(editableText).join(',') : 'own'],
    set: inRecipe((_, text) => ({ start: text === 'own' ? null : text.split(',').map(number) })),
  },
  { key: 'steps', get: ({ recipe }) => [String(recipe.steps)], set: inRecipe((_, text) => ({ steps: count(text) })) },
  { key: 'seed', get: ({ recipe }) => [String(recipe.seed)], set: inRecipe((_, text) => ({ seed: count(text) })) },
  {
    key: 'descent',
    get: ({ recipe }) => recipe.descents.map(writeDescent),
    set: (shared, texts) => ({ ...shared, recipe: { ...shared.recipe, descents: readDescents(texts) } }),
  },
  {
    key: 'speed',
    get: ({ speed }) => [speed === null ? 'max' : editableText(speed)],
    set: (shared, [text]) => ({ ...shared, speed: text === 'max' ? null : Math.max(number(text), 1e-3) }),
  },
  { key: 'theme', get: ({ view }) => (view.theme ? [view.theme] : []),
    set: inView((text) => ({ theme: oneOf(text, THEMES) })) },
  { key: 'language', get: ({ view }) => (view.language ? [view.language] : []),
    set: inView((text) => ({ language: oneOf(text, LANGUAGES) })) },
  { key: 'loss', get: ({ view }) => [view.lossScale], set: inView((text) => ({ lossScale: oneOf(text, LOSS_SCALES) })) },
];

/**
 * The text after the `#` for what is on show; empty for what a first visitor sees.
 *
 * @param {Shared} shared
 * @param {Shared} standard what a first visitor sees
 */
export function writeAddress(shared, standard) {
  const isOther = shared.recipe.objective.id !== standard.recipe.objective.id;
  const parts = ENTRIES.flatMap(({ key, get }) => {
    const texts = get(shared);
    // Naming an objective resets the start, so the start is then compared with the objective's own.
    const usual = key === 'start' && isOther ? ['own'] : get(standard);
    if (JSON.stringify(texts) === JSON.stringify(usual)) return [];
    return texts.map((text) => `${key}=${encodeURIComponent(text).replace(/%3A/g, ':').replace(/%3B/g, ';').replace(/%2C/g, ',')}`);
  });
  return parts.join('&');
}

/**
 * Read an address.
 *
 * @param {string} text what stands after the `#`
 * @param {Shared} standard what holds for all that is left out or cannot be read
 * @returns {{shared: Shared, bad: string[]}} what it holds, and the parts that could not be read
 */
export function readAddress(text, standard) {
  /** @type {Map<string, string[]>} */
  const given = new Map();
  for (const part of text.replace(/^#/, '').split('&').filter(Boolean)) {
    const at = part.indexOf('=');
    const key = at < 0 ? part : part.slice(0, at);
    given.set(key, [...(given.get(key) ?? []), at < 0 ? '' : part.slice(at + 1)]);
  }
  const known = new Set(ENTRIES.map((entry) => entry.key));
  const bad = [...given.keys()].filter((key) => !known.has(key));
  let shared = standard;
  for (const { key, set } of ENTRIES) {
    const raw = given.get(key);
    if (!raw) continue;
    try {
      shared = set(shared, raw.map(decodeURIComponent));
    } catch {
      bad.push(`${key}=${raw.join(' ')}`);
    }
  }
  return { shared, bad };
}
