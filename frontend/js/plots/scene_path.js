/** From the history of a descent to a line on the 3-D surface. */
import { clipPath } from './clipping.js';
import { groundedHeight } from './sightline.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./landscape.js').Line3d} Line3d */

/** Part of the height by which paths float: enough not to sink into the surface, each path a little higher. */
const LIFT = 0.02;
const STAGGER = 0.25;

/** @param {Picture} picture @returns {[number, number][]} */
function sceneBox(picture) {
  const { height, surface } = picture;
  const span = height.high - height.low;
  const domain = /** @type {[number, number][]} */ (surface?.objective.domain ?? []);
  return [domain[0], domain[1], [height.low - 0.01 * span, height.high + 0.02 * span]];
}

/** @param {Picture} picture @param {number} slot */
function liftOf(picture, slot) {
  return (picture.height.high - picture.height.low) * LIFT * (1 + STAGGER * slot);
}

/**
 * The drawn part of a path: within the domain, lifted; and its head, where the descent is or where it left the domain.
 * @param {Picture} picture @param {DrawnDescent} descent @param {number[]} steps the rows to draw
 * @returns {{line: Line3d | null, head: number[] | null, isInside: boolean}}
 */
export function scenePath(picture, descent, steps) {
  const { history, slot } = descent;
  const columns = [
    steps.map((step) => history.theta(step, 0)),
    steps.map((step) => history.theta(step, 1)),
    steps.map((step) => groundedHeight(picture, history.theta(step, 0), history.theta(step, 1), history.loss(step))),
  ];
  const { path, isInside, end } = clipPath(columns, sceneBox(picture));
  const lift = liftOf(picture, slot);
  const line = path[0].length > 0 ? { x: path[0], y: path[1], z: path[2].map((z) => z + lift) } : null;
  return { line, head: end && [end[0], end[1], end[2] + lift], isInside };
}

