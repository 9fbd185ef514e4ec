/** The plane through which an objective is looked at: of more than two dimensions, the first two axes through the start. */

/**
 * @typedef {import('./types.js').Objective} Objective
 * @typedef {{axes: number[], anchor: number[]}} Plane
 */

/** Theta is told at every step up to so many dimensions. */
export const MOST_TOLD = 16;

const LETTERS = ['x', 'y', 'z'];

/** What a request for a surface says; null where the plane is all there is. @param {number[]} start @returns {Plane | null} */
export function planeThrough(start) {
  return start.length > 2 ? { axes: [0, 1], anchor: start } : null;
}

/** Theta at a point of the plane. @param {number[]} point @param {number[] | null} start */
export function thetaAt(point, start) {
  return start && start.length > point.length ? [...point, ...start.slice(point.length)] : point;
}

/** What the components of theta are called. @param {Objective | null} objective @param {number} dim */
export function thetaNames(objective, dim) {
  const names = objective?.theta_names;
  if (names?.length === dim) return names;
  return Array.from({ length: dim }, (_, i) => (dim <= LETTERS.length ? LETTERS[i] : `x${i + 1}`));
}
