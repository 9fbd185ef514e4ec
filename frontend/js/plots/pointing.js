/** The point of the surface under a pixel. */
import { clipSegment } from './clipping.js';
import { boxOf } from './scene_box.js';
import { eyeOf, surfaceHeight } from './sightline.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./sightline.js').SceneView} SceneView */

const STRIDES = 400;
const HALVINGS = 20;
/** Farther than any camera stands, in units of the camera. */
const REACH = 100;

/** A point far away on the ray through a pixel, in data. @param {SceneView} scene @param {number} left @param {number} top */
function farPoint({ scale, model, view, projection, width, height }, left, top) {
  const ray = [((2 * left) / width - 1) / projection[0], (1 - (2 * top) / height) / projection[5], -1].map((part) => part * REACH);
  const from = ray.map((part, axis) => part - view[12 + axis]);
  return [0, 1, 2].map((axis) => {
    const world = view[4 * axis] * from[0] + view[4 * axis + 1] * from[1] + view[4 * axis + 2] * from[2];
    return (world - model[12 + axis]) / model[5 * axis] / scale[axis];
  });
}

/** Where the ray through a pixel first meets the surface; null where it meets none.
 * @param {Picture} picture @param {SceneView} scene @param {number} left @param {number} top @returns {number[] | null} */
export function surfaceAt(picture, scene, left, top) {
  const [eye, end] = [eyeOf(scene), farPoint(scene, left, top)];
  const part = clipSegment(eye, end, boxOf(picture));
  if (!part) return null;
  const [from, to] = part;
  const at = (/** @type {number} */ share) => eye.map((value, axis) => value + share * (end[axis] - value));
  const above = (/** @type {number} */ share) => {
    const [u, v, z] = at(share);
    return z - surfaceHeight(picture, u, v);
  };
  const share = firstCrossing(above, from + 1e-9, to - 1e-9);
  if (share === null) return null;
  const [u, v] = at(share);
  return [u, v, surfaceHeight(picture, u, v)];
}

/** @param {(at: number) => number} value @param {number} from @param {number} to @returns {number | null} */
function firstCrossing(value, from, to) {
  let before = from;
  let sign = Math.sign(value(from));
  for (let i = 1; i <= STRIDES; i++) {
    const here = from + ((to - from) * i) / STRIDES;
    const next = Math.sign(value(here));
    if (next !== sign && sign !== 0 && !Number.isNaN(sign + next)) return bisect(value, before, here, sign);
    [before, sign] = [here, next];
  }
  return null;
}

/** @param {(at: number) => number} value @param {number} low @param {number} high @param {number} sign of the value at low */
function bisect(value, low, high, sign) {
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (Math.sign(value(middle)) === sign) low = middle;
    else high = middle;
  }
  return low;
}
