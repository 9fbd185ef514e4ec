/** What the page finds out about a formula before it races on it: its row, its surface, and how long a step may be. */
import { getSurface, readFormula } from './api.js';
import { planeThrough } from './plane.js';
import { plainRate, steepness } from './steepness.js';

/**
 * @typedef {import('./store.js').Store} Store
 * @typedef {import('./types.js').FormulaRef} FormulaRef
 */

export const RESOLUTION = 129;
export const GRADIENT_RESOLUTION = 15;
/** A curve costs little, and may turn sharply. */
const CURVE_RESOLUTION = 513;
/** Other planes are only measured, not looked at. */
const MEASURED = 33;

/** Pairs of axes beyond the first two; the last may be alone. @param {number} dim */
const otherAxes = (dim) => Array.from({ length: Math.ceil(dim / 2) - 1 }, (_, i) => [2 * i + 2, 2 * i + 3].filter((axis) => axis < dim));

/**
 * Ask for the surface of the formula in the recipe, and note what it tells of the formula.
 *
 * @param {Store} store
 * @returns {Promise<any>} the surface
 */
export async function learn(store) {
  const { recipe, objective } = store.get();
  const formula = /** @type {FormulaRef} */ (recipe.objective);
  const start = recipe.start ?? (objective ?? (await readFormula(formula)).objective).start;
  const resolution = start.length === 1 ? CURVE_RESOLUTION : RESOLUTION;
  const surface = await getSurface(formula, planeThrough(start), resolution, GRADIENT_RESOLUTION);
  const row = surface.objective;
  const measured = recipe.start ?? row.start;
  const others = await Promise.all(otherAxes(row.dim).map(async (axes) =>
    steepness(await getSurface(formula, { axes, anchor: measured }, MEASURED, null), axes.map((axis) => measured[axis]))));
  const [low, high] = row.domain[0];
  const rate = plainRate([steepness(surface, measured), ...others], high - low);
  store.dispatch({ type: 'learnt', of: formula, row: { ...row, ...(rate ? { rate } : {}) } });
  return surface;
}
