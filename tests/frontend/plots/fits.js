/** Data and fits whose every number a test knows. */
import { History } from '../../../frontend/js/history.js';

/** @typedef {import('../../../frontend/js/plots/fit_data.js').FitData} FitData */
/** @typedef {import('../../../frontend/js/plots/fit_data.js').Fit} Fit */

/** @param {number} low @param {number} high @param {number} count */
export const spread = (low, high, count) => Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** Two inputs in [-1, 1] squared. @param {Partial<FitData>} [overrides] @returns {FitData} */
export function planeData(overrides = {}) {
  return {
    kind: 'regions', task: 'classification', inputs: ['x1', 'x2'], target: 'class', classes: ['no', 'yes'],
    train: { x: [[-0.5, 0.25], [0.5, 0]], y: [0, 1] }, test: { x: [[0, 0.5]], y: [1] },
    grid: { u: spread(-1, 1, 21), v: spread(-1, 1, 21) }, truth: null, ...overrides,
  };
}

/** @param {Partial<FitData>} [overrides] @returns {FitData} */
export function lineData(overrides = {}) {
  return {
    kind: 'curve', task: 'regression', inputs: ['x'], target: 'y', classes: null,
    train: { x: [[0], [1], [2]], y: [0, 10, 4] }, test: null, grid: { u: [0, 1, 2], v: null }, truth: null, ...overrides,
  };
}

/** Probabilities over the plane of `planeData`: a value for each layer. @param {...(u: number, v: number) => number} layers @returns {Fit} */
export function planeFit(...layers) {
  const { grid } = planeData();
  const [u, v] = [grid?.u ?? [], grid?.v ?? []];
  const values = Float32Array.from(layers.flatMap((layer) => v.flatMap((y) => u.map((x) => layer(x, y)))));
  return fitOf(values, [layers.length, v.length, u.length]);
}

/** @param {ArrayLike<number>} values @param {number[]} [shape] @returns {Fit} */
export function fitOf(values, shape = [values.length]) {
  return { step: 0, values, shape, train_accuracy: 0.75, test_accuracy: null };
}

/** @param {number} slot @returns {import('../../../frontend/js/plots/picture.js').DrawnDescent} */
export function descentIn(slot, overrides = {}) {
  return { label: `descent ${slot}`, slot, history: new History(1), state: 'running', visible: true, selected: false, ...overrides };
}

/** Axes over [-1, 1] squared, 100 pixels a unit. @type {import('../../../frontend/js/plots/projection.js').Box} */
export const SQUARE = {
  x: { offset: 0, length: 200, range: [-1, 1], isLog: false },
  y: { offset: 0, length: 200, range: [-1, 1], isLog: false },
};

export const sigmoid = (/** @type {number} */ at) => 1 / (1 + Math.exp(-at));
