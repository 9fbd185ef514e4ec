/** The recipe as the page keeps it: the race that greets a visitor, new descents, and the recipe on the wire. */

/**
 * @typedef {import('./types.js').Recipe} Recipe
 * @typedef {import('./types.js').Descent} Descent
 * @typedef {import('./types.js').Hyperparameters} Hyperparameters
 */

export const MAX_DESCENTS = 8;

/** Optimizers offered first when a descent is added. */
const NEXT = ['SGD', 'RMSprop', 'Adam', 'AdamW', 'Adagrad', 'NAdam', 'RAdam', 'Adamax', 'Rprop', 'LBFGS'];

/** From this start on Himmelblau the four reach three different minima. */
export const FIRST_RACE = {
  objective: 'himmelblau',
  start: [0.3, -4.6],
  steps: 400,
  speed: 30,
};

/** @type {Array<[string, Hyperparameters]>} */
const FIRST_DESCENTS = [
  ['SGD', { lr: 0.0005 }],
  ['SGD', { lr: 0.0005, momentum: 0.9 }],
  ['RMSprop', { lr: 0.01 }],
  ['Adam', { lr: 0.05 }],
];

/**
 * A descent with everything that is not given left as it usually is.
 *
 * @param {number} slot
 * @param {string} optimizer
 * @param {Hyperparameters} hyperparameters
 * @param {Partial<Descent>} [rest]
 * @returns {Descent}
 */
export function makeDescent(slot, optimizer, hyperparameters, rest = {}) {
  return {
    key: `d${slot}`,
    slot,
    label: null,
    optimizer,
    hyperparameters,
    maximize: false,
    zero_grad: true,
    clip_grad_norm: null,
    visible: true,
    tuned: false,
    ...rest,
  };
}

/** The four that race on a function. */
export const firstDescents = () => FIRST_DESCENTS.map(([optimizer, hyperparameters], slot) =>
  makeDescent(slot, optimizer, { ...hyperparameters }));

/** @returns {Recipe} */
export function firstRecipe() {
  return {
    objective: { kind: 'function', id: FIRST_RACE.objective, parameters: {} },
    start: [...FIRST_RACE.start],
    seed: 0,
    steps: FIRST_RACE.steps,
    descents: firstDescents(),
  };
}

/** The lowest slot that no descent has. @param {Descent[]} descents */
export function freeSlot(descents) {
  const taken = new Set(descents.map((descent) => descent.slot));
  for (let slot = 0; slot < MAX_DESCENTS; slot += 1) if (!taken.has(slot)) return slot;
  return null;
}

/** The optimizer to offer next: one that no descent has yet. @param {Descent[]} descents @param {string[]} known */
export function nextOptimizer(descents, known) {
  const taken = new Set(descents.map((descent) => descent.optimizer));
  const offered = NEXT.filter((id) => known.length === 0 || known.includes(id));
  return offered.find((id) => !taken.has(id)) ?? 'Adam';
}

/**
 * What a descent is called: its own label, or its optimizer; numbered where that is not unique.
 *
 * @param {Descent[]} descents
 * @param {(descent: Descent) => string} nameOf
 * @returns {string[]}
 */
export function labelsOf(descents, nameOf) {
  const plain = descents.map((descent) => descent.label ?? nameOf(descent));
  return plain.map((label, i) => {
    const before = plain.slice(0, i).filter((other) => other === label).length;
    return before === 0 ? label : `${label} ${before + 1}`;
  });
}

/** Whether an SGD descent carries momentum. @param {Descent} descent */
export function hasMomentum(descent) {
  return descent.optimizer === 'SGD' && typeof descent.hyperparameters.momentum === 'number'
    && descent.hyperparameters.momentum > 0;
}

/** The recipe as the server takes it. @param {Recipe} recipe @param {string[]} labels */
export function toWire(recipe, labels) {
  return {
    objective: recipe.objective,
    ...(recipe.start ? { start: recipe.start } : {}),
    seed: recipe.seed,
    steps: recipe.steps,
    descents: recipe.descents.map((descent, i) => ({
      label: labels[i].slice(0, 80),
      optimizer: descent.optimizer,
      hyperparameters: descent.hyperparameters,
      maximize: descent.maximize,
      zero_grad: descent.zero_grad,
      clip_grad_norm: descent.clip_grad_norm,
    })),
  };
}
