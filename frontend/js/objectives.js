/** Objectives as the recipe names them: of every kind, changed without being touched. */

/**
 * @typedef {import('./types.js').ObjectiveRef} ObjectiveRef
 * @typedef {import('./types.js').Objective} Objective
 * @typedef {import('./types.js').Catalogue} Catalogue
 * @typedef {import('./types.js').ModelValue} ModelValue
 */

/** The catalogue's row; formulas have none. @param {Catalogue | null} catalogue @param {ObjectiveRef} objective */
export function rowOf(catalogue, objective) {
  if (objective.kind === 'formula') return null;
  return catalogue?.objectives.find((row) => row.id === objective.id) ?? null;
}

/** A row of the catalogue at its defaults. @param {Objective} row @returns {ObjectiveRef} */
export function refTo(row) {
  return { kind: row.kind === 'model' ? 'model' : 'function', id: row.id, parameters: {} };
}

/** What a person has set: parameters, or the constants of a formula. @param {ObjectiveRef} objective @returns {Record<string, ModelValue>} */
export const settingsOf = (objective) => (objective.kind === 'formula' ? objective.constants : objective.parameters);

/** @param {ObjectiveRef} objective @param {Record<string, any>} settings @returns {ObjectiveRef} */
export function withSettings(objective, settings) {
  return objective.kind === 'formula' ? { ...objective, constants: settings } : { ...objective, parameters: settings };
}

/** With parts changed; a part that becomes undefined is left to the objective. @template {object} T @param {T} objective @param {Partial<T>} change @returns {T} */
export function withParts(objective, change) {
  return /** @type {T} */ (Object.fromEntries(Object.entries({ ...objective, ...change }).filter(([, value]) => value !== undefined)));
}

/** Whether a change of this parameter may change how many components theta has. @param {ObjectiveRef} objective @param {string} name */
export const reshapes = (objective, name) => objective.kind === 'model' || (objective.kind === 'function' && name === 'dim');

/** The objective without what the server refused in it; null where nothing is left to change. @param {ObjectiveRef} objective @param {string} name */
export function withoutSetting(objective, name) {
  if (objective.kind === 'formula') return name === 'domain' && objective.domain ? withParts(objective, { domain: undefined }) : null;
  if (!(name in objective.parameters)) return null;
  const { [name]: _, ...rest } = objective.parameters;
  return withSettings(objective, rest);
}
