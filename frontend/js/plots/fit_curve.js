/** One input: the data, the truth where it is known, and the curve of each descent through them. */
import { slotStyles } from '../palette.js';
import { strokePath } from './brushes.js';
import { clipPath } from './clipping.js';
import { pathStyle } from './contour_view.js';
import { drawRule } from './fit_scene.js';
import { curveAt, halfCrossings } from './fit_values.js';
import { drawMarker } from './markers.js';
import { pixelBox, toData, toLeft, toTop } from './projection.js';
import { formatNumber } from './ticks.js';

/** @typedef {import('./fit_scene.js').Scene} Scene */
/** @typedef {import('./fit_scene.js').Context} Context */
/** @typedef {import('./projection.js').Box} Box */

/** Pixels of a curve, cut a little outside the axes; a fit that diverges leaves them. @param {Box} box @param {number[]} u
 * @param {ArrayLike<number | null>} values */
export function curvePath(box, u, values) {
  const lefts = u.map((at) => toLeft(box.x, at));
  const tops = u.map((_, i) => toTop(box.y, values[i] ?? NaN));
  return clipPath([lefts, tops], pixelBox(box, 20)).path;
}

/** Where each curve of probabilities passes one half: the boundary of a logistic unit. @param {Context} context @param {Box} box @param {Scene} scene */
function drawCrossings(context, box, { picture, data, drawn }) {
  const { theme } = picture;
  const [half, foot] = [toTop(box.y, 0.5), box.y.offset + box.y.length];
  drawRule(context, [box.x.offset, half], [box.x.offset + box.x.length, half], { color: theme.muted, dash: [3, 4] });
  for (const { descent, fit } of drawn) {
    const color = theme.slots[descent.slot];
    for (const at of halfCrossings(fit.values, data.grid?.u ?? [])) {
      const left = toLeft(box.x, at);
      drawRule(context, [left, half], [left, foot], { color, width: 1.6, dash: [2, 3] });
      drawMarker(context, slotStyles[descent.slot].marker, left, half, descent.selected ? 6.5 : 5, { color, outline: theme.markOutline });
    }
  }
}

/** @type {import('./fit_scene.js').Painter} */
export const curvePainter = {
  paint(context, box, scene) {
    const { picture, data, marks, drawn } = scene;
    const u = data.grid?.u ?? [];
    scene.drawPointLayer(context, box, marks, { theme: picture.theme, isClasses: data.task === 'classification' });
    if (data.truth) {
      const [lefts, tops] = curvePath(box, u, data.truth.y);
      strokePath(context, lefts, tops, { color: picture.theme.text, width: 1.6, dash: [1.6, 4] });
    }
    for (const { descent, fit } of drawn) {
      const [lefts, tops] = curvePath(box, u, fit.values);
      strokePath(context, lefts, tops, pathStyle(picture, descent));
    }
    if (data.task === 'classification') drawCrossings(context, box, scene);
  },

  mark(context, box, { picture, data, drawn }, pointer) {
    const left = pointer.left;
    drawRule(context, [left, box.y.offset], [left, box.y.offset + box.y.length], { color: picture.theme.muted, width: 1 });
    const [at] = toData(box, pointer.left, pointer.top);
    for (const { descent, fit } of drawn) {
      const value = curveAt(fit.values, data.grid?.u ?? [], at);
      const style = { color: picture.theme.slots[descent.slot], outline: picture.theme.markOutline };
      if (Number.isFinite(value)) drawMarker(context, slotStyles[descent.slot].marker, left, toTop(box.y, value), 4, style);
    }
  },

  lines(box, { picture, data, drawn }, pointer) {
    const [u, v] = toData(box, pointer.left, pointer.top);
    const grid = data.grid?.u ?? [];
    const isChance = data.task === 'classification';
    const truth = data.truth ? [{ text: picture.strings.truth, value: formatNumber(curveAt(data.truth.y, grid, u)) }] : [];
    const fits = [...drawn].sort((a, b) => a.descent.slot - b.descent.slot).map(({ descent, fit }) => ({
      text: descent.label, value: formatNumber(curveAt(fit.values, grid, u)), color: picture.theme.slots[descent.slot],
    }));
    const place = [{ text: data.inputs[0], value: formatNumber(u) }, ...(isChance ? [] : [{ text: data.target, value: formatNumber(v) }])];
    return [...place, ...truth, ...fits];
  },
};
