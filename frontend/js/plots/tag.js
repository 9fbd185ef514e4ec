/** Small cards of text on a canvas. */
import { fontFamily } from './picture.js';
import { placeTag } from './tag_place.js';

/** @typedef {import('../palette.js').Theme} Theme */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {{text: string, value?: string, color?: string}} Line */
/** @typedef {{left: number, top: number, text: string, color: string}} Tag */

const FONT = `600 12.5px ${fontFamily}`;
const LINE_HEIGHT = 19;
const PADDING = 9;

/** A place for a card beside a point, within the axes. @param {Box} box @param {number} left @param {number} top
 * @param {number} width @param {number} height @returns {[number, number]} */
export function cardPlace({ x, y }, left, top, width, height) {
  const gap = 12;
  const fitsRight = left + gap + width <= x.offset + x.length;
  const at = fitsRight ? left + gap : Math.max(x.offset + 2, left - gap - width);
  const lowest = y.offset + y.length - height - 2;
  return [at, Math.max(y.offset + 2, Math.min(lowest, top - height / 2))];
}

/** Cards beside several points, clear of each other and of the marks.
 * @param {CanvasRenderingContext2D} context @param {Box} box @param {Tag[]} tags @param {Theme} theme
 * @param {[number, number][]} marks in pixels */
export function drawTags(context, box, tags, theme, marks) {
  /** @type {import('./tag_place.js').Rectangle[]} */
  const placed = [];
  for (const { left, top, text, color } of tags) {
    const lines = [{ text, color }];
    const place = placeTag(box, [left, top], cardSize(context, lines), marks, placed);
    placed.push(place);
    drawCardAt(context, place, lines, theme);
  }
}

/** A card with one line of text, swatch and value for each entry. @param {CanvasRenderingContext2D} context @param {Box} box
 * @param {number} left @param {number} top @param {Line[]} lines @param {Theme} theme */
export function drawCard(context, box, left, top, lines, theme) {
  const { width, height } = cardSize(context, lines);
  const [x, y] = cardPlace(box, left, top, width, height);
  drawCardAt(context, { x, y, width, height }, lines, theme);
}

const swatchOf = (/** @type {Line[]} */ lines) => (lines.some((line) => line.color) ? 14 : 0);

/** @param {CanvasRenderingContext2D} context @param {Line[]} lines */
function cardSize(context, lines) {
  context.font = FONT;
  const widthOf = (/** @type {string | undefined} */ text) => (text ? context.measureText(text).width : 0);
  const names = Math.max(...lines.map((line) => widthOf(line.text)));
  const values = Math.max(...lines.map((line) => widthOf(line.value)));
  return { width: 2 * PADDING + swatchOf(lines) + names + (values > 0 ? 16 + values : 0), height: lines.length * LINE_HEIGHT + 8 };
}

/** @param {CanvasRenderingContext2D} context @param {import('./tag_place.js').Rectangle} place @param {Line[]} lines @param {Theme} theme */
function drawCardAt(context, { x, y, width, height }, lines, theme) {
  context.beginPath();
  context.roundRect(x, y, width, height, 6);
  context.fillStyle = theme.card;
  context.fill();
  context.strokeStyle = theme.cardLine;
  context.lineWidth = 1;
  context.stroke();
  context.font = FONT;
  context.textBaseline = 'middle';
  const swatch = swatchOf(lines);
  lines.forEach((line, i) => drawLine(context, line, x + PADDING, y + 4 + (i + 0.5) * LINE_HEIGHT, width - 2 * PADDING, swatch, theme));
}

/** @param {CanvasRenderingContext2D} context @param {Line} line @param {number} left @param {number} middle @param {number} width
 * @param {number} swatch @param {Theme} theme */
function drawLine(context, line, left, middle, width, swatch, theme) {
  if (line.color) {
    context.fillStyle = line.color;
    context.beginPath();
    context.roundRect(left, middle - 4.5, 9, 9, 2);
    context.fill();
  }
  context.textAlign = 'left';
  context.fillStyle = theme.text;
  context.fillText(line.text, left + (line.color ? swatch : 0), middle);
  if (!line.value) return;
  context.textAlign = 'right';
  context.fillText(line.value, left + width, middle);
  context.textAlign = 'left';
}
