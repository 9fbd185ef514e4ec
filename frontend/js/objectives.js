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

/**
 * A formula's row as the server tells it again, with what the page has found out, and with the sliders where they were: a slider whose
 * ends move while it is dragged cannot be held.
 *
 * @param {Objective | null} before
 * @param {Objective} row
 * @returns {Objective}
 */
export function continued(before, row) {
  if (before?.kind !== 'formula' || before.expression !== row.expression) return row;
  const parameters = row.parameters.map((parameter) => {
    const old = before.parameters.find(({ name }) => name === parameter.name);
    const fits = old && parameter.default >= /** @type {number} */ (old.minimum) && parameter.default <= /** @type {number} */ (old.maximum);
    return fits ? { ...parameter, minimum: old.minimum, maximum: old.maximum } : parameter;
  });
  return { ...(before.rate ? { rate: before.rate } : {}), ...row, parameters };
}
