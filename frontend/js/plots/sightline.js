/** From a point of the 3-D figure to a pixel, and whether the surface hides it. */
import { drawnHeights } from './gaps.js';
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
export function surfaceHeight(picture, u, v) {
  const { surface } = picture;
  if (!surface?.v) return NaN;
  const rows = drawnHeights(surface, picture.height);
  const across = placeOn(surface.u, u);
  const along = placeOn(surface.v, v);
  if (Number.isNaN(across + along)) return NaN;
  const [i, j] = [Math.min(surface.u.length - 2, Math.floor(across)), Math.min(surface.v.length - 2, Math.floor(along))];
  const [s, t] = [across - i, along - j];
  const [near, far] = [rows[j], rows[j + 1]];
  return (near[i] * (1 - s) + near[i + 1] * s) * (1 - t) + (far[i] * (1 - s) + far[i + 1] * s) * t;
}

/** Height of a loss at a point, on the surface at least: between grid points the drawn surface lies above a narrow minimum, and would
 * hide what lies in it. @param {Picture} picture @param {number} u @param {number} v @param {number} loss */
export function groundedHeight(picture, u, v, loss) {
  const at = heightOf(picture.height, loss);
  const ground = surfaceHeight(picture, u, v);
  return ground > at ? ground : at;
}

/** Place on an evenly spaced axis, in cells; NaN outside. @param {ArrayLike<number>} axis @param {number} value */
function placeOn(axis, value) {
  const last = axis.length - 1;
  const at = ((value - axis[0]) / (axis[last] - axis[0])) * last;
  return at >= 0 && at <= last ? at : NaN;
}

/** True where the surface stands between the eye and the point. @param {Picture} picture @param {number[]} eye @param {number[]} point */
export function isHidden(picture, eye, point) {
  const { high, low } = picture.height;
  const slack = 0.004 * (high - low);
  const end = eye[2] > high && eye[2] > point[2] ? Math.min(1, (high - point[2]) / (eye[2] - point[2])) : 1;
  const [du, dv, dz] = point.map((value, axis) => (end / SAMPLES) * (eye[axis] - value));
  for (let i = 1; i <= SAMPLES; i++) {
    const ground = surfaceHeight(picture, point[0] + i * du, point[1] + i * dv);
    // Nothing hides behind a gap, but what lies beyond it may.
    if (point[2] + i * dz < ground - slack) return true;
  }
  return false;
}
