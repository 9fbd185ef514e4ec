/** On a chart over the steps: the values at the pointer, where each line ends, and lines across. */
import { slotStyles } from '../palette.js';
import { drawCross } from './brushes.js';
import { drawMarker } from './markers.js';
import { visibleDescents } from './picture.js';
import { pixelBox, toData, toLeft, toTop } from './projection.js';
import { drawCard } from './tag.js';
import { formatNumber } from './ticks.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {import('./values.js').Value} Value */

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {import('../palette.js').Theme} theme @param {number[]} values */
export function drawReferences(context, box, theme, values) {
  context.setLineDash([3, 4]);
  context.strokeStyle = theme.muted;
  context.lineWidth = 1.5;
  for (const value of values) {
    context.beginPath();
    context.moveTo(box.x.offset, toTop(box.y, value));
    context.lineTo(box.x.offset + box.x.length, toTop(box.y, value));
    context.stroke();
  }
  context.setLineDash([]);
}

/** A marker where a line goes on, a cross where the descent was lost. @param {CanvasRenderingContext2D} context @param {Box} box
 * @param {Picture} picture @param {DrawnDescent[]} descents @param {Value} value */
export function drawEnds(context, box, picture, descents, value) {
  const [[west, east], [north, south]] = pixelBox(box, -8);
  for (const { history, slot, state } of descents) {
    const step = lastFinite(value, history);
    if (step < 0) continue;
    const at = value.read(history, step);
    const [left, top] = [toLeft(box.x, step), box.y.isLog && at <= 0 ? Infinity : toTop(box.y, at)];
    const style = { color: picture.theme.slots[slot], outline: picture.theme.paper };
    const [x, y] = [Math.min(east, Math.max(west, left)), Math.min(south, Math.max(north, top))];
    if (state === 'diverged') drawCross(context, x, y, 6, style);
    else if (x === left) drawMarker(context, slotStyles[slot].marker, x, y, 4.5, style);
  }
}

/** The newest step with a finite value; -1 where there is none. @param {Value} value @param {import('../history.js').History} history */
function lastFinite(value, history) {
  let step = history.length - 1;
  while (step >= 0 && !Number.isFinite(value.read(history, step))) step--;
  return step;
}

/** A line at the step under the pointer, and every descent's exact value there. @param {CanvasRenderingContext2D} context @param {Box} box
 * @param {Picture} picture @param {Value} value @param {{left: number, top: number}} pointer */
export function drawReadout(context, box, picture, value, pointer) {
  const { theme, strings } = picture;
  const descents = visibleDescents(picture).sort((a, b) => a.slot - b.slot);
  const longest = Math.max(0, ...descents.map((descent) => descent.history.length));
  const step = Math.min(longest - 1, Math.max(0, Math.round(toData(box, pointer.left, pointer.top)[0])));
  if (step < 0) return;
  const left = toLeft(box.x, step);
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, box.y.offset);
  context.lineTo(left, box.y.offset + box.y.length);
  context.stroke();
  const told = value.parts.filter(({ kind }) => kind !== 'batch').reverse();
  const lines = descents.map(({ label, slot, history }) => {
    const texts = told.map(({ exact }) => (step < history.length ? formatNumber(exact(history, step), told.length > 1 ? 4 : 6) : '\u2013'));
    return { text: label, value: texts.join('  \u00b7  '), color: theme.slots[slot] };
  });
  const words = told.length > 1 ? { value: told.map(({ word }) => word).join('  \u00b7  ') } : {};
  drawCard(context, box, left, pointer.top, [{ text: `${strings.step} ${step}`, ...words }, ...lines], theme);
}
