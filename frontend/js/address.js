/**
 * The shareable address: one table says how each part of the recipe and the view is written after the `#`.
 *
 * What stands as it does for a first visitor is left out. What cannot be read is reported and falls back.
 */
import { readDescents, writeDescent } from './address_descent.js';
import { NAMES, PARTS } from './address_objective.js';
import { editableText } from './format.js';
import { LANGUAGES } from './i18n.js';
import { readPlane, writePlane } from './address_plane.js';
import { count, number, oneOf } from './notation.js';

/**
 * @typedef {import('./types.js').Recipe} Recipe
 * @typedef {import('./types.js').View} View
 * @typedef {{recipe: Recipe, speed: number | null, view: View}} Shared what an address holds
 * @typedef {{key: string, get: (shared: Shared) => string[], set: (shared: Shared, texts: string[]) => Shared}} Entry
 */

/** @type {readonly View['lossScale'][]} */
const LOSS_SCALES = ['log', 'linear'];
/** @type {readonly import('./types.js').Side[]} */
const SIDES = ['fit', 'map'];
/** @type {readonly import('./types.js').Theme[]} */
const THEMES = ['light', 'dark'];

/** @type {(change: (recipe: Recipe, text: string) => Partial<Recipe>) => Entry['set']} */
const inRecipe = (change) => (shared, [text]) =>
  ({ ...shared, recipe: { ...shared.recipe, ...change(shared.recipe, text) } });

/** @type {(change: (text: string) => Partial<View>) => Entry['set']} */
const inView = (change) => (shared, [text]) => ({ ...shared, view: { ...shared.view, ...change(text) } });

/** @param {import('./address_objective.js').Part} part @param {(recipe: Recipe) => Partial<Recipe>} [besides] @returns {Entry} */
const ofObjective = ({ key, write, read }, besides = () => ({})) => ({
  key,
  get: ({ recipe }) => [write(recipe.objective) ?? []].flat(),
  set: inRecipe((recipe, text) => {
    const changed = { ...recipe, objective: read(recipe.objective, text) };
    return { ...changed, ...besides(changed) };
  }),
});

/** Another objective begins at its own start; a model also brings descents of its own, which are not known yet.
 * @param {Recipe} recipe @returns {Partial<Recipe>} */
const begun = ({ objective }) => (objective.kind === 'model' ? { start: null, descents: [] } : { start: null });

/** @type {readonly Entry[]} */
export const ENTRIES = [
  ...NAMES.map((part) => ofObjective(part, begun)),
  ...PARTS.map((part) => ofObjective(part)),
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
  { key: 'side', get: ({ view }) => [view.side], set: inView((text) => ({ side: oneOf(text, SIDES) })) },
  { key: 'plane', get: ({ view }) => (view.plane ? [writePlane(view.plane)] : []), set: inView((text) => ({ plane: readPlane(text) })) },
  { key: 'loss', get: ({ view }) => [view.lossScale], set: inView((text) => ({ lossScale: oneOf(text, LOSS_SCALES) })) },
];

/** What a model brings with it, so that all of it is written where there is one. */
const OF_MODELS = ['steps', 'descent', 'speed'];

/**
 * What an entry says where an address does not name it.
 *
 * @param {Entry} entry
 * @param {Shared} shared
 * @param {Shared} standard
 */
function usual({ key, get }, { recipe }, standard) {
  const isOther = NAMES.some(({ write }) => write(recipe.objective) !== write(standard.recipe.objective));
  // Naming an objective resets the start, so the start is then compared with the objective's own.
  if (key === 'start' && isOther) return ['own'];
  return recipe.objective.kind === 'model' && OF_MODELS.includes(key) ? [] : get(standard);
}

/** @param {string} text */
const encoded = (text) => encodeURIComponent(text).replace(/%3A/g, ':').replace(/%3B/g, ';').replace(/%2C/g, ',');

/**
 * The text after the `#` for what is on show; empty for what a first visitor sees.
 *
 * @param {Shared} shared
 * @param {Shared} standard what a first visitor sees
 */
export function writeAddress(shared, standard) {
  const parts = ENTRIES.flatMap((entry) => {
    const texts = entry.get(shared);
    if (JSON.stringify(texts) === JSON.stringify(usual(entry, shared, standard))) return [];
    return texts.map((text) => `${entry.key}=${encoded(text)}`);
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
