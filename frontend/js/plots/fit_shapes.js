/** Small shapes, one a class of data. */
import { corners } from './markers.js';

/** @typedef {import('../palette.js').ClassShape} ClassShape */

const DIAGONAL = Math.SQRT1_2;

/** A cross whose arms are square. @param {number} reach @param {number} arm half its width @param {boolean} isTurned by 45 degrees */
function cross(reach, arm, isTurned) {
  const points = [[-arm, -reach], [arm, -reach], [arm, -arm], [reach, -arm], [reach, arm], [arm, arm], [arm, reach], [-arm, reach], [-arm, arm], [-reach, arm], [-reach, -arm], [-arm, -arm]];
  return isTurned ? points.map(([x, y]) => [(x - y) * DIAGONAL, (x + y) * DIAGONAL]) : points;
}

/** At radius 1, all of about the same area. @type {Record<Exclude<ClassShape, 'circle'>, number[][]>} */
const outlines = {
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  triangle: corners(3, 1.35),
  diamond: corners(4, 1.3),
  plus: cross(1.25, 0.45, false),
  down: corners(3, 1.35).map(([x, y]) => [x, -y]),
  star: corners(5, 1.5, 0.65),
  cross: cross(1.3, 0.42, true),
  hexagon: corners(6, 1.12),
  bar: [[-1.35, -0.55], [1.35, -0.55], [1.35, 0.55], [-1.35, 0.55]],
};

/** Adds a shape to the path of a context. @param {CanvasRenderingContext2D} context @param {ClassShape} shape @param {number} left @param {number} top
 * @param {number} radius */
export function traceShape(context, shape, left, top, radius) {
  if (shape === 'circle') {
    context.moveTo(left + radius, top);
    context.arc(left, top, radius, 0, 2 * Math.PI);
    return;
  }
  const points = outlines[shape];
  context.moveTo(left + radius * points[0][0], top + radius * points[0][1]);
  for (let i = 1; i < points.length; i++) context.lineTo(left + radius * points[i][0], top + radius * points[i][1]);
  context.closePath();
}
