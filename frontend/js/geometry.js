/** Where a point stands among the known minima. */

/**
 * The distance to the nearest known minimum; null where none is known or the point is not finite.
 *
 * @param {ArrayLike<number>} theta
 * @param {Array<{theta: number[]}>} minima
 */
export function distanceToNearest(theta, minima) {
  let nearest = Infinity;
  for (const minimum of minima) {
    let sum = 0;
    for (let i = 0; i < minimum.theta.length; i += 1) sum += (theta[i] - minimum.theta[i]) ** 2;
    nearest = Math.min(nearest, Math.sqrt(sum));
  }
  return Number.isFinite(nearest) ? nearest : null;
}
