/** Many inputs: what each descent predicts over what the data say. On the diagonal both are the same. */
import { traceShape } from './fit_shapes.js';
import { drawRule } from './fit_scene.js';
import { toLeft, toTop } from './projection.js';
import { formatNumber } from './ticks.js';

/** @typedef {import('./fit_scene.js').Scene} Scene */
/** @typedef {import('./fit_scene.js').Context} Context */
/** @typedef {import('./fit_data.js').FitData} FitData */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {{left: number, top: number, index: number}} Spot */

const RADIUS = 2.9;
/** Points of a descent closer than this, in pixels, are one point to the eye. */
const CLOSE = 1.5;
const POINTER_REACH = 14;

/** @param {FitData} data */
const targetsOf = ({ train, test }) => [...train.y, ...(test?.y ?? [])];

/** Pixels of the points of one part; a prediction beyond the axes stays at their edge. @param {Box} box @param {FitData} data
 * @param {ArrayLike<number>} values @param {boolean} isTest @returns {Spot[]} */
export function paritySpots(box, data, values, isTest) {
  const targets = targetsOf(data);
  const [from, to] = isTest ? [data.train.y.length, targets.length] : [0, data.train.y.length];
  const seen = new Set();
  /** @type {Spot[]} */
  const spots = [];
  for (let index = from; index < to; index++) {
    if (Number.isNaN(values[index])) continue;
    const left = toLeft(box.x, targets[index]);
    const top = Math.min(box.y.offset + box.y.length, Math.max(box.y.offset, toTop(box.y, values[index])));
    const key = Math.floor(left / CLOSE) * 65536 + Math.floor(top / CLOSE);
    if (seen.size < seen.add(key).size) spots.push({ left, top, index });
  }
  return spots;
}

/** @param {Context} context @param {Spot[]} spots @param {string} color @param {import('../palette.js').Theme} theme @param {boolean} isTest */
function drawSpots(context, spots, color, theme, isTest) {
  context.beginPath();
  for (const { left, top } of spots) traceShape(context, 'circle', left, top, RADIUS);
  if (!isTest) {
    context.strokeStyle = theme.halo;
    context.lineWidth = 1.4;
    context.stroke();
    context.fillStyle = color;
    context.fill();
    return;
  }
  context.fillStyle = theme.paper;
  context.fill();
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.stroke();
}

/** The point under the pointer, of any descent. @param {Box} box @param {Scene} scene @param {import('./pointer.js').Place} pointer */
function nearest(box, { data, drawn }, pointer) {
  let [best, least] = [/** @type {(Spot & {drawn: typeof drawn[number]}) | null} */ (null), POINTER_REACH];
  for (const one of drawn) {
    for (const spot of [...paritySpots(box, data, one.fit.values, false), ...paritySpots(box, data, one.fit.values, true)]) {
      const away = Math.hypot(spot.left - pointer.left, spot.top - pointer.top);
      if (away < least) [best, least] = [{ ...spot, drawn: one }, away];
    }
  }
  return best;
}

/** @type {import('./fit_scene.js').Painter} */
export const parityPainter = {
  paint(context, box, { picture, data, drawn }) {
    const [low, high] = box.x.range;
    const ends = /** @type {[number, number][]} */ ([low, high].map((at) => [toLeft(box.x, at), toTop(box.y, at)]));
    drawRule(context, ends[0], ends[1], { color: picture.theme.muted, dash: [5, 4] });
    for (const { descent, fit } of drawn) {
      for (const isTest of [false, true]) {
        drawSpots(context, paritySpots(box, data, fit.values, isTest), picture.theme.slots[descent.slot], picture.theme, isTest);
      }
    }
  },

  mark(context, box, scene, pointer) {
    const found = nearest(box, scene, pointer);
    if (!found) return;
    context.beginPath();
    context.arc(found.left, found.top, 7, 0, 2 * Math.PI);
    context.strokeStyle = scene.picture.theme.text;
    context.lineWidth = 1.6;
    context.stroke();
  },

  lines(box, scene, pointer) {
    const { picture, data, drawn } = scene;
    const found = nearest(box, scene, pointer);
    if (!found) return [];
    const inPlace = [...drawn].sort((a, b) => a.descent.slot - b.descent.slot);
    return [
      { text: data.target, value: formatNumber(targetsOf(data)[found.index]) },
      ...inPlace.map(({ descent, fit }) => ({ text: descent.label, value: formatNumber(fit.values[found.index]), color: picture.theme.slots[descent.slot] })),
    ];
  },
};
