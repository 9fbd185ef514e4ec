/** From which side a surface is seen best: where most of it lies open, its low ground above all. */
import { directions } from './framing.js';
import { boxOf, fromWorld, surfacePoints } from './scene_box.js';
import { minimaOn } from './shadows.js';
import { isHidden, surfaceHeight } from './sightline.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./scene_box.js').Sides} Sides */

/** In degrees: first as the map lies, x to the right and y away; then from farther round. */
const AZIMUTHS = [-26, 26, -64, 64, -116, 116, -154, 154];
/** Degrees by which the camera may rise to look into hollows. */
const RISES = [0, 4, 8, 12];
/** Part of the ground that counts as low. */
const LOW = 0.16;
/** How much more of it must be seen for the camera to rise, and for the map to be turned. */
const GAINS = { rise: 0.015, turn: 0.06 };
/** About where the camera will stand: this far from a point this much below the middle of the box. */
const AWAY = 2.3;
const SUNK = 0.15;
const LIFT = 0.006;
/** Of a low point, and of all minima together for each point of the ground. */
const WEIGHTS = { low: 3, minima: 0.4 };
/** Points along each side of the ground that are looked for. */
const FINENESS = 12;

/** Points a little above the surface, each with its weight. @param {Picture} picture @returns {{point: number[], weight: number}[]} */
function lookouts(picture) {
  const { height } = picture;
  const lift = LIFT * (height.high - height.low);
  const ground = surfacePoints(picture, FINENESS).sort((a, b) => a[2] - b[2]);
  const minima = minimaOn(picture).map(({ u, v }) => [u, v, surfaceHeight(picture, u, v)]);
  const raised = (/** @type {number[]} */ [u, v, z]) => [u, v, z + lift];
  return [
    ...ground.map((point, i) => ({ point: raised(point), weight: i < LOW * ground.length ? WEIGHTS.low : 1 })),
    ...minima.map((point) => ({ point: raised(point), weight: (WEIGHTS.minima * ground.length) / minima.length })),
  ];
}

/** @typedef {{azimuth: number, elevation: number}} Outlook in radians */

/** @type {WeakMap<object, Map<string, Outlook>>} */
const known = new WeakMap();

/** The best side, and how high above the ground. @param {Picture} picture @param {Sides} sides @param {number} lowest elevation in degrees
 * @returns {Outlook} */
export function bestOutlook(picture, sides, lowest) {
  const found = known.get(picture.viewpoint) ?? new Map();
  known.set(picture.viewpoint, found);
  const key = `${sides} ${lowest}`;
  const outlook = found.get(key) ?? searchOutlook(picture, sides, lowest);
  found.set(key, outlook);
  return outlook;
}

/** @param {Picture} picture @param {Sides} sides @param {number} lowest @returns {Outlook} */
function searchOutlook(picture, sides, lowest) {
  const points = lookouts(picture);
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const box = boxOf(picture);
  let best = { azimuth: 0, elevation: 0, seen: -Infinity };
  for (const [turn, rise] of AZIMUTHS.flatMap((turn) => RISES.map((rise) => [turn, rise]))) {
    if (best.seen > 1 - GAINS.rise) break;
    const [azimuth, elevation] = [turn, lowest + rise].map((degrees) => (degrees * Math.PI) / 180);
    const eye = fromWorld(box, sides, directions(azimuth, elevation).back.map((part, axis) => part * AWAY - (axis === 2 ? SUNK : 0)));
    const seen = points.reduce((sum, { point, weight }) => sum + (isHidden(picture, eye, point) ? 0 : weight), 0) / total;
    if (seen > best.seen + (azimuth === best.azimuth ? GAINS.rise : GAINS.turn)) best = { azimuth, elevation, seen };
  }
  return best;
}
