/** What has all dimensions, as the plane of the surface shows it: paths, minima, the start; and how solid it is to be drawn. */
import { Projection } from '../plane.js';
import { spanOf } from './picture.js';
import { Track } from './track.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').SurfaceData} SurfaceData */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('../plane.js').Shadow} Shadow */

/** What lies far off the plane still shows. */
const LEAST = 0.3;
/** Part of the plane's size that counts as no distance: rounding of single precision. */
const ON_PLANE = 1e-5;

/** @param {SurfaceData} surface */
export function projectionFor({ plane, objective: { dim } }) {
  if (plane?.anchor) return new Projection(plane);
  const axes = Array.from({ length: dim }, (_, axis) => axis);
  const names = /** @type {[string, string]} */ (['x', 'y']);
  return new Projection({ kind: 'axes', axes, anchor: axes.map(() => 0), directions: null, names, explained: null, eigenvalues: null, range: [] });
}

/** Whether every path lies on the surface itself. @param {Picture} picture */
export const isWhole = ({ projection }) => projection?.isWhole ?? true;

/** @type {WeakMap<object, Track>} by history */
const tracks = new WeakMap();

/** The path of a descent on the plane. @param {Picture} picture @param {DrawnDescent} descent @returns {Track} */
export function trackOf({ projection }, { history, trail = null }) {
  const found = tracks.get(history);
  if (found && found.projection === projection) return found;
  if (!projection) throw new Error('missing projection');
  const track = new Track(history, trail, projection);
  tracks.set(history, track);
  return track;
}

/** @param {Picture} picture @param {number[]} theta @returns {Shadow | null} null where theta has another number of components */
export function shadowOf({ projection }, theta) {
  return projection && theta.length === projection.dim ? projection.shadow((axis) => theta[axis]) : null;
}

/** The known minima. @param {Picture} picture @returns {(Shadow & {loss: number})[]} */
export function minimaOn(picture) {
  return (picture.surface?.objective.minima ?? []).flatMap(({ theta, loss }) => {
    const shadow = shadowOf(picture, theta);
    return shadow ? [{ ...shadow, loss }] : [];
  });
}

/** Half the size of the plane, in the units of theta. @param {Picture} picture */
function sizeOf({ surface, projection }) {
  const lengths = projection?.lengths() ?? [1, 1];
  const [across, along] = spanOf(surface).map(([low, high], i) => (high - low) * lengths[i]);
  return Math.sqrt(across * along) / 2;
}

/** How solid to draw what is `off` the plane: 1 on it, ever fainter with the distance beside the plane's own size.
 * @param {Picture} picture @returns {(off: number) => number} */
export function solidityOn(picture) {
  if (isWhole(picture)) return () => 1;
  const size = sizeOf(picture);
  return (off) => LEAST + (1 - LEAST) / (1 + (off / size) ** 2);
}

/** Whether a distance is none at all. @param {Picture} picture @returns {(off: number) => boolean} */
export function touchingOn(picture) {
  if (isWhole(picture)) return () => true;
  const size = sizeOf(picture);
  return (off) => off <= ON_PLANE * size;
}
