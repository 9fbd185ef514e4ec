/** Components and eigenvectors have no sign of their own: a new plane is turned so that it lies like the one before. */

/** @param {number[]} a @param {number[]} b */
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** @param {number[]} values */
const negated = (values) => values.map((value) => -value);

/** From high to low, as the values of an axis that points the other way. @param {number[]} axis */
const flipped = (axis) => negated(axis).reverse();

/** @param {any} grid @param {boolean} isAcross @param {boolean} isAlong */
function turnedGrid(grid, isAcross, isAlong) {
  const rows = isAlong ? [...grid].reverse() : grid;
  return isAcross ? rows.map((/** @type {any[]} */ row) => [...row].reverse()) : rows;
}

/** @param {any} gradient @param {boolean} isAcross @param {boolean} isAlong */
function turnedGradient({ u, v, du, dv }, isAcross, isAlong) {
  const slopes = (/** @type {any} */ grid, /** @type {boolean} */ isOpposite) =>
    turnedGrid(grid, isAcross, isAlong).map((/** @type {any[]} */ row) => (isOpposite ? row.map((value) => (value === null ? null : -value)) : row));
  return { u: isAcross ? flipped(u) : u, v: isAlong ? flipped(v) : v, du: slopes(du, isAcross), dv: slopes(dv, isAlong) };
}

/**
 * The surface with its directions pointing the way those of another plane of the same kind do.
 *
 * @param {any} surface @param {import('./types.js').Plane} before
 */
export function turnedLike(surface, before) {
  const { plane, u, v, z, gradient } = surface;
  if (!plane?.directions || !before.directions || plane.kind !== before.kind || plane.kind === 'random' || plane.anchor.length !== before.anchor.length) return surface;
  const [isAcross, isAlong] = plane.directions.map((/** @type {number[]} */ direction, /** @type {number} */ i) => dot(direction, /** @type {number[][]} */ (before.directions)[i]) < 0);
  if (!isAcross && !isAlong) return surface;
  const opposite = [isAcross, isAlong];
  return {
    ...surface,
    u: isAcross ? flipped(u) : u,
    v: isAlong ? flipped(v) : v,
    z: turnedGrid(z, isAcross, isAlong),
    gradient: gradient && turnedGradient(gradient, isAcross, isAlong),
    plane: {
      ...plane,
      directions: plane.directions.map((/** @type {number[]} */ direction, /** @type {number} */ i) => (opposite[i] ? negated(direction) : direction)),
      range: plane.range.map((/** @type {number[]} */ range, /** @type {number} */ i) => (opposite[i] ? flipped(range) : range)),
    },
  };
}
