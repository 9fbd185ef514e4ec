/** How sure a fit is of each class at each point of its grid, on a scale on which a boundary between two points can be read. */

/** @typedef {import('./fit_data.js').Fit} Fit */
/** Log-probabilities by class, then row of v, then column of u; `top` is the most probable class of each point, -1 where there is none.
 * @typedef {{numClasses: number, columns: number, rows: number, logs: Float32Array, top: Int8Array}} Odds */

/** Smaller probabilities are as good as none: in float32 their complement is 1. */
const LEAST = 1e-7;

/** @type {WeakMap<object, Odds>} */
const known = new WeakMap();

/** @param {number} probability */
const logOf = (probability) => Math.log(Math.max(probability, LEAST));

/** @param {Fit} fit of kind `regions` @returns {Odds} */
export function oddsOf(fit) {
  const found = known.get(fit) ?? computeOdds(fit);
  known.set(fit, found);
  return found;
}

/** @param {Fit} fit @returns {Odds} */
function computeOdds({ values, shape: [layers, rows, columns] }) {
  const size = rows * columns;
  const numClasses = Math.max(2, layers);
  const logs = new Float32Array(numClasses * size);
  for (let i = 0; i < size; i++) {
    if (layers === 1) [logs[i], logs[size + i]] = [logOf(1 - values[i]), logOf(values[i])];
    else for (let c = 0; c < numClasses; c++) logs[c * size + i] = logOf(values[c * size + i]);
  }
  return { numClasses, columns, rows, logs, top: topOf(logs, numClasses, size) };
}

/** @param {Float32Array} logs @param {number} numClasses @param {number} size */
function topOf(logs, numClasses, size) {
  const top = new Int8Array(size);
  for (let i = 0; i < size; i++) {
    let best = 0;
    for (let c = 0; c < numClasses; c++) {
      const at = logs[c * size + i];
      if (Number.isNaN(at)) {
        best = -1;
        break;
      }
      if (at > logs[best * size + i]) best = c;
    }
    top[i] = best;
  }
  return top;
}
