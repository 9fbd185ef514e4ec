/** The map on the page: Plotly draws bands and axes once, a canvas over it draws what moves. */
import { slotStyles } from '../palette.js';
import { drawArrow, drawCross, drawRing } from './brushes.js';
import { clipPath } from './clipping.js';
import { contourFigure } from './contour.js';
import { piecesOf, strokePieces } from './fading.js';
import { drawField, headArrow } from './field.js';
import { hasValue } from './gaps.js';
import { drawMarker, drawStar } from './markers.js';
import { clipToAxes, createOverlay } from './overlay.js';
import { placeOf, spanOf, visibleDescents } from './picture.js';
import { axesOf, drawFigure, listen, purge, relayout, showCrosshair } from './plotly.js';
import { watchClicks } from './pointer.js';
import { isWithin, pixelBox, toData, toLeft, toTop } from './projection.js';
import { minimaOn, shadowOf, solidityOn, trackOf } from './shadows.js';
import { drawTags } from './tag.js';
import { PathThinner, ROWS_PER_FRAME } from './thinning.js';
import { createZoom, watchPinch } from './touch.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./picture.js').View} View */
/** @typedef {import('./projection.js').Box} Box */

const PATH_BUDGET = 2000;
/** Paths go on for this many pixels beyond the axes before they are cut, so that no cut end shows. */
const MARGIN = 20;
/** A head far off the plane still shows where it is. */
const LEAST_HEAD = 0.6;
/** A map hides nothing. @type {readonly boolean[]} */
const NOTHING_HIDDEN = [];

/** @param {HTMLElement} element @param {Picture} picture @param {() => void} askAgain for a draw @returns {View} */
export function createContourView(element, picture, askAgain) {
  const overlay = createOverlay(element, axesOf);
  const thinners = createThinners(picture);
  let isDrawn = false;
  let settled = 0;
  const stopClicks = watchClicks(element, ({ left, top }) => {
    const box = axesOf(element);
    if (isDrawn && box && isWithin(box, left, top)) picture.onStartPicked(toData(box, left, top));
  });

  const zoom = createZoom(({ x, y }) => void relayout(element, { 'xaxis.range': x, 'yaxis.range': y }), () => axesOf(element));
  const stopPinch = watchPinch(element, zoom, 'scroll');

  /** @param {CanvasRenderingContext2D} context @param {Box} box */
  function paint(context, box) {
    clipToAxes(context, box);
    const { surface, theme } = picture;
    if (surface?.gradient) drawField(context, box, surface.gradient, theme, (u, v) => hasValue(surface, u, v));
    const drawn = visibleDescents(picture).map((descent) => ({ descent, ...pixelPath(picture, descent, thinners(descent, box), box) }));
    for (const { descent, path } of drawn) strokePieces(context, path[0], path[1], piecesOf(path[2], NOTHING_HIDDEN), pathStyle(picture, descent));
    drawMarks(context, box, picture);
    const tags = drawn.flatMap((head) => drawHead(context, box, picture, head));
    drawTags(context, box, tags, picture.theme, marksOf(picture, box, drawn));
    if (drawn.some(({ isBehind }) => isBehind)) askAgain();
  }

  const draw = () => {
    if (isDrawn) overlay.draw(paint);
  };
  /** Axes of equal scale keep a part of the old ranges as a figure is changed into another: they are set once more. */
  async function settle() {
    if (isDrawn && settled !== picture.revision && picture.surface) {
      const [x, y] = spanOf(picture.surface);
      await relayout(element, { 'xaxis.range': x, 'yaxis.range': y });
    }
    settled = picture.revision;
  }
  return {
    draw,
    async render() {
      await drawFigure(element, contourFigure(picture, placeOf(element)));
      await settle();
      showCrosshair(element);
      if (!isDrawn) for (const name of ['plotly_relayouting', 'plotly_relayout', 'plotly_afterplot']) listen(element, name, draw);
      isDrawn = true;
      draw();
    },
    reset() {
      const [x, y] = spanOf(picture.surface);
      if (picture.surface) void relayout(element, { 'xaxis.range': x, 'yaxis.range': y });
    },
    dispose() {
      stopClicks();
      stopPinch();
      overlay.dispose();
      purge(element);
    },
  };
}

/** A path thinned to about a pixel of the zoom as it is: a deep zoom looks at the whole path again. @param {Picture} picture */
function createThinners(picture) {
  /** @type {WeakMap<object, {tolerance: number, thinner: PathThinner}>} by track */
  const known = new WeakMap();
  return (/** @type {DrawnDescent} */ descent, /** @type {Box} */ { x, y }) => {
    const track = trackOf(picture, descent);
    const pixel = [x, y].map((axis) => Math.abs(axis.range[1] - axis.range[0]) / axis.length);
    const found = known.get(track);
    if (found && pixel[0] <= 1.5 * found.tolerance && pixel[0] >= found.tolerance / 1.5) return found.thinner;
    const thinner = new PathThinner(track, PATH_BUDGET, [pixel[0], pixel[1]]);
    known.set(track, { tolerance: pixel[0], thinner });
    return thinner;
  };
}

/** A path in pixels, with the solidity of each point. @param {Picture} picture @param {DrawnDescent} descent @param {PathThinner} thinner @param {Box} box */
function pixelPath(picture, descent, thinner, box) {
  const track = trackOf(picture, descent);
  const points = thinner.steps(ROWS_PER_FRAME).map((index) => track.point(index));
  const isBehind = thinner.numTaken < track.length;
  const newest = track.newest();
  if (!isBehind && newest && newest.step > (points.at(-1)?.step ?? -1)) points.push(newest);
  const solidity = solidityOn(picture);
  const columns = [points.map(({ u }) => toLeft(box.x, u)), points.map(({ v }) => toTop(box.y, v)), points.map(({ off }) => solidity(off))];
  return { ...clipPath(columns, pixelBox(box, MARGIN)), isBehind };
}

/** @param {Picture} picture @param {DrawnDescent} descent */
export function pathStyle({ theme }, { slot, selected }) {
  const width = selected ? 4.4 : 3.2;
  return { color: theme.slots[slot], width, dash: slotStyles[slot].dash, halo: { color: theme.halo, width: width + 3 } };
}

/** Pixels of all that a tag must not cover. @param {Picture} picture @param {Box} box @param {{end: number[] | null}[]} drawn
 * @returns {[number, number][]} */
function marksOf(picture, box, drawn) {
  const start = picture.start && shadowOf(picture, picture.start);
  const points = [...minimaOn(picture), ...(start ? [start] : [])];
  const heads = drawn.flatMap(({ end }) => (end ? [end] : []));
  return [...points.map(({ u, v }) => [toLeft(box.x, u), toTop(box.y, v)]), ...heads].map(([left, top]) => [left, top]);
}

/** Stars at the minima, a ring at the start. @param {CanvasRenderingContext2D} context @param {Box} box @param {Picture} picture */
function drawMarks(context, box, picture) {
  const { start, theme } = picture;
  const style = { color: theme.mark, outline: theme.markOutline };
  const solidity = solidityOn(picture);
  for (const { u, v, off } of minimaOn(picture)) {
    context.globalAlpha = solidity(off);
    drawStar(context, toLeft(box.x, u), toTop(box.y, v), 9, style);
  }
  const shadow = start && shadowOf(picture, start);
  context.globalAlpha = shadow ? solidity(shadow.off) : 1;
  if (shadow) drawRing(context, toLeft(box.x, shadow.u), toTop(box.y, shadow.v), 6.5, style);
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {Picture} picture
 * @param {ReturnType<typeof pixelPath> & {descent: DrawnDescent}} drawn @returns {import('./tag.js').Tag[]} what is to be said of it */
function drawHead(context, box, picture, { descent, end, isInside, isBehind }) {
  const { theme, strings } = picture;
  if (!end) return [];
  const style = { color: theme.slots[descent.slot], outline: theme.markOutline };
  const [[west, east], [north, south]] = pixelBox(box, -9);
  const [left, top] = [Math.min(east, Math.max(west, end[0])), Math.min(south, Math.max(north, end[1]))];
  if (descent.state === 'diverged' && !isBehind) {
    drawCross(context, left, top, 7, style);
    return [{ left, top, text: `${descent.label}: ${strings.diverged}`, color: style.color }];
  }
  const row = descent.history.last();
  const slopes = row && row.grad.length > 0 ? trackOf(picture, descent).projection.slopes(row.grad) : null;
  const arrow = slopes && isInside && !isBehind ? headArrow(box, slopes, row?.gradNorm ?? NaN) : null;
  context.globalAlpha = Math.max(LEAST_HEAD, end[2]);
  if (arrow) drawArrow(context, left, top, arrow[0], arrow[1], { ...style, width: 3 });
  drawMarker(context, slotStyles[descent.slot].marker, left, top, descent.selected ? 8.5 : 7, style);
  context.globalAlpha = 1;
  return [];
}
