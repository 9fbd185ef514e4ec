/** Where the descents are beside the plane on show. */
import { Projection } from './plane.js';

/**
 * @typedef {import('./history.js').History} History
 * @typedef {import('./trail.js').Trail} Trail
 * @typedef {() => Array<{history: History, trail: Trail | null}>} Heads of all descents that are drawn
 */

/** The most updates that any descent has made. @param {Heads} heads */
export const numMoves = (heads) => Math.max(0, ...heads().map(({ history }) => history.length - 1));

/** The newest theta that is told of a descent. @param {{history: History, trail: Trail | null}} descent @param {number} dim */
function newestOf({ history, trail }, dim) {
  if (history.dim === dim) return history.length > 0 ? (/** @type {number} */ axis) => history.theta(history.length - 1, axis) : null;
  if (trail?.dim !== dim) return null;
  const newest = trail.newest();
  if (newest) return (/** @type {number} */ axis) => newest.theta[axis];
  return trail.length > 0 ? (/** @type {number} */ axis) => trail.theta(trail.length - 1, axis) : null;
}

/** @param {number} value @param {[number, number]} range */
const isWithin = (value, [low, high]) => value >= low && value <= high;

/**
 * Whether a descent has left what the surface shows. One that is lost does not count: no picture could hold it.
 *
 * @param {{plane: import('./types.js').Plane}} surface @param {Heads} heads
 */
export function hasLeft({ plane }, heads) {
  const projection = new Projection(plane);
  return heads().some((descent) => {
    const read = newestOf(descent, projection.dim);
    if (!read) return false;
    const { u, v } = projection.shadow(read);
    const isLost = [u, v].some((value, i) => !Number.isFinite(value) || (plane.kind !== 'pca' && isFar(value, plane.range[i])));
    return !isLost && !(isWithin(u, plane.range[0]) && isWithin(v, plane.range[1]));
  });
}

/** The server widens the range of axes and other directions by at most this many times their width; that of components is the path's own. */
const FARTHEST = 4;

/** @param {number} value @param {[number, number]} range */
function isFar(value, [low, high]) {
  const reach = FARTHEST * (high - low);
  return value < low - reach || value > high + reach;
}
