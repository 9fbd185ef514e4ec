/** Numbers and titles along the box of the 3-D figure: upright, sharp, and within the place. */
import { heightTicks } from './height.js';
import { fontFamily, textSize } from './picture.js';
import { boxOf } from './scene_box.js';
import { isHidden, projectPoint } from './sightline.js';
import { formatNumber, niceStep } from './ticks.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./sightline.js').SceneView} SceneView */
/** @typedef {CanvasRenderingContext2D} Context */
/** An edge of the box in pixels, with the way out of the picture. @typedef {{from: number[], to: number[], out: number[]}} Edge */

const NUM_TICKS = 6;
/** Most pixels of the numbers. */
export const MOST_SIZE = 16;
const TICK_GAP = 8;
const TICK_LENGTH = 5;
const EDGE = 3;
/** From an edge to its title, in sizes of the text: beside the numbers, and where it runs along the edge. */
const TITLE_GAP = 2.7;
const ALONG_GAP = 4;

/** Values of the ticks within an interval. @param {[number, number]} interval */
export function ticksWithin([low, high]) {
  const step = niceStep(high - low, NUM_TICKS);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** @param {Context} context @param {SceneView} scene @param {Picture} picture @param {number[]} eye in data */
export function drawSceneAxes(context, scene, picture, eye) {
  const box = boxOf(picture);
  const { labels, theme } = picture;
  const floor = box[2][0];
  const text = { size: Math.min(MOST_SIZE, textSize(scene.width)), theme, width: scene.width, height: scene.height };
  const middle = projectPoint(scene, [(box[0][0] + box[0][1]) / 2, (box[1][0] + box[1][1]) / 2, floor]);
  if (!middle) return;
  const near = [0, 1].map((axis) => box[axis][eye[axis] > (box[axis][0] + box[axis][1]) / 2 ? 1 : 0]);
  for (const axis of [0, 1]) {
    const point = (/** @type {number} */ value) => (axis === 0 ? [value, near[1], floor] : [near[0], value, floor]);
    const pixel = (/** @type {number} */ value) => (isHidden(picture, eye, point(value)) ? null : projectPoint(scene, point(value)));
    const edge = edgeOf(projectPoint(scene, point(box[axis][0])), projectPoint(scene, point(box[axis][1])), middle);
    const ticks = ticksWithin(box[axis]).map((value) => ({ pixel: pixel(value), text: formatNumber(value) }));
    const title = { pixel: pixel((box[axis][0] + box[axis][1]) / 2), text: axis === 0 ? labels.xTitle ?? labels.x : labels.yTitle ?? labels.y };
    if (edge) drawEdge(context, edge, ticks, title, text);
  }
  drawHeights(context, scene, picture, middle, text);
}

/** @typedef {{size: number, theme: import('../palette.js').Theme, width: number, height: number}} Text */
/** Pixel: null where the surface hides it. @typedef {{pixel: [number, number] | null, text: string}} Tick */

/** @param {number[] | null} from @param {number[] | null} to @param {number[]} middle of the picture @returns {Edge | null} */
function edgeOf(from, to, middle) {
  if (!from || !to) return null;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length < 1) return null;
  const side = dx * (middle[1] - from[1]) - dy * (middle[0] - from[0]) > 0 ? 1 : -1;
  return { from, to, out: [(side * dy) / length, (-side * dx) / length] };
}

/** @param {Context} context @param {Edge} edge @param {Tick[]} ticks @param {Tick} title @param {Text} text */
function drawEdge(context, { from, to, out }, ticks, title, text) {
  const shown = ticks.flatMap(({ pixel, text: words }) => (pixel && isWithinPlace(pixel, text) ? [{ pixel, words }] : []));
  if (shown.length === ticks.length) strokeLines(context, [[from, to]], text.theme.grid, 1.5);
  const ends = shown.map(({ pixel: [left, top] }) => [[left, top], [left + TICK_LENGTH * out[0], top + TICK_LENGTH * out[1]]]);
  strokeLines(context, ends, text.theme.muted, 1);
  for (const { pixel, words } of shown) write(context, words, pixel, out, TICK_GAP, text, false);
  if (!title.pixel || !isWithinPlace(title.pixel, text)) return;
  if (fitsUpright(context, title.text, title.pixel, out, text)) write(context, title.text, title.pixel, out, TITLE_GAP * text.size, text, true);
  else writeAlong(context, title.text, title.pixel, from, to, out, text);
}

/** Whether a title beside its edge keeps within the place. @param {Context} context @param {string} words @param {number[]} pixel
 * @param {number[]} out @param {Text} text */
function fitsUpright(context, words, [left], out, { size, width }) {
  context.font = titleFont(size);
  const half = context.measureText(words).width / 2;
  const at = left + out[0] * (TITLE_GAP * size + Math.abs(out[0]) * half);
  return at - half >= EDGE && at + half <= width - EDGE;
}

/** A title that runs along its edge, outside the numbers, and is never upside down. @param {Context} context @param {string} words
 * @param {number[]} pixel @param {number[]} from @param {number[]} to @param {number[]} out @param {Text} text */
function writeAlong(context, words, [left, top], from, to, out, { size, theme }) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const turn = Math.atan2(dy, dx);
  context.save();
  context.translate(left + ALONG_GAP * size * out[0], top + ALONG_GAP * size * out[1]);
  context.rotate(Math.abs(turn) > Math.PI / 2 ? turn + Math.PI : turn);
  context.font = titleFont(size);
  context.fillStyle = theme.text;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(words, 0, 0);
  context.restore();
}

/** @param {number} size of the numbers */
const titleFont = (size) => `500 ${size + 1}px ${fontFamily}`;

/** @param {number[]} pixel @param {Text} text */
function isWithinPlace([left, top], { width, height }) {
  return left >= 0 && left <= width && top >= 0 && top <= height;
}

/** The scale of losses stands at the upright edge that is farthest to the left. @param {Context} context @param {SceneView} scene
 * @param {Picture} picture @param {number[]} middle @param {Text} text */
function drawHeights(context, scene, picture, middle, text) {
  const [x, y] = boxOf(picture);
  const { low, high } = picture.height;
  const corners = x.flatMap((u) => y.map((v) => [u, v]));
  const feet = corners.map((corner) => ({ corner, pixel: projectPoint(scene, [...corner, low]) }));
  const seen = feet.filter(({ pixel }) => pixel).sort((a, b) => (a.pixel?.[0] ?? 0) - (b.pixel?.[0] ?? 0));
  if (seen.length === 0) return;
  const point = (/** @type {number} */ height) => projectPoint(scene, [...seen[0].corner, height]);
  const [from, to] = [point(low), point(high)];
  const edge = edgeOf(from, to, middle);
  if (!edge || !from || !to) return;
  const gap = (1.3 * text.size) / Math.hypot(to[0] - from[0], to[1] - from[1]);
  const { tickvals, ticktext } = heightTicks(picture.height, Math.max(0.17, Math.min(1, gap)));
  const ticks = tickvals.map((value, i) => ({ pixel: point(value), text: ticktext[i] }));
  drawEdge(context, edge, ticks, { pixel: null, text: '' }, text);
  if (isWithinPlace(to, text)) write(context, picture.strings.loss, to, [0, to[1] < from[1] ? -1 : 1], TICK_GAP + 3, text, true);
}

/** @param {Context} context @param {number[][][]} lines @param {string} color @param {number} width */
function strokeLines(context, lines, color, width) {
  context.beginPath();
  for (const [from, to] of lines) {
    context.moveTo(from[0], from[1]);
    context.lineTo(to[0], to[1]);
  }
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
}

/** Words beside a pixel, on the side of `out`, within the place. @param {Context} context @param {string} words @param {number[]} pixel
 * @param {number[]} out @param {number} gap @param {Text} text @param {boolean} isTitle */
function write(context, words, pixel, out, gap, { size, theme, width, height }, isTitle) {
  const pixels = isTitle ? size + 1 : size;
  context.font = `${isTitle ? 500 : 400} ${pixels}px ${fontFamily}`;
  context.fillStyle = isTitle ? theme.text : theme.muted;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const half = [context.measureText(words).width / 2, pixels / 2];
  const reach = gap + Math.abs(out[0]) * half[0] + Math.abs(out[1]) * half[1];
  const limits = [width, height];
  const at = pixel.map((value, i) => Math.min(limits[i] - half[i] - EDGE, Math.max(half[i] + EDGE, value + reach * out[i])));
  context.fillText(words, at[0], at[1]);
}
