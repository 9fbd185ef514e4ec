/** Over the landscape, paths that are off its plane: the line itself, and a stem from each head to the slice below or above it. */
import { slotStyles } from '../palette.js';
import { piecesOf, strokePieces } from './fading.js';
import { solidityOn } from './shadows.js';
import { isHidden, projectPoint, surfaceHeight } from './sightline.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./sightline.js').SceneView} SceneView */
/** @typedef {import('./scene_path.js').ScenePath} ScenePath */

const WIDTH = 3.6;
const SELECTED_WIDTH = 5;
const FOOT_RADIUS = 3;
/** Shorter stems say nothing, in pixels. */
const LEAST_STEM = 4;

/** @param {CanvasRenderingContext2D} context @param {SceneView} scene @param {Picture} picture @param {number[]} eye in data
 * @param {DrawnDescent} descent @param {ScenePath} path */
export function drawFadingPath(context, scene, picture, eye, descent, { line, offs }) {
  if (!line) return;
  const points = line.x.map((x, i) => [x, line.y[i], line.z[i]]);
  const pixels = points.map((point) => projectPoint(scene, point) ?? [NaN, NaN]);
  const solidity = solidityOn(picture);
  const solidities = offs.map((off, i) => (Number.isNaN(pixels[i][0]) ? NaN : solidity(off)));
  const hidden = points.map((point) => !point.some(Number.isNaN) && isHidden(picture, eye, point));
  const width = descent.selected ? SELECTED_WIDTH : WIDTH;
  const { theme } = picture;
  const style = { color: theme.slots[descent.slot], width, dash: slotStyles[descent.slot].dash, halo: { color: theme.halo, width: width + 2 } };
  strokePieces(context, pixels.map(([left]) => left), pixels.map(([, top]) => top), piecesOf(solidities, hidden), style);
}

/** From the true loss of a head to the slice at its place. @param {CanvasRenderingContext2D} context @param {SceneView} scene
 * @param {Picture} picture @param {DrawnDescent} descent @param {number[]} head */
export function drawStem(context, scene, picture, descent, [u, v, z]) {
  const ground = surfaceHeight(picture, u, v);
  const [from, to] = [projectPoint(scene, [u, v, z]), Number.isNaN(ground) ? null : projectPoint(scene, [u, v, ground])];
  if (!from || !to || Math.hypot(to[0] - from[0], to[1] - from[1]) < LEAST_STEM) return;
  const color = picture.theme.slots[descent.slot];
  context.beginPath();
  context.moveTo(from[0], from[1]);
  context.lineTo(to[0], to[1]);
  context.lineCap = 'butt';
  for (const [stroke, width] of /** @type {[string, number][]} */ ([[picture.theme.markOutline, 3.5], [color, 1.5]])) {
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.stroke();
  }
  context.beginPath();
  context.ellipse(to[0], to[1], 2 * FOOT_RADIUS, FOOT_RADIUS, 0, 0, 2 * Math.PI);
  context.lineWidth = 3.5;
  context.strokeStyle = picture.theme.markOutline;
  context.stroke();
  context.lineWidth = 1.5;
  context.strokeStyle = color;
  context.stroke();
}
