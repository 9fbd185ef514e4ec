/** The lines of one descent on a chart over the steps: what it descends, on points held back, and of the batch of each step. */
import { strokePath } from './brushes.js';
import { pathStyle } from './contour_view.js';
import { fontFamily, textSize } from './picture.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./values.js').Part} Part */
/** @typedef {{color: string, width: number, dash: readonly number[], halo: null, alpha: number}} LineStyle */

/** Of more descents than these only the selected one shows the losses of its batches: they are noisy. */
const MOST_NOISY = 2;
const SIGN = 20;
const EDGE = 5;
/** A corner with so many points more than another is not yet left. */
const WORSE = 12;
const TEST_DASH = [2, 3.5];

/** The parts of a descent to draw, the faintest first. @param {Value} value @param {DrawnDescent} descent @param {number} numShown descents on the chart
 * @returns {Part[]} */
export function partsOf({ parts }, descent, numShown) {
  return parts.filter(({ kind }) => kind !== 'batch' || numShown <= MOST_NOISY || descent.selected);
}

/** @param {Picture} picture @param {DrawnDescent} descent @param {Part['kind']} kind @returns {LineStyle} */
export function lineStyle(picture, descent, kind) {
  const main = pathStyle(picture, descent);
  if (kind === 'batch') return { ...main, width: 1, dash: [], halo: null, alpha: 0.28 };
  if (kind === 'test') return { ...main, width: Math.max(1.6, main.width - 1.6), dash: TEST_DASH, halo: null, alpha: 1 };
  return { ...main, halo: null, alpha: 1 };
}

/** @param {CanvasRenderingContext2D} context @param {ArrayLike<number>} lefts @param {ArrayLike<number>} tops @param {LineStyle} style */
export function drawPart(context, lefts, tops, style) {
  context.globalAlpha = style.alpha;
  strokePath(context, lefts, tops, style);
  context.globalAlpha = 1;
}

/** @typedef {{left: number, top: number, width: number, height: number}} Corner */

/** Corners of the axes for a legend, the one that falling losses leave free first. @param {Box} box @param {number} width @param {number} height @returns {Corner[]} */
export function cornersOf({ x, y }, width, height) {
  const [west, east] = [x.offset + EDGE, x.offset + x.length - width - EDGE];
  const [north, south] = [y.offset + EDGE, y.offset + y.length - height - EDGE];
  return [[east, north], [west, south], [east, south], [west, north]].map(([left, top]) => ({ left, top, width, height }));
}

/** The corner that the fewest points lie in; it stays where it is while it is hardly worse. @param {Corner[]} corners
 * @param {{lefts: number[], tops: number[]}[]} lines @param {number} current */
export function freeCorner(corners, lines, current) {
  const counts = corners.map(({ left, top, width, height }) => lines.reduce((sum, { lefts, tops }) => sum + lefts.filter((at, i) =>
    at > left && at < left + width && tops[i] > top && tops[i] < top + height).length, 0));
  const best = counts.indexOf(Math.min(...counts));
  return counts[current] <= counts[best] + WORSE ? current : best;
}

/** What each kind of line is, in a corner that the lines leave free. */
export function createLineLegend() {
  let corner = 0;

  /** @param {CanvasRenderingContext2D} context @param {Box} box @param {Picture} picture @param {Value} value @param {DrawnDescent[]} descents
   * @param {{kind: Part['kind'], lefts: number[], tops: number[]}[]} lines as they were drawn */
  return (context, box, picture, { parts }, descents, lines) => {
    const shown = parts.filter(({ kind }) => lines.some((line) => line.kind === kind)).reverse();
    if (shown.length < 2) return;
    const size = textSize(box.x.length) - 1;
    context.font = `500 ${size}px ${fontFamily}`;
    const row = Math.round(size * 1.35);
    const [width, height] = [SIGN + 20 + Math.max(...shown.map(({ word }) => context.measureText(word).width)), shown.length * row + 6];
    const corners = cornersOf(box, width, height);
    corner = freeCorner(corners, lines, corner);
    const style = (/** @type {Part['kind']} */ kind) => ({ ...lineStyle(picture, { ...descents[0], selected: false }, kind), ...(descents.length > 1 ? { color: picture.theme.muted, dash: DASHES[kind] } : {}) });
    drawGround(context, corners[corner], picture.theme.paper);
    shown.forEach(({ kind, word }, i) => drawEntry(context, corners[corner].left + 6, corners[corner].top + 3 + (i + 0.5) * row, style(kind), word, picture.theme.muted));
  };
}

/** @type {Record<Part['kind'], number[]>} */
const DASHES = { main: [], test: TEST_DASH, batch: [] };

/** @param {CanvasRenderingContext2D} context @param {Corner} corner @param {string} color */
function drawGround(context, { left, top, width, height }, color) {
  context.globalAlpha = 0.82;
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(left, top, width, height, 5);
  context.fill();
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {number} left @param {number} middle @param {LineStyle} style @param {string} word @param {string} color */
function drawEntry(context, left, middle, style, word, color) {
  drawPart(context, [left, left + SIGN], [middle, middle], style);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = color;
  context.fillText(word, left + SIGN + 8, middle + 0.5);
}
