/** What a model on show is set to, and that in a few words. */
import { settingsOf } from './objectives.js';

/**
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Objective} Objective
 * @typedef {import('./types.js').ParameterRow} ParameterRow
 * @typedef {import('./types.js').Language} Language
 * @typedef {Record<string, any>} Values
 */

/** Kinds of parameters that say what a net is, and not what goes into it. */
const TELLING = ['sizes', 'choice', 'integer'];

/** Every parameter of the objective at what a person wants, else at what the server says. @param {State} state @returns {Values} */
export function valuesOf({ recipe, objective }) {
  const given = settingsOf(recipe.objective);
  return Object.fromEntries((objective?.parameters ?? []).map((row) => [row.name, given[row.name] ?? objective?.values?.[row.name] ?? row.default]));
}

/** Whether a parameter matters beside the others. @param {ParameterRow} row @param {Values} values */
export const matters = ({ when }, values) => Object.entries(when ?? {}).every(([name, allowed]) => allowed.includes(values[name]));

/** The parameters of a group that matter; those of no group belong to the net. @param {Objective | null} objective @param {string} group @param {Values} values */
export function rowsOf(objective, group, values) {
  return (objective?.parameters ?? []).filter((row) => (row.group ?? 'net') === group && matters(row, values));
}

/** A title among choices. @param {Array<{id: string, title: {en: string, zh: string}}> | undefined} choices @param {string} id @param {Language} language */
export const titleOf = (choices, id, language) => choices?.find((choice) => choice.id === id)?.title[language] ?? id;

/**
 * A value in a few letters: `8–8`, `tanh`, `Degree 3`, `x1, x2`; null where it says nothing.
 *
 * @param {ParameterRow} row @param {any} value @param {Language} language @param {(key: string) => string} t
 * @returns {string | null}
 */
export function shortValue(row, value, language, t) {
  if (row.type === 'sizes') return value.length > 0 ? value.join('\u2013') : t('model.noHidden');
  if (row.type === 'choice') return titleOf(row.choices, value, language);
  if (row.type === 'choices') return value.map((/** @type {string} */ id) => titleOf(row.choices, id, language)).join(', ');
  if (row.type === 'boolean') return value ? row.title[language] : null;
  return `${row.title[language]} ${value}`;
}

/** What a title is called in short, wherever it is known by letters. */
const KNOWN_AS = { mse: 'MSE', mae: 'MAE', huber: 'Huber', bce: 'BCE', xavier_uniform: 'Xavier', kaiming_normal: 'Kaiming' };

/**
 * A loss or a way to draw the weights in a few letters: `MSE`, `Xavier`; its title where that is short.
 *
 * @param {string} id @param {string} title @param {(key: string) => string} t
 */
export function shortTitle(id, title, t) {
  /** @type {Record<string, string>} */
  const names = { ...KNOWN_AS, sum_absolute: t('short.sumAbsolute'), default: t('short.default'), normal: t('short.normal') };
  return names[id] ?? title;
}

/** The rows that say what a net is: without a hidden layer nothing is activated. @param {ParameterRow[]} rows @param {Values} values */
export function tellingRows(rows, values) {
  const isFlat = rows.some(({ name, type }) => type === 'sizes' && values[name].length === 0);
  return rows.filter(({ name, type }) => TELLING.includes(type ?? '') && !(isFlat && name === 'activation'));
}

/** The points of a batch that is asked for, or of the model's own; null: all. @param {State} state */
export function batchOf({ recipe, objective }) {
  const wanted = recipe.objective.kind === 'model' ? recipe.objective.batch_size : undefined;
  return wanted ?? objective?.batch_size ?? null;
}

/** The loss that is asked for, or the model's own. @param {State} state */
export function lossOf({ recipe, objective }) {
  return (recipe.objective.kind === 'model' ? recipe.objective.loss : undefined) ?? objective?.loss ?? '';
}

/** Another seed than the present one, small enough to be read aloud. @param {number} seed @param {number} random from 0 to 1 */
export function anotherSeed(seed, random) {
  const next = Math.floor(random * 999) + 1;
  return next === seed ? next + 1 : next;
}

/** A person's own data stay with the next model where it takes them. @param {State} state @param {Objective} next
 * @returns {import('./types.js').Data | null} */
export function keptData({ recipe, objective }, next) {
  const data = recipe.objective.kind === 'model' ? recipe.objective.data : undefined;
  const own = next.data?.own;
  if (!(data?.rows ?? data?.table) || !own || !objective?.data) return null;
  const { task, inputs, classes } = objective.data;
  const isTaken = task === own.task && inputs.length >= own.min_inputs && inputs.length <= own.max_inputs;
  return isTaken && (classes?.length ?? 0) <= (own.max_classes ?? Infinity) ? data ?? null : null;
}
