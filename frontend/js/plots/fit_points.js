/** The points of the data: filled where a descent learns from them, open where they test it. Drawn once, then copied. */
import { classShapes } from '../palette.js';
import { traceShape } from './fit_shapes.js';
import { toLeft, toTop } from './projection.js';

/** @typedef {import('./fit_data.js').Mark} Mark */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {import('../palette.js').Theme} Theme */
/** @typedef {{theme: Theme, isClasses: boolean}} PointStyle isClasses: colour and shape say the class */

/** Up to this many points all are drawn; of more, one of each class in a square of a marker's size. */
const FEW = 1500;

/** The radius of a marker, in pixels: many points are small. @param {number} count */
export function radiusOf(count) {
  return count <= 60 ? 4.6 : count <= 200 ? 3.6 : count <= 600 ? 2.9 : 2.4;
}

/** The points that are seen: of those that would cover each other, one, but never one for another class or part. So an outlier stays,
 * and so does a rare class. @param {Mark[]} marks @param {Box} box @param {number} size in pixels of what may hide what @returns {Mark[]} */
export function seenMarks(marks, box, size) {
  const seen = new Set();
  return marks.filter(({ u, v, group, isTest }) => {
    const [left, top] = [Math.floor(toLeft(box.x, u) / size), Math.floor(toTop(box.y, v) / size)];
    const key = `${left} ${top} ${group} ${isTest}`;
    return seen.size < seen.add(key).size;
  });
}

/** The points by class and part; the rarest come last: on top. @param {Mark[]} marks @returns {Mark[][]} */
export function layersOf(marks) {
  /** @type {Map<string, Mark[]>} */
  const layers = new Map();
  for (const mark of marks) {
    const key = `${mark.group} ${mark.isTest}`;
    const layer = layers.get(key);
    if (layer) layer.push(mark);
    else layers.set(key, [mark]);
  }
  return [...layers.values()].sort((a, b) => b.length - a.length);
}

/** @param {PointStyle} style @param {number} group @returns {string} */
export function colorOf({ theme, isClasses }, group) {
  return isClasses ? theme.classes[group % theme.classes.length] : theme.curve;
}

/** @param {CanvasRenderingContext2D} context @param {{group: number, isTest: boolean}} kind @param {[number, number][]} places @param {number} radius
 * @param {PointStyle} style */
export function drawPoints(context, { group, isTest }, places, radius, style) {
  const shape = style.isClasses ? classShapes[group % classShapes.length] : 'circle';
  const color = colorOf(style, group);
  context.beginPath();
  for (const [left, top] of places) traceShape(context, shape, left, top, isTest ? radius - 0.4 : radius);
  context.lineJoin = 'round';
  context.setLineDash([]);
  context.strokeStyle = style.theme.paper;
  context.lineWidth = isTest ? 3.6 : 1.8;
  context.stroke();
  context.fillStyle = isTest ? style.theme.paper : color;
  context.fill();
  if (!isTest) return;
  context.strokeStyle = color;
  context.lineWidth = 1.7;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {Mark[]} marks @param {PointStyle} style */
function drawAll(context, box, marks, style) {
  const radius = radiusOf(marks.length);
  const shown = marks.length > FEW ? seenMarks(marks, box, radius) : marks;
  for (const layer of layersOf(shown)) {
    const places = layer.map(({ u, v }) => /** @type {[number, number]} */ ([toLeft(box.x, u), toTop(box.y, v)]));
    drawPoints(context, layer[0], places, radius, style);
  }
}

/** Draws points once for as long as axes, data and theme are the same. */
export function createPointLayer() {
  const canvas = document.createElement('canvas');
  let made = '';
  /** @type {Mark[]} */ let marksThen = [];

  /** @param {CanvasRenderingContext2D} context @param {Box} box @param {Mark[]} marks the same array for the same points @param {PointStyle} style */
  return (context, box, marks, style) => {
    const { a: ratio } = context.getTransform();
    const [width, height] = [box.x.offset + box.x.length, box.y.offset + box.y.length];
    const key = JSON.stringify([box, ratio, style.theme.paper, style.isClasses]);
    if (key !== made || marks !== marksThen) {
      Object.assign(canvas, { width: Math.ceil(width * ratio), height: Math.ceil(height * ratio) });
      const own = canvas.getContext('2d');
      own?.scale(ratio, ratio);
      if (own) drawAll(own, box, marks, style);
      [made, marksThen] = [key, marks];
    }
    context.drawImage(canvas, 0, 0, canvas.width / ratio, canvas.height / ratio);
  };
}
