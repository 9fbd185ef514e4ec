/** The one state object of the page: how it begins, and what can be read off it. */
import { FIRST_RACE, firstRecipe, hasMomentum, labelsOf } from './recipe.js';

/**
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Descent} Descent
 * @typedef {import('./types.js').HyperparameterRow} HyperparameterRow
 * @typedef {import('./types.js').Value} Value
 */

export const ENDED = ['finished', 'interrupted', 'failed'];

/** What a first visitor sees. @returns {{recipe: State['recipe'], speed: number | null, view: State['view']}} */
export function standardShared() {
  return { recipe: firstRecipe(), speed: FIRST_RACE.speed, view: { theme: null, language: null, lossScale: 'log', side: 'fit', plane: null } };
}

/** @returns {State} */
export function initialState() {
  return {
    catalogue: null,
    ...standardShared(),
    playing: true,
    objective: null,
    panel: null,
    points: null,
    sketch: null,
    upload: null,
    surface: { isBusy: false, isAwaited: false, share: 0, isStale: false },
    run: null,
    connection: { phase: 'starting', code: null },
    faults: {},
    drafts: {},
    toasts: [],
    selected: null,
  };
}

/** The catalogue's row of a descent's optimizer. @param {State} state @param {Descent} descent */
export function optimizerOf(state, descent) {
  return state.catalogue?.optimizers.find((row) => row.id === descent.optimizer) ?? null;
}

/** The value in force: the recipe's own, or the optimizer's default. @param {Descent} descent @param {HyperparameterRow} row @returns {Value} */
export function valueOf(descent, row) {
  const value = descent.hyperparameters[row.name];
  return value === undefined ? row.default : value;
}

/**
 * What each card is called.
 *
 * @param {State} state
 * @param {string} withMomentum what SGD with momentum is called
 */
export function labelsIn(state, withMomentum) {
  return labelsOf(state.recipe.descents, (descent) => (hasMomentum(descent) ? withMomentum : descent.optimizer));
}

/** Whether the run on show can still be driven. @param {State} state */
export function isLive(state) {
  return state.run !== null && !ENDED.includes(state.run.state);
}

/** What is wrong at each field: the page's own word on a text that is not taken over yet goes before the server's. @param {State} state */
export function faultsIn(state) {
  return { ...state.faults, ...state.drafts };
}

/** Whether it is another objective, not the same one with other settings. @param {State['recipe']['objective']} a @param {State['recipe']['objective']} b */
export function isAnother(a, b) {
  return a.kind !== b.kind || (a.kind === 'formula' && b.kind === 'formula' ? a.expression !== b.expression : refOf(a) !== refOf(b));
}

/** @param {any} objective */
const refOf = ({ id }) => id;

/** The start in force, where it is known. @param {State} state */
export function startOf(state) {
  return state.recipe.start ?? state.objective?.start ?? null;
}
