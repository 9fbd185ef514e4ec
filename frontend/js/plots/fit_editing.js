/** Points by clicks: a click on a free place adds one, a click on a point takes it away. */
import { drawPoints } from './fit_points.js';
import { toData, toLeft, toTop } from './projection.js';

/** @typedef {import('./fit_data.js').FitData} FitData */
/** @typedef {import('./fit_data.js').Fitting} Fitting */
/** @typedef {import('./fit_data.js').Mark} Mark */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {import('./pointer.js').Place} Place */

/** A click this close to a point, in pixels, means it. */
const REACH = 9;
const RADIUS = 5;

/** The point that is meant, by its number among the marks; -1 where none is. @param {Mark[]} marks @param {Box} box @param {Place} place */
export function markAt(marks, box, { left, top }) {
  let [best, least] = [-1, REACH];
  marks.forEach(({ u, v }, i) => {
    const away = Math.hypot(toLeft(box.x, u) - left, toTop(box.y, v) - top);
    if (away < least) [best, least] = [i, away];
  });
  return best;
}

/** Tell of a click. @param {Fitting} fitting @param {Mark[]} marks @param {Box} box @param {Place} place */
export function pickPoint({ data, onPointAdded, onPointRemoved }, marks, box, place) {
  const found = markAt(marks, box, place);
  if (found < 0 || !data) return onPointAdded(...toData(box, place.left, place.top));
  const { isTest } = marks[found];
  const [points, index] = isTest && data.test ? [data.test, found - data.train.y.length] : [data.train, found];
  onPointRemoved(index, { part: isTest ? 'test' : 'train', index, x: points.x[index], y: points.y[index] });
}

/** What a click would do: the new point, or a ring with a stroke through the one that would go.
 * @param {CanvasRenderingContext2D} context @param {Box} box @param {import('./fit_scene.js').Scene} scene @param {import('./fit_data.js').Editing} editing
 * @param {Place} pointer */
export function drawIntent(context, box, { picture, marks }, { task, activeClass }, pointer) {
  const { theme } = picture;
  const found = markAt(marks, box, pointer);
  if (found < 0) {
    context.globalAlpha = 0.65;
    drawPoints(context, { group: activeClass, isTest: false }, [[pointer.left, pointer.top]], RADIUS, { theme, isClasses: task === 'classification' });
    context.globalAlpha = 1;
    return;
  }
  const [left, top] = [toLeft(box.x, marks[found].u), toTop(box.y, marks[found].v)];
  context.strokeStyle = theme.text;
  context.lineWidth = 1.8;
  context.beginPath();
  context.arc(left, top, REACH, 0, 2 * Math.PI);
  context.moveTo(left - REACH * 0.7, top + REACH * 0.7);
  context.lineTo(left + REACH * 0.7, top - REACH * 0.7);
  context.stroke();
}
