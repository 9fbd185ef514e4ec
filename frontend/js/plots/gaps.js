/** Where a loss is not drawn as it is: gaps where it has no value or jumps across a pole, and an end to what goes to infinity. */
import { heightOf } from './height.js';

/** @typedef {import('./height.js').Height} Height */
/** @typedef {import('./picture.js').SurfaceData} SurfaceData */

/** What is cut off still leaves the picture, by so many times its height. */
const BEYOND = 2;

/** Rows of losses; a curve is one. @param {(number | null)[][] | (number | null)[]} z @returns {(number | null)[][]} */
const rowsOf = (z) => (Array.isArray(z[0]) ? /** @type {(number | null)[][]} */ (z) : [/** @type {(number | null)[]} */ (z)]);

/** Call with every pair of neighbours. @param {ArrayLike<ArrayLike<number | null>>} rows @param {(j: number, i: number, down: number, across: number) => void} visit */
function forPairs(rows, visit) {
  for (let j = 0; j < rows.length; j++) {
    for (let i = 0; i < rows[j].length; i++) {
      if (i + 1 < rows[j].length) visit(j, i, j, i + 1);
      if (j + 1 < rows.length) visit(j, i, j + 1, i);
    }
  }
}

/** @type {WeakMap<object, {height: Height, rows: Float64Array[]}>} */
const drawn = new WeakMap();

/** Heights at which the grid is drawn, by rows of `v`, NaN where there is a gap; a curve is one row. Each is a logarithm, so they are taken once.
 * @param {SurfaceData} surface @param {Height} height */
export function drawnHeights(surface, height) {
  const found = drawn.get(surface);
  if (found?.height === height) return found.rows;
  const { low, high } = height;
  const room = BEYOND * (high - low);
  const rows = rowsOf(surface.z).map((row) => Float64Array.from(row, (loss) =>
    Math.min(high + room, Math.max(low - room, heightOf(height, loss ?? NaN)))));
  if (surface.v) part(rows, height);
  drawn.set(surface, { height, rows });
  return rows;
}

/** Between neighbours of which one is above the picture and the other below it, there is a pole: nothing connects them.
 * @param {Float64Array[]} rows @param {Height} height */
function part(rows, height) {
  /** @type {[number, number][]} */
  const ends = [];
  forPairs(rows, (j, i, down, across) => {
    if (isParted(rows[j][i], rows[down][across], height)) ends.push([j, i], [down, across]);
  });
  for (const [j, i] of ends) rows[j][i] = NaN;
}

/** Whether a pole lies between two heights. @param {number} a @param {number} b @param {Height} height */
const isParted = (a, b, { low, high }) => Math.max(a, b) > high && Math.min(a, b) < low;

/** A curve as a line, with a gap at every pole. @param {SurfaceData} surface @param {Height} height */
export function curveLine(surface, height) {
  const [heights] = drawnHeights(surface, height);
  /** @type {{x: number[], y: number[], losses: (number | null)[]}} */
  const line = { x: [], y: [], losses: [] };
  heights.forEach((at, i) => {
    if (i > 0 && isParted(heights[i - 1], at, height)) {
      line.x.push((surface.u[i - 1] + surface.u[i]) / 2);
      line.y.push(NaN);
      line.losses.push(null);
    }
    line.x.push(surface.u[i]);
    line.y.push(at);
    line.losses.push(/** @type {(number | null)[]} */ (surface.z)[i]);
  });
  return line;
}

/** Whether the loss has a value at the grid point nearest to a point. @param {SurfaceData} surface @param {number} u @param {number} v */
export function hasValue({ u: across, v: along, z }, u, v) {
  const nearest = (/** @type {ArrayLike<number>} */ axis, /** @type {number} */ value) =>
    Math.round(((value - axis[0]) / (axis[axis.length - 1] - axis[0])) * (axis.length - 1));
  const loss = rowsOf(z)[along ? nearest(along, v) : 0]?.[nearest(across, u)];
  return loss !== null && loss !== undefined && Number.isFinite(loss);
}
