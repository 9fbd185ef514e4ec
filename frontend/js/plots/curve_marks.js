/** What lies over the curve: minima, the start, and each descent as a ball with its trail and its tangent. */
import { slotStyles } from '../palette.js';
import { drawArrow, drawCross, drawRing, strokePath } from './brushes.js';
import { clipSegment } from './clipping.js';
import { heightOf, slopeOf } from './height.js';
import { drawMarker, drawStar } from './markers.js';
import { pixelBox, toLeft, toTop } from './projection.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {import('../history.js').Row} Row */

/** Steps that a trail looks back. */
const TRAIL = 40;
const TANGENT_REACH = 74;

/** Pixel of a point on the curve. @param {Box} box @param {Picture} picture @param {number} x @param {number} loss */
function place(box, picture, x, loss) {
  return [toLeft(box.x, x), toTop(box.y, heightOf(picture.height, loss))];
}

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {Picture} picture */
export function drawMarks(context, box, picture) {
  const { surface, start, theme } = picture;
  const style = { color: theme.mark, outline: theme.markOutline };
  for (const { theta, loss } of surface?.objective.minima ?? []) {
    const [left, top] = place(box, picture, theta[0], loss);
    drawStar(context, left, top + 17, 8, style);
  }
  if (!start) return;
  const left = toLeft(box.x, start[0]);
  const foot = box.y.offset + box.y.length;
  context.setLineDash([3, 4]);
  context.strokeStyle = theme.muted;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(left, box.y.offset);
  context.lineTo(left, foot);
  context.stroke();
  context.setLineDash([]);
  drawRing(context, left, foot - 9, 5, style);
}

/** The last steps as chords between points of the curve: a step is a jump, not a slide. Older ones fade.
 * @param {CanvasRenderingContext2D} context @param {Box} box @param {Picture} picture @param {DrawnDescent} descent */
export function drawTrail(context, box, picture, { history, slot }) {
  const from = Math.max(0, history.length - 1 - TRAIL);
  const limits = pixelBox(box, 30);
  for (let step = from; step + 1 < history.length; step++) {
    const a = place(box, picture, history.theta(step, 0), history.loss(step));
    const b = place(box, picture, history.theta(step + 1, 0), history.loss(step + 1));
    const part = [...a, ...b].every(Number.isFinite) ? clipSegment(a, b, limits) : null;
    if (!part) continue;
    const [tail, tip] = part.map((at) => [a[0] + at * (b[0] - a[0]), a[1] + at * (b[1] - a[1])]);
    context.globalAlpha = 0.12 + 0.68 * ((step + 1 - from) / (history.length - 1 - from));
    const style = { color: picture.theme.slots[slot], width: 2.2, dash: slotStyles[slot].dash };
    strokePath(context, [tail[0], tip[0]], [tail[1], tip[1]], style);
    drawDot(context, tail, picture.theme.slots[slot]);
  }
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {number[]} at @param {string} color */
function drawDot(context, [left, top], color) {
  context.beginPath();
  context.arc(left, top, 2.8, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {Picture} picture @param {DrawnDescent} descent
 * @returns {import('./tag.js').Tag[]} what is to be said of it */
export function drawBall(context, box, picture, descent) {
  const { theme, strings } = picture;
  const row = lastOnCurve(descent);
  if (!row) return [];
  const style = { color: theme.slots[descent.slot], outline: theme.markOutline };
  const at = place(box, picture, row.theta[0], row.loss);
  const [[west, east], [north, south]] = pixelBox(box, -9);
  const [left, top] = [Math.min(east, Math.max(west, at[0])), Math.min(south, Math.max(north, at[1]))];
  if (descent.state === 'diverged') {
    drawCross(context, left, top, 7, style);
    return [{ left, top, text: `${descent.label}: ${strings.diverged}`, color: style.color }];
  }
  drawTangent(context, box, picture, row, at, style);
  drawMarker(context, slotStyles[descent.slot].marker, left, top, descent.selected ? 11 : 9, style);
  return [];
}

/** @param {DrawnDescent} descent @returns {Row | null} */
function lastOnCurve({ history }) {
  for (let step = history.length - 1; step >= Math.max(0, history.length - 4); step--) {
    if (Number.isFinite(history.loss(step)) && Number.isFinite(history.theta(step, 0))) return history.at(step);
  }
  return null;
}

/** The tangent has the gradient as its slope; the arrow on it points downhill.
 * @param {CanvasRenderingContext2D} context @param {Box} box @param {Picture} picture @param {Row} row @param {number[]} at
 * @param {{color: string, outline: string}} style */
function drawTangent(context, box, picture, row, [left, top], style) {
  const slope = row.grad[0] * slopeOf(picture.height, row.loss);
  const dx = box.x.length / (box.x.range[1] - box.x.range[0]);
  const dy = (-slope * box.y.length) / (box.y.range[1] - box.y.range[0]);
  const length = Math.hypot(dx, dy);
  if (!Number.isFinite(length)) return;
  const [ux, uy] = [(dx / length) * TANGENT_REACH, (dy / length) * TANGENT_REACH];
  strokePath(context, [left - ux, left + ux], [top - uy, top + uy], { color: style.color, width: 2, dash: [6, 5] });
  const way = -Math.sign(row.grad[0]);
  if (way !== 0) drawArrow(context, left, top, way * ux * 0.62, way * uy * 0.62, { ...style, width: 2.6 });
}
