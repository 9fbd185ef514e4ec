/** Small cards of text on a canvas. */
import { fontFamily } from './picture.js';

/** @typedef {import('../palette.js').Theme} Theme */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {{text: string, value?: string, color?: string}} Line */
/** @typedef {{left: number, top: number, text: string, color: string}} Tag */

const FONT = `600 12.5px ${fontFamily}`;
const LINE_HEIGHT = 19;
const PADDING = 9;
const TAG_HEIGHT = LINE_HEIGHT + 11;

/** A place for a card beside a point, within the axes. @param {Box} box @param {number} left @param {number} top
 * @param {number} width @param {number} height @returns {[number, number]} */
export function cardPlace({ x, y }, left, top, width, height) {
  const gap = 12;
  const fitsRight = left + gap + width <= x.offset + x.length;
  const at = fitsRight ? left + gap : Math.max(x.offset + 2, left - gap - width);
  const lowest = y.offset + y.length - height - 2;
  return [at, Math.max(y.offset + 2, Math.min(lowest, top - height / 2))];
}

/** Cards beside several points; a card that would cover an earlier one moves down.
 * @param {CanvasRenderingContext2D} context @param {Box} box @param {Tag[]} tags @param {Theme} theme */
export function drawTags(context, box, tags, theme) {
  /** @type {Tag[]} */
  const placed = [];
  for (const tag of tags) {
    let { top } = tag;
    while (placed.some((other) => Math.abs(other.left - tag.left) < 220 && Math.abs(other.top - top) < TAG_HEIGHT)) top += 4;
    placed.push({ ...tag, top });
    drawCard(context, box, tag.left, top, [{ text: tag.text, color: tag.color }], theme);
  }
}

/** A card with one line of text, swatch and value for each entry. @param {CanvasRenderingContext2D} context @param {Box} box
 * @param {number} left @param {number} top @param {Line[]} lines @param {Theme} theme */
export function drawCard(context, box, left, top, lines, theme) {
  context.font = FONT;
  const swatch = lines.some((line) => line.color) ? 14 : 0;
  const widthOf = (/** @type {string | undefined} */ text) => (text ? context.measureText(text).width : 0);
  const names = Math.max(...lines.map((line) => widthOf(line.text)));
  const values = Math.max(...lines.map((line) => widthOf(line.value)));
  const width = 2 * PADDING + swatch + names + (values > 0 ? 16 + values : 0);
  const height = lines.length * LINE_HEIGHT + 8;
  const [x, y] = cardPlace(box, left, top, width, height);
  context.beginPath();
  context.roundRect(x, y, width, height, 6);
  context.fillStyle = theme.card;
  context.fill();
  context.strokeStyle = theme.cardLine;
  context.lineWidth = 1;
  context.stroke();
  context.textBaseline = 'middle';
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
