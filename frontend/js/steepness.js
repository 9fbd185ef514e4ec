/**
 * How long a step of plain gradient descent may be on an objective that nobody has tried: read off its surface.
 *
 * A descent that never rises stays where the loss is below that of its start. There, steps below 2 / L keep it from rising,
 * L being the largest curvature. Source: Nesterov, 'Introductory Lectures on Convex Optimization', 2004, section 1.2.3.
 */
import { roundTo } from './format.js';

/** A grid of losses, of a curve or a surface.
 * @typedef {{u: number[], v: number[] | null, z: Array<number | null> | Array<Array<number | null>>}} Grid */

/** The part of 1 / L that is suggested, and of the domain's width that the first step covers at most. */
const SHARE_OF_CURVATURE = 0.5;
const SHARE_OF_WIDTH = 0.03;
/** Kinks and poles have any curvature, but are few. */
const QUANTILE = 0.95;
/** Curvature between the planes that are looked at is not seen. */
const UNSEEN = 1.5;

/** Rows of losses; a curve is three times the same, so that it is as flat across as it is. @param {Grid} grid */
function rowsOf({ z, v }) {
  const rows = v ? /** @type {Array<Array<number | null>>} */ (z) : [z, z, z].map((row) => /** @type {Array<number | null>} */ (row));
  return rows.map((row) => row.map((loss) => loss ?? NaN));
}

/** @param {ArrayLike<number>} axis @param {number} value */
function nearest(axis, value) {
  const place = ((value - axis[0]) / (axis[axis.length - 1] - axis[0])) * (axis.length - 1);
  return Math.min(axis.length - 2, Math.max(1, Math.round(place)));
}

/** @param {number[][]} rows @param {number} j @param {number} i @param {number} du @param {number} dv */
function slopeAt(rows, j, i, du, dv) {
  return Math.hypot((rows[j][i + 1] - rows[j][i - 1]) / (2 * du), (rows[j + 1][i] - rows[j - 1][i]) / (2 * dv));
}

/** The largest eigenvalue of the Hessian, in size, by central differences. @param {number[][]} rows @param {number} j @param {number} i
 * @param {number} du @param {number} dv */
function curvatureAt(rows, j, i, du, dv) {
  const here = 2 * rows[j][i];
  const uu = (rows[j][i + 1] - here + rows[j][i - 1]) / du ** 2;
  const vv = (rows[j + 1][i] - here + rows[j - 1][i]) / dv ** 2;
  const uv = (rows[j + 1][i + 1] - rows[j + 1][i - 1] - rows[j - 1][i + 1] + rows[j - 1][i - 1]) / (4 * du * dv);
  return Math.abs(uu + vv) / 2 + Math.hypot((uu - vv) / 2, uv);
}

/**
 * Slope at the start, and the largest curvature below it.
 *
 * @param {Grid} grid
 * @param {number[]} start its point on the plane
 */
export function steepness(grid, start) {
  const { u, v } = grid;
  const rows = rowsOf(grid);
  const [du, dv] = [u[1] - u[0], v ? v[1] - v[0] : Infinity];
  const [j, i] = [v ? nearest(v, start[1]) : 1, nearest(u, start[0])];
  const level = rows[j][i];
  /** @type {number[]} */
  const curvatures = [];
  for (let row = 1; row < rows.length - 1; row++) {
    for (let at = 1; at < u.length - 1; at++) {
      if (!(rows[row][at] > level)) curvatures.push(curvatureAt(rows, row, at, du, dv));
    }
  }
  const sorted = Float64Array.from(curvatures.filter(Number.isFinite)).sort();
  return { slope: slopeAt(rows, j, i, du, dv) || 0, curvature: sorted[Math.floor(QUANTILE * (sorted.length - 1))] ?? 0 };
}

/**
 * The rate to suggest for plain gradient steps, to one digit; null where the objective is flat.
 *
 * @param {Array<{slope: number, curvature: number}>} found on planes that together span all axes
 * @param {number} width of the domain
 */
export function plainRate(found, width) {
  const curvature = Math.max(...found.map((one) => one.curvature)) * (found.length > 1 ? UNSEEN : 1);
  const slope = Math.hypot(...found.map((one) => one.slope));
  const rate = Math.min(SHARE_OF_CURVATURE / curvature, (SHARE_OF_WIDTH * width) / slope);
  return Number.isFinite(rate) && rate > 0 ? roundTo(rate, 1) : null;
}
