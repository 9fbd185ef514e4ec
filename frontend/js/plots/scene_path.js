/** From the path of a descent to a line over the 3-D surface. */
import { clipPath } from './clipping.js';
import { heightOf } from './height.js';
import { spanOf } from './picture.js';
import { isWhole, touchingOn, trackOf } from './shadows.js';
import { groundedHeight } from './sightline.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./landscape.js').Line3d} Line3d */
/** @typedef {import('./track.js').TrackPoint} TrackPoint */
/** `offs`: how far off the plane each point of the line is.
 * @typedef {{line: Line3d | null, offs: number[], head: number[] | null, isInside: boolean, newest: TrackPoint | null}} ScenePath */

/** Part of the height by which paths float: enough not to sink into the surface, each path a little higher. */
const LIFT = 0.02;
const STAGGER = 0.25;

/** @param {Picture} picture @returns {[number, number][]} */
function sceneBox(picture) {
  const { height, surface } = picture;
  const span = height.high - height.low;
  return [...spanOf(surface), [height.low - 0.01 * span, height.high + 0.02 * span]];
}

/** Paths on the surface float over it. Off the plane the height alone says how the loss is beside the slice. @param {Picture} picture
 * @param {number} slot */
function liftOf(picture, slot) {
  return isWhole(picture) ? (picture.height.high - picture.height.low) * LIFT * (1 + STAGGER * slot) : 0;
}

/** The true loss as a height: on the surface at least where the point lies in the plane. @param {Picture} picture
 * @returns {(point: TrackPoint) => number} */
function heightIn(picture) {
  const isTouching = touchingOn(picture);
  const lowest = picture.height.low;
  return ({ u, v, off, loss }) => {
    if (isTouching(off)) return groundedHeight(picture, u, v, loss);
    const at = heightOf(picture.height, loss);
    return at < lowest ? lowest : at;
  };
}

/**
 * The drawn part of a path: within the box, lifted; and its head, where the descent is or where it left the box.
 * @param {Picture} picture @param {DrawnDescent} descent @param {number[]} indices the points to draw
 * @param {boolean} [isCurrent] whether the newest point is drawn too
 * @returns {ScenePath}
 */
export function scenePath(picture, descent, indices, isCurrent = false) {
  const track = trackOf(picture, descent);
  const points = indices.map((index) => track.point(index));
  const newest = track.newest();
  if (isCurrent && newest && newest.step > (points.at(-1)?.step ?? -1)) points.push(newest);
  const heightAt = heightIn(picture);
  const columns = [points.map(({ u }) => u), points.map(({ v }) => v), points.map(heightAt), points.map(({ off }) => off)];
  const { path, isInside, end } = clipPath(columns, sceneBox(picture));
  const lift = liftOf(picture, descent.slot);
  const line = path[0].length > 0 ? { x: path[0], y: path[1], z: path[2].map((z) => z + lift) } : null;
  return { line, offs: path[3], head: end && [end[0], end[1], end[2] + lift], isInside, newest };
}
