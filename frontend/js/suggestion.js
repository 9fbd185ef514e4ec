/** The race that an objective comes with: a model's own, or the four that race on every function and formula. */
import { same } from './plan.js';
import { withSuggestedRates } from './rates.js';
import { FIRST_RACE, MAX_DESCENTS, firstDescents, makeDescent } from './recipe.js';

/**
 * @typedef {import('./types.js').Objective} Objective
 * @typedef {import('./types.js').Descent} Descent
 * @typedef {import('./types.js').State} State
 * @typedef {Pick<State, 'speed'> & {steps: number, descents: Descent[]}} Race
 */

/** @param {Objective} objective @returns {Race} */
export function suggestedRace(objective) {
  const { suggested } = objective;
  if (!suggested) return { steps: FIRST_RACE.steps, speed: FIRST_RACE.speed, descents: withSuggestedRates(firstDescents(), objective) };
  const descents = suggested.descents.slice(0, MAX_DESCENTS).map(({ optimizer, hyperparameters, label = null }, slot) =>
    makeDescent(slot, optimizer, { ...hyperparameters }, { label }));
  return { steps: suggested.steps, speed: suggested.speed, descents };
}

/** What a person may have changed in a descent, beside its rate. @param {Descent} descent */
function shapeOf({ optimizer, hyperparameters: { lr: _, ...rest }, maximize, zero_grad, clip_grad_norm }) {
  return [optimizer, Object.entries(rest).sort(), maximize, zero_grad, clip_grad_norm];
}

/** Whether the descents are as they were suggested. @param {Descent[]} descents @param {Race} race */
function isAsSuggested(descents, race) {
  return descents.every((descent) => !descent.tuned) && same(descents.map(shapeOf), race.descents.map(shapeOf));
}

/**
 * The race on another objective: what was suggested makes room for what is suggested now, what a person has set stays.
 *
 * @param {State} state with the objective that is left
 * @param {Objective} next
 * @returns {Race}
 */
export function raceOn({ recipe, speed, objective }, next) {
  const wanted = suggestedRace(next);
  const had = objective && suggestedRace(objective);
  const isModel = objective?.suggested || next.suggested;
  if (recipe.descents.length > 0 && (!isModel || (had && !isAsSuggested(recipe.descents, had)))) {
    return { steps: recipe.steps, speed, descents: withSuggestedRates(recipe.descents, next) };
  }
  return {
    steps: recipe.steps === (had?.steps ?? FIRST_RACE.steps) ? wanted.steps : recipe.steps,
    speed: speed === (had ? had.speed : FIRST_RACE.speed) ? wanted.speed : speed,
    descents: wanted.descents,
  };
}
