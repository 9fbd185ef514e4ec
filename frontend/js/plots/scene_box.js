/** The box of the 3-D figure: what its axes span, and how long its sides are on the screen. */
import { spanOf } from './picture.js';
import { surfaceHeight } from './sightline.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {[number, number]} Interval */
/** Sides of the box along x, y and z, in units of the camera. @typedef {[number, number, number]} Sides */

/** Room for the map on the floor and above the highest loss, as parts of the drawn heights. */
const FLOOR = 0.4;
const HEADROOM = 0.03;
const GROUND = 1.15;
/** Points along each side of the surface that stand for it where only its outline counts. */
const SAMPLES = 12;

/** What the three axes span. @param {Picture} picture @returns {[Interval, Interval, Interval]} */
export function boxOf({ surface, height }) {
  const [x, y] = spanOf(surface);
  const span = height.high - height.low;
  return [x, y, [height.low - FLOOR * span, height.high + HEADROOM * span]];
}

/** A narrow place has room for a higher box. @param {number} slender height over width of the place @returns {Sides} */
export function sidesFor(slender) {
  return [GROUND, GROUND, Math.min(0.82, Math.max(0.54, 0.54 + 0.5 * (slender - 0.85)))];
}

/** From data to units of the camera, whose origin is the middle of the box. @param {Interval[]} box @param {Sides} sides
 * @param {number[]} point */
export function toWorld(box, sides, point) {
  return point.map((value, axis) => (sides[axis] * (value - (box[axis][0] + box[axis][1]) / 2)) / (box[axis][1] - box[axis][0]));
}

/** The inverse of `toWorld`. @param {Interval[]} box @param {Sides} sides @param {number[]} point */
export function fromWorld(box, sides, point) {
  return point.map((value, axis) => (value * (box[axis][1] - box[axis][0])) / sides[axis] + (box[axis][0] + box[axis][1]) / 2);
}

/** Points of the surface on an even grid, its sides included, in data. @param {Picture} picture @param {number} [count] */
export function surfacePoints(picture, count = SAMPLES) {
  const [[xLow, xHigh], [yLow, yHigh]] = boxOf(picture);
  const along = (/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ i) => low + ((high - low) * i) / count;
  const points = Array.from({ length: (count + 1) ** 2 }, (_, at) => {
    const u = along(xLow, xHigh, at % (count + 1));
    const v = along(yLow, yHigh, Math.floor(at / (count + 1)));
    return [u, v, surfaceHeight(picture, u, v)];
  });
  return points.filter((point) => point.every(Number.isFinite));
}
