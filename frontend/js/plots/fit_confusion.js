/** Classes of one or of many inputs: how often each is taken for each. Rows are the data's classes, columns what the descent says. */
import { channels } from './fit_field.js';
import { percent } from './fit_scene.js';
import { rowShare } from './fit_values.js';
import { fontFamily, textSize } from './picture.js';
import { toData, toLeft, toTop } from './projection.js';

/** @typedef {import('./fit_scene.js').Scene} Scene */
/** @typedef {import('./fit_scene.js').Context} Context */
/** @typedef {import('./projection.js').Box} Box */

/** Cells smaller than this have no place for a share under the count, and smaller ones none for a count. */
const LEAST_CELL = { share: 46, count: 17 };
/** Opacity of a cell that holds none and of one that holds all of its row. */
const OPACITIES = [0.05, 0.85];
/** Opacity of the letters of a cell that holds none. */
const QUIET = 0.5;

/** @param {Box} box @param {number} row @param {number} column in pixels, with a gap to the next */
function cellOf(box, row, column) {
  const [left, top] = [toLeft(box.x, column - 0.5), toTop(box.y, row - 0.5)];
  const [right, bottom] = [toLeft(box.x, column + 0.5), toTop(box.y, row + 0.5)];
  return { left: left + 1, top: top + 1, width: right - left - 2, height: bottom - top - 2 };
}

/** Source: WCAG 2.1, relative luminance. @param {number[]} rgb of 255 */
function luminance(rgb) {
  const [r, g, b] = rgb.map((part) => (part <= 0.04045 * 255 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The one of text and ground that reads better on a cell. @param {import('../palette.js').Theme} theme @param {number} opacity of the cell */
export function letterColor(theme, opacity) {
  const [paper, text, fill] = [theme.paper, theme.text, theme.curve].map(channels);
  const cell = luminance(fill.map((part, i) => opacity * part + (1 - opacity) * paper[i]));
  const contrast = (/** @type {number[]} */ rgb) => {
    const [low, high] = [cell, luminance(rgb)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  return contrast(text) >= contrast(paper) ? theme.text : theme.paper;
}

/** @param {Context} context @param {ReturnType<typeof cellOf>} cell @param {number} count @param {number} share @param {Scene} scene @param {number} size */
function drawCell(context, { left, top, width, height }, count, share, { picture }, size) {
  const { theme } = picture;
  const opacity = OPACITIES[0] + (OPACITIES[1] - OPACITIES[0]) * (share || 0);
  context.globalAlpha = opacity;
  context.fillStyle = theme.curve;
  context.beginPath();
  context.roundRect(left, top, width, height, Math.min(5, width / 8));
  context.fill();
  context.globalAlpha = 1;
  if (Math.min(width, height) < LEAST_CELL.count) return;
  const [x, y] = [left + width / 2, top + height / 2];
  const hasShare = Math.min(width, height) >= LEAST_CELL.share && Number.isFinite(share);
  context.fillStyle = letterColor(theme, opacity);
  context.globalAlpha = count === 0 ? QUIET : 1;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const letters = Math.min(size + 3, width / Math.max(2, 0.75 * String(count).length + 0.6));
  context.font = `600 ${letters}px ${fontFamily}`;
  context.fillText(String(count), x, hasShare ? y - 0.5 * size : y);
  context.font = `500 ${size - 1}px ${fontFamily}`;
  if (hasShare) context.fillText(percent(share), x, y + 0.75 * size);
  context.globalAlpha = 1;
}

/** The cell under the pointer. @param {Box} box @param {Scene} scene @param {import('./pointer.js').Place} pointer */
function cellAt(box, { data, shown }, pointer) {
  const size = data.classes?.length ?? 0;
  const [column, row] = toData(box, pointer.left, pointer.top).map(Math.round);
  return shown && row >= 0 && column >= 0 && row < size && column < size ? { row, column, size, counts: shown.fit.values } : null;
}

/** @type {import('./fit_scene.js').Painter} */
export const confusionPainter = {
  paint(context, box, scene) {
    const size = scene.data.classes?.length ?? 0;
    if (!scene.shown) return;
    const letters = Math.min(17, textSize(box.x.length + 70));
    const counts = scene.shown.fit.values;
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        drawCell(context, cellOf(box, row, column), counts[row * size + column], rowShare(counts, size, row, column), scene, letters);
      }
    }
  },

  mark(context, box, scene, pointer) {
    const found = cellAt(box, scene, pointer);
    if (!found) return;
    const { left, top, width, height } = cellOf(box, found.row, found.column);
    context.strokeStyle = scene.picture.theme.text;
    context.lineWidth = 1.6;
    context.beginPath();
    context.roundRect(left, top, width, height, Math.min(5, width / 8));
    context.stroke();
  },

  lines(box, scene, pointer) {
    const { strings } = scene.picture;
    const found = cellAt(box, scene, pointer);
    if (!found) return [];
    const { row, column, size, counts } = found;
    const name = (/** @type {number} */ index) => scene.data.classes?.[index] ?? String(index);
    return [
      { text: strings.actual, value: name(row) },
      { text: strings.predicted, value: name(column) },
      { text: percent(rowShare(counts, size, row, column)) + ` ${strings.rowShare}`, value: String(counts[row * size + column]) },
    ];
  },
};
