/**
 * What lies over the 3-D figure: start, minima, heads and the newest piece of each path. On a canvas they are sharp, the same as
 * on the map, and alive where 3-D itself is slow; what the surface hides is drawn faintly.
 */
import { slotStyles } from '../palette.js';
import { drawCross, drawRing, strokePath } from './brushes.js';
import { heightOf, lossOf } from './height.js';
import { drawMarker, drawStar } from './markers.js';
import { visibleDescents } from './picture.js';
import { drawSceneAxes } from './scene_axes.js';
import { scenePath } from './scene_path.js';
import { drawFadingPath, drawStem } from './scene_stems.js';
import { isWhole, minimaOn, shadowOf, solidityOn, trackOf } from './shadows.js';
import { eyeOf, groundedHeight, isHidden, projectPoint, surfaceHeight } from './sightline.js';
import { drawCard, drawTags } from './tag.js';
import { formatNumber } from './ticks.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./sightline.js').SceneView} SceneView */
/** @typedef {(context: CanvasRenderingContext2D, left: number, top: number) => void} Stamp */

/** What the surface hides. Off the plane a head is where its loss is, which often is below the slice. */
const FAINT = 0.3;
const FAINT_OFF = 0.75;
const LEAST_HEAD = 0.6;
/** A path is under the pointer up to so many pixels from it. */
const NEAR = 12;
const MARK_LIFT = 0.012;

/**
 * @param {CanvasRenderingContext2D} context @param {SceneView} scene @param {Picture} picture
 * @param {(descent: DrawnDescent) => {steps: number[], numDrawn: number, isCurrent: boolean}} rowsOf thinned points, how many
 *   of them the figure shows, and whether they go up to the newest
 */
export function drawSceneMarks(context, scene, picture, rowsOf) {
  const eye = eyeOf(scene);
  drawSceneAxes(context, scene, picture, eye);
  /** @type {[number, number][]} */
  const marks = [];
  const hiddenAlpha = isWhole(picture) ? FAINT : FAINT_OFF;
  const stamp = (/** @type {number[]} */ point, /** @type {Stamp} */ draw, solidity = 1) => {
    const pixel = projectPoint(scene, point);
    if (!pixel) return;
    marks.push(pixel);
    context.globalAlpha = solidity * (isHidden(picture, eye, point) ? hiddenAlpha : 1);
    draw(context, pixel[0], pixel[1]);
    context.globalAlpha = 1;
  };
  stampMarks(picture, stamp);
  /** @type {import('./tag.js').Tag[]} */
  const tags = [];
  const isOnSurface = isWhole(picture);
  for (const descent of visibleDescents(picture)) {
    const { steps, numDrawn, isCurrent } = rowsOf(descent);
    const path = scenePath(picture, descent, steps, isCurrent);
    if (isOnSurface) drawTail(context, scene, picture, descent, steps.filter((step) => step >= numDrawn - 1));
    else drawFadingPath(context, scene, picture, eye, descent, path);
    if (path.head && path.isInside && !isOnSurface) drawStem(context, scene, picture, descent, path.head);
    stampHead(picture, descent, path, stamp, tags);
  }
  drawTags(context, { x: axisOf(scene.width), y: axisOf(scene.height) }, tags, picture.theme, marks);
}

/** @param {Picture} picture @param {(point: number[], draw: Stamp, solidity?: number) => void} stamp */
function stampMarks(picture, stamp) {
  const { theme, height, start } = picture;
  const lift = MARK_LIFT * (height.high - height.low);
  const style = { color: theme.mark, outline: theme.markOutline };
  const solidity = solidityOn(picture);
  for (const { u, v, off, loss } of minimaOn(picture)) {
    stamp([u, v, groundedHeight(picture, u, v, loss) + lift], (context, left, top) => drawStar(context, left, top, 9, style), solidity(off));
  }
  const shadow = start && shadowOf(picture, start);
  const ground = shadow ? surfaceHeight(picture, shadow.u, shadow.v) : NaN;
  if (!shadow || Number.isNaN(ground)) return;
  stamp([shadow.u, shadow.v, ground + lift], (context, left, top) => drawRing(context, left, top, 5.5, style), solidity(shadow.off));
}

/** What came since the figure was last changed. @param {CanvasRenderingContext2D} context @param {SceneView} scene
 * @param {Picture} picture @param {DrawnDescent} descent @param {number[]} steps */
function drawTail(context, scene, picture, descent, steps) {
  const { line } = scenePath(picture, descent, steps);
  if (!line || steps.length < 2) return;
  const pixels = line.x.map((x, i) => projectPoint(scene, [x, line.y[i], line.z[i]]) ?? [NaN, NaN]);
  const style = { color: picture.theme.slots[descent.slot], width: 3.6, dash: slotStyles[descent.slot].dash };
  strokePath(context, pixels.map(([left]) => left), pixels.map(([, top]) => top), style);
}

/** @param {Picture} picture @param {DrawnDescent} descent @param {import('./scene_path.js').ScenePath} path
 * @param {(point: number[], draw: Stamp, solidity?: number) => void} stamp @param {import('./tag.js').Tag[]} tags what is to be said is added */
function stampHead(picture, descent, { head, isInside, offs }, stamp, tags) {
  const { theme, strings } = picture;
  if (!head) return;
  const style = { color: theme.slots[descent.slot], outline: theme.markOutline };
  const solidity = isWhole(picture) ? undefined : Math.max(LEAST_HEAD, solidityOn(picture)(offs.at(-1) ?? 0));
  stamp(head, (context, left, top) => {
    if (descent.state === 'diverged') {
      drawCross(context, left, top, 7, style);
      tags.push({ left, top, text: `${descent.label}: ${strings.diverged}`, color: style.color });
    } else if (isInside) drawMarker(context, slotStyles[descent.slot].marker, left, top, descent.selected ? 9 : 7.5, style);
    else drawRing(context, left, top, 4.5, style);
  }, solidity);
}

/** The point of a path nearest to a pixel, with its true loss; null where none is near. @param {SceneView} scene @param {Picture} picture
 * @param {import('./pointer.js').Place} place @param {(descent: DrawnDescent) => {steps: number[]}} rowsOf */
export function pathPointAt(scene, picture, { left, top }, rowsOf) {
  let best = { distance: NEAR, descent: /** @type {DrawnDescent | null} */ (null), index: -1 };
  for (const descent of isWhole(picture) ? [] : visibleDescents(picture)) {
    const track = trackOf(picture, descent);
    for (const index of rowsOf(descent).steps) {
      const { u, v, loss } = track.point(index);
      const pixel = projectPoint(scene, [u, v, heightOf(picture.height, loss)]);
      const distance = pixel ? Math.hypot(pixel[0] - left, pixel[1] - top) : Infinity;
      if (distance < best.distance) best = { distance, descent, index };
    }
  }
  return best.descent && { descent: best.descent, point: trackOf(picture, best.descent).point(best.index) };
}

/** What a path was like at a point. @param {CanvasRenderingContext2D} context @param {SceneView} scene @param {Picture} picture
 * @param {DrawnDescent} descent @param {import('./track.js').TrackPoint} point */
export function drawPathPoint(context, scene, picture, descent, { step, u, v, off, loss }) {
  const pixel = projectPoint(scene, [u, v, heightOf(picture.height, loss)]);
  if (!pixel) return;
  const { theme, strings } = picture;
  drawRing(context, pixel[0], pixel[1], 4, { color: theme.slots[descent.slot], outline: theme.markOutline });
  const lines = [
    { text: descent.label, color: theme.slots[descent.slot] },
    { text: strings.step, value: String(step) },
    { text: strings.loss, value: formatNumber(loss, 5) },
    { text: strings.offPlane, value: formatNumber(off, 3) },
  ];
  drawCard(context, { x: axisOf(scene.width), y: axisOf(scene.height) }, pixel[0], pixel[1], lines, theme);
}

/** The loss under the pointer. @param {CanvasRenderingContext2D} context @param {SceneView} scene @param {Picture} picture
 * @param {number[]} point of the surface */
export function drawPointed(context, scene, picture, point) {
  const pixel = projectPoint(scene, point);
  if (!pixel) return;
  const { theme, labels, strings, height } = picture;
  drawRing(context, pixel[0], pixel[1], 3, { color: theme.mark, outline: theme.markOutline });
  const names = [labels.x, labels.y, strings.loss];
  const values = [formatNumber(point[0]), formatNumber(point[1]), formatNumber(lossOf(height, point[2]), 5)];
  const lines = names.map((text, i) => ({ text, value: values[i] }));
  drawCard(context, { x: axisOf(scene.width), y: axisOf(scene.height) }, pixel[0], pixel[1], lines, theme);
}

/** @param {number} length @returns {import('./projection.js').Axis} */
function axisOf(length) {
  return { offset: 0, length, range: [0, 1], isLog: false };
}
