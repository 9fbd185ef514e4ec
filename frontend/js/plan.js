/** What it takes to bring the run on show to the recipe a person wants: nothing, edits, or a new run. */

/**
 * @typedef {import('./types.js').Recipe} Recipe
 * @typedef {import('./types.js').Descent} Descent
 * @typedef {import('./types.js').Hyperparameters} Hyperparameters
 * @typedef {{descent: number, key: string, hyperparameters: Hyperparameters}} Change
 * @typedef {{kind: 'none'} | {kind: 'restart'} | {kind: 'edits', changes: Change[]}} Plan
 */

/** @param {unknown} a @param {unknown} b */
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The part of a recipe that only a new run can change. @param {Recipe} recipe */
function frameOf(recipe) {
  const { objective, start, seed, steps, descents } = recipe;
  return [objective, start, seed, steps, descents.map((d) => [d.key, d.optimizer, d.maximize, d.zero_grad, d.clip_grad_norm])];
}

/** The recipe as far as it determines a run: no labels, nothing of the view. @param {Recipe} recipe */
export function substance(recipe) {
  return [frameOf(recipe), recipe.descents.map((descent) => Object.entries(descent.hyperparameters).sort())];
}

/**
 * The hyperparameters that differ.
 *
 * @param {Hyperparameters} wanted
 * @param {Hyperparameters} current
 */
function difference(wanted, current) {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !same(value, current[name])));
}

/**
 * Compare what is wanted with what runs.
 *
 * @param {Recipe} wanted
 * @param {Recipe | null} running the recipe of the run on show, with its edits
 * @param {object} run
 * @param {boolean} run.live whether it can still be edited
 * @param {(descent: Descent, name: string) => boolean} run.isEditable whether an edit can change a hyperparameter
 * @param {(descent: Descent, name: string) => boolean} run.isRefused whether the server has refused the value that is wanted
 * @returns {Plan}
 */
export function plan(wanted, running, { live, isEditable, isRefused }) {
  if (!running || !same(frameOf(wanted), frameOf(running))) return { kind: 'restart' };
  /** @type {Change[]} */
  const changes = [];
  let restart = false;
  wanted.descents.forEach((descent, i) => {
    const different = difference(descent.hyperparameters, running.descents[i].hyperparameters);
    const hyperparameters = Object.fromEntries(Object.entries(different).filter(([name]) => !isRefused(descent, name)));
    const names = Object.keys(hyperparameters);
    if (names.length === 0) return;
    if (!live || names.some((name) => !isEditable(descent, name))) restart = true;
    changes.push({ descent: i, key: descent.key, hyperparameters });
  });
  if (changes.length === 0) return { kind: 'none' };
  return restart ? { kind: 'restart' } : { kind: 'edits', changes };
}
