/**
 * Learning rates that show something: what the page suggests until a person sets one.
 *
 * Rules that step by the gradient need a rate that fits the objective's curvature; rules that rescale the gradient step
 * by about `lr` each time, so theirs follows from the width of the domain.
 */

/**
 * @typedef {import('./types.js').Objective} Objective
 * @typedef {import('./types.js').Descent} Descent
 */

/** @type {Record<string, number>} rates of plain gradient steps by objective */
const BY_CURVATURE = {
  'parabola': 0.05,
  'double-well': 0.02,
  'bowl': 0.03,
  'ravine': 0.02,
  'saddle': 0.01,
  'monkey-saddle': 0.003,
  'rosenbrock': 0.0005,
  'himmelblau': 0.0005,
  'beale': 0.0005,
  'rastrigin': 0.001,
  'ackley': 0.02,
  'styblinski-tang': 0.004,
  'absolute-value': 0.02,
  'flat-tail': 1,
  'exploding-wall': 0.003,
  'x-sin-x': 0.05,
  'forrester': 0.002,
  'gramacy-lee': 0.003,
  'booth': 0.002,
  'matyas': 0.2,
  'trid': 0.02,
  'freudenstein-roth': 0.0007,
  'dixon-price': 0.006,
  'plateau': 1,
  'easom': 0.7,
  'cliff': 0.2,
  'spiral-valley': 0.07,
  'zakharov': 0.0004,
  'three-hump-camel': 0.01,
  'six-hump-camel': 0.03,
  'goldstein-price': 2e-5,
  'mccormick': 0.01,
  'branin': 0.03,
  'griewank': 0.2,
  'levy': 0.03,
  'levy-13': 0.003,
  'drop-wave': 0.001,
  'bohachevsky': 0.02,
  'michalewicz': 0.02,
  'shubert': 0.0002,
  'schwefel': 1,
  'eggholder': 0.1,
  'bukin-6': 0.0002,
  'cross-in-tray': 0.2,
  'holder-table': 0.01,
};

/**
 * RAdam begins with five steps of plain momentum, which a longer rate would throw out of the domain.
 * @type {Record<string, number>} steps of rescaled gradients as a share of the domain's width
 */
const BY_WIDTH = {
  Adam: 0.005, AdamW: 0.005, NAdam: 0.005, RAdam: 0.001, Adamax: 0.01, RMSprop: 0.001, Adagrad: 0.05, Rprop: 0.001,
  Adafactor: 0.005,
};

/** @type {Record<string, number>} longer steps of rescaled gradients where the way is long */
const LONGER = { rosenbrock: 3 };

/** @type {Record<string, number>} */
const FIXED = { Adadelta: 1, LBFGS: 0.5, Newton: 1, Backtracking: 1 };

/** Rules that step by about `lr`, on a model: its parameters are of the size of one. */
const ON_MODELS = 0.01;

/** A model says what its optimizers need. @param {string} optimizer @param {Objective} model */
function rateOfModel(optimizer, { suggested }) {
  const descents = suggested?.descents ?? [];
  const alike = descents.find((descent) => descent.optimizer === optimizer && typeof descent.hyperparameters.lr === 'number')
    ?? (optimizer in BY_WIDTH ? undefined : descents.find(({ hyperparameters }) => typeof hyperparameters.lr === 'number'));
  return /** @type {number} */ (alike?.hyperparameters.lr ?? ON_MODELS);
}

/**
 * The learning rate to suggest for an optimizer on an objective.
 *
 * @param {string} optimizer
 * @param {Objective | null} objective
 */
export function suggestedRate(optimizer, objective) {
  if (optimizer in FIXED) return FIXED[optimizer];
  if (objective?.kind === 'model') return rateOfModel(optimizer, objective);
  const [low, high] = objective?.domain[0] ?? [-5, 5];
  if (optimizer in BY_WIDTH) {
    return Number(((high - low) * BY_WIDTH[optimizer] * (LONGER[objective?.id ?? ''] ?? 1)).toPrecision(1));
  }
  return objective?.rate ?? BY_CURVATURE[objective?.id ?? ''] ?? 0.001;
}

/** The descents with the suggested rate wherever no person has set one. @param {Descent[]} descents @param {Objective} objective */
export function withSuggestedRates(descents, objective) {
  return descents.map((descent) => (descent.tuned ? descent : {
    ...descent,
    hyperparameters: { ...descent.hyperparameters, lr: suggestedRate(descent.optimizer, objective) },
  }));
}
