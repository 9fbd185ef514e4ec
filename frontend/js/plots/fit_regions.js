/** Two inputs and classes: what one descent makes of the plane, and the boundaries of all. */
import { strokePath } from './brushes.js';
import { clipPath } from './clipping.js';
import { pathStyle } from './contour_view.js';
import { boundaryLines } from './fit_boundary.js';
import { colorOf } from './fit_points.js';
import { percent } from './fit_scene.js';
import { probabilitiesAt } from './fit_values.js';
import { pixelBox, toData, toLeft, toTop } from './projection.js';
import { formatNumber } from './ticks.js';

/** @typedef {import('./fit_scene.js').Scene} Scene */
/** @typedef {import('./fit_data.js').FitData} FitData */
/** @typedef {import('./projection.js').Box} Box */

/** The value at a place between points that are equally far from each other. @param {number[]} at @param {number} index */
function between(at, index) {
  return at[0] + (index / (at.length - 1)) * (at[at.length - 1] - at[0]);
}

/** Pixels of the boundaries of a fit. @param {Box} box @param {FitData} data @param {import('./fit_data.js').Fit} fit */
export function boundaryPath(box, { grid }, fit) {
  const { x, y } = boundaryLines(fit);
  const [u, v] = [grid?.u ?? [], grid?.v ?? []];
  const lefts = x.map((index) => toLeft(box.x, between(u, index)));
  const tops = y.map((index) => toTop(box.y, between(v, index)));
  return clipPath([lefts, tops], pixelBox(box, 20)).path;
}

/** Pixels between the outermost points of the grid. @param {Box} box @param {FitData} data */
function gridPlace(box, { grid }) {
  const [u, v] = [grid?.u ?? [], grid?.v ?? []];
  const [left, top] = [toLeft(box.x, u[0]), toTop(box.y, v[v.length - 1])];
  return { left, top, width: toLeft(box.x, u[u.length - 1]) - left, height: toTop(box.y, v[0]) - top };
}

/** @type {import('./fit_scene.js').Painter} */
export const regionsPainter = {
  paint(context, box, scene) {
    const { picture, data, marks, drawn, shown } = scene;
    if (shown) scene.drawFieldImage(context, shown.fit, picture.theme, gridPlace(box, data));
    scene.drawPointLayer(context, box, marks, { theme: picture.theme, isClasses: true });
    for (const { descent, fit } of drawn) {
      const [lefts, tops] = boundaryPath(box, data, fit);
      strokePath(context, lefts, tops, pathStyle(picture, descent));
    }
  },

  mark() {},

  lines(box, { picture, data, shown }, pointer) {
    const [u, v] = toData(box, pointer.left, pointer.top);
    const place = [{ text: data.inputs[0], value: formatNumber(u, 3) }, { text: data.inputs[1], value: formatNumber(v, 3) }];
    const chances = shown && probabilitiesAt(shown.fit, data, u, v);
    if (!shown || !chances?.every(Number.isFinite)) return place;
    const best = chances.indexOf(Math.max(...chances));
    const style = { theme: picture.theme, isClasses: true };
    return [
      ...place,
      { text: shown.descent.label, color: picture.theme.slots[shown.descent.slot] },
      { text: data.classes?.[best] ?? String(best), value: percent(chances[best]), color: colorOf(style, best) },
    ];
  },
};
