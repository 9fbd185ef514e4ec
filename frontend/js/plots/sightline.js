/** From a point of the 3-D figure to a pixel, and whether the surface hides it. */
import { heightOf } from './height.js';

/** A 4 x 4 matrix, column by column, as WebGL has them. @typedef {ArrayLike<number>} Matrix */
/** @typedef {{scale: number[], model: Matrix, view: Matrix, projection: Matrix, width: number, height: number}} SceneView
 * scale: of each data axis before the model matrix; width and height of the figure in CSS pixels */
/** @typedef {import('./picture.js').Picture} Picture */

const SAMPLES = 64;

/** @param {Matrix} m @param {number[]} v of four */
function times(m, v) {
  return [0, 1, 2, 3].map((row) => m[row] * v[0] + m[4 + row] * v[1] + m[8 + row] * v[2] + m[12 + row] * v[3]);
}

/** Pixel of a data point; null behind the camera. @param {SceneView} scene @param {number[]} point @returns {[number, number] | null} */
export function projectPoint({ scale, model, view, projection, width, height }, point) {
  const scaled = [...point.map((value, axis) => value * scale[axis]), 1];
  const [x, y, , w] = times(projection, times(view, times(model, scaled)));
  return w > 0 ? [((x / w + 1) / 2) * width, ((1 - y / w) / 2) * height] : null;
}

/** Where the camera stands, in data coordinates. The view matrix only turns and moves; the model matrix only scales and moves.
 * @param {SceneView} scene */
export function eyeOf({ scale, model, view }) {
  return [0, 1, 2].map((axis) => {
    const world = -(view[4 * axis] * view[12] + view[4 * axis + 1] * view[13] + view[4 * axis + 2] * view[14]);
    return (world - model[12 + axis]) / model[5 * axis] / scale[axis];
  });
}

/** Drawn height of the surface at a point, between grid points; NaN outside. @param {Picture} picture @param {number} u @param {number} v */
export function surfaceHeight({ surface, height }, u, v) {
  if (!surface?.v) return NaN;
  const rows = /** @type {(number | null)[][]} */ (surface.z);
  const [i, s] = cell(surface.u, u);
  const [j, t] = cell(surface.v, v);
  if (i < 0 || j < 0) return NaN;
  const at = (/** @type {number} */ row, /** @type {number} */ column) => heightOf(height, rows[row][column] ?? NaN);
  const [near, far] = [j, j + 1].map((row) => at(row, i) * (1 - s) + at(row, i + 1) * s);
  return near * (1 - t) + far * t;
}

/** Cell of an evenly spaced axis, and the place within it. @param {ArrayLike<number>} axis @param {number} value */
function cell(axis, value) {
  const last = axis.length - 1;
  const at = ((value - axis[0]) / (axis[last] - axis[0])) * last;
  if (!(at >= 0 && at <= last)) return [-1, 0];
  const index = Math.min(last - 1, Math.floor(at));
  return [index, at - index];
}

/** True where the surface stands between the eye and the point. @param {Picture} picture @param {number[]} eye @param {number[]} point */
export function isHidden(picture, eye, point) {
  const { high, low } = picture.height;
  const slack = 0.004 * (high - low);
  const end = eye[2] > high && eye[2] > point[2] ? Math.min(1, (high - point[2]) / (eye[2] - point[2])) : 1;
  for (let i = 1; i <= SAMPLES; i++) {
    const part = (end * i) / SAMPLES;
    const [u, v, z] = point.map((value, axis) => value + part * (eye[axis] - value));
    const ground = surfaceHeight(picture, u, v);
    if (Number.isNaN(ground)) return false;
    if (z < ground - slack) return true;
  }
  return false;
}
