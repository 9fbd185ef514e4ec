/** The lines of one descent on a chart over the steps: what it descends, on points held back, and of the batch of each step. */
import { fontFamily } from './picture.js';
import { strokePath } from './brushes.js';
import { pathStyle } from './contour_view.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./values.js').Part} Part */
/** @typedef {{color: string, width: number, dash: readonly number[], halo: null, alpha: number}} LineStyle */

/** Of more descents than these only the selected one shows the losses of its batches: they are noisy. */
const MOST_NOISY = 2;
const ROW = 16;
const SIGN = 20;

/** The parts of a descent to draw, the faintest first. @param {Value} value @param {DrawnDescent} descent @param {number} numShown descents on the chart
 * @returns {Part[]} */
export function partsOf({ parts }, descent, numShown) {
  return parts.filter(({ kind }) => kind !== 'batch' || numShown <= MOST_NOISY || descent.selected);
}

/** @param {Picture} picture @param {DrawnDescent} descent @param {Part['kind']} kind @returns {LineStyle} */
export function lineStyle(picture, descent, kind) {
  const main = pathStyle(picture, descent);
  if (kind === 'batch') return { ...main, width: 1, dash: [], halo: null, alpha: 0.34 };
  if (kind === 'test') return { ...main, width: Math.max(1.6, main.width - 1.6), dash: [2, 3.5], halo: null, alpha: 1 };
  return { ...main, halo: null, alpha: 1 };
}

/** @param {CanvasRenderingContext2D} context @param {ArrayLike<number>} lefts @param {ArrayLike<number>} tops @param {LineStyle} style */
export function drawPart(context, lefts, tops, style) {
  context.globalAlpha = style.alpha;
  strokePath(context, lefts, tops, style);
  context.globalAlpha = 1;
}

/** What each kind of line is, in the corner that falling losses leave free. @param {CanvasRenderingContext2D} context @param {Box} box @param {Picture} picture
 * @param {Value} value @param {DrawnDescent[]} descents */
export function drawLineLegend(context, { x, y }, picture, { parts }, descents) {
  const [first] = descents;
  if (parts.length < 2 || !first) return;
  context.font = `500 12px ${fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const words = parts.map(({ word }) => context.measureText(word).width);
  const [width, height] = [SIGN + 8 + Math.max(...words) + 12, parts.length * ROW + 8];
  const [left, top] = [x.offset + x.length - width - 4, y.offset + 4];
  context.globalAlpha = 0.86;
  context.fillStyle = picture.theme.paper;
  context.beginPath();
  context.roundRect(left, top, width, height, 5);
  context.fill();
  context.globalAlpha = 1;
  const neutral = { ...first, selected: false };
  [...parts].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)).forEach(({ kind, word }, i) => {
    const middle = top + 4 + (i + 0.5) * ROW;
    const style = lineStyle(picture, neutral, kind);
    drawPart(context, [left + 6, left + 6 + SIGN], [middle, middle], descents.length > 1 ? { ...style, color: picture.theme.muted } : style);
    context.fillStyle = picture.theme.muted;
    context.fillText(word, left + 6 + SIGN + 8, middle + 0.5);
  });
}

/** @type {Part['kind'][]} */
const ORDER = ['main', 'test', 'batch'];
