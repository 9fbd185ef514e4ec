/** The map on the page: Plotly draws bands and axes once, a canvas over it draws what moves. */
import { slotStyles } from '../palette.js';
import { drawArrow, drawCross, drawRing, strokePath } from './brushes.js';
import { clipPath } from './clipping.js';
import { contourFigure } from './contour.js';
import { drawField, headArrow } from './field.js';
import { drawMarker, drawStar } from './markers.js';
import { clipToAxes, createOverlay } from './overlay.js';
import { placeOf, visibleDescents } from './picture.js';
import { axesOf, drawFigure, listen, purge, relayout, showCrosshair } from './plotly.js';
import { watchClicks } from './pointer.js';
import { isWithin, pixelBox, toData, toLeft, toTop } from './projection.js';
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

/** @param {HTMLElement} element @param {Picture} picture @param {() => void} askAgain for a draw @returns {View} */
export function createContourView(element, picture, askAgain) {
  const overlay = createOverlay(element, axesOf);
  const thinners = createThinners();
  let isDrawn = false;
  const stopClicks = watchClicks(element, ({ left, top }) => {
    const box = axesOf(element);
    if (isDrawn && box && isWithin(box, left, top)) picture.onStartPicked(toData(box, left, top));
  });

  const zoom = createZoom(({ x, y }) => void relayout(element, { 'xaxis.range': x, 'yaxis.range': y }), () => axesOf(element));
  const stopPinch = watchPinch(element, zoom, 'scroll');

  /** @param {CanvasRenderingContext2D} context @param {Box} box */
  function paint(context, box) {
    clipToAxes(context, box);
    if (picture.surface?.gradient) drawField(context, box, picture.surface.gradient, picture.theme);
    const drawn = visibleDescents(picture).map((descent) => ({ descent, ...pixelPath(descent, thinners(descent, box), box) }));
    for (const { descent, path } of drawn) strokePath(context, path[0], path[1], pathStyle(picture, descent));
    drawMarks(context, box, picture);
    const tags = drawn.flatMap((head) => drawHead(context, box, picture, head));
    drawTags(context, box, tags, picture.theme, marksOf(picture, box, drawn));
    if (drawn.some(({ isBehind }) => isBehind)) askAgain();
  }

  const draw = () => {
    if (isDrawn) overlay.draw(paint);
  };
  return {
    draw,
    async render() {
      await drawFigure(element, contourFigure(picture, placeOf(element)));
      showCrosshair(element);
      if (!isDrawn) for (const name of ['plotly_relayouting', 'plotly_relayout', 'plotly_afterplot']) listen(element, name, draw);
      isDrawn = true;
      draw();
    },
    reset() {
      const domain = picture.surface?.objective.domain;
      if (domain) void relayout(element, { 'xaxis.range': domain[0], 'yaxis.range': domain[1] });
    },
    dispose() {
      stopClicks();
      stopPinch();
      overlay.dispose();
      purge(element);
    },
  };
}

/** A path thinned to about a pixel of the zoom as it is: a deep zoom looks at the whole history again. */
function createThinners() {
  /** @type {WeakMap<object, {tolerance: number, thinner: PathThinner}>} */
  const known = new WeakMap();
  return (/** @type {DrawnDescent} */ { history }, /** @type {Box} */ { x, y }) => {
    const pixel = [x, y].map((axis) => Math.abs(axis.range[1] - axis.range[0]) / axis.length);
    const found = known.get(history);
    if (found && pixel[0] <= 1.5 * found.tolerance && pixel[0] >= found.tolerance / 1.5) return found.thinner;
    const thinner = new PathThinner(history, PATH_BUDGET, [pixel[0], pixel[1]]);
    known.set(history, { tolerance: pixel[0], thinner });
    return thinner;
  };
}

/** @param {DrawnDescent} descent @param {PathThinner} thinner @param {Box} box */
function pixelPath({ history }, thinner, box) {
  const steps = thinner.steps(ROWS_PER_FRAME);
  const lefts = steps.map((step) => toLeft(box.x, history.theta(step, 0)));
  const tops = steps.map((step) => toTop(box.y, history.theta(step, 1)));
  return { ...clipPath([lefts, tops], pixelBox(box, MARGIN)), isBehind: thinner.numTaken < history.length };
}

/** @param {Picture} picture @param {DrawnDescent} descent */
export function pathStyle({ theme }, { slot, selected }) {
  const width = selected ? 4.4 : 3.2;
  return { color: theme.slots[slot], width, dash: slotStyles[slot].dash, halo: { color: theme.halo, width: width + 3 } };
}

/** Pixels of all that a tag must not cover. @param {Picture} picture @param {Box} box @param {{end: number[] | null}[]} drawn
 * @returns {[number, number][]} */
function marksOf({ surface, start }, box, drawn) {
  const points = [...(surface?.objective.minima ?? []).map(({ theta }) => theta), ...(start ? [start] : [])];
  const heads = drawn.flatMap(({ end }) => (end ? [end] : []));
  return [...points.map(([u, v]) => [toLeft(box.x, u), toTop(box.y, v)]), ...heads].map(([left, top]) => [left, top]);
}

/** Stars at the minima, a ring at the start. @param {CanvasRenderingContext2D} context @param {Box} box @param {Picture} picture */
function drawMarks(context, box, { surface, start, theme }) {
  const style = { color: theme.mark, outline: theme.markOutline };
  for (const { theta } of surface?.objective.minima ?? []) {
    drawStar(context, toLeft(box.x, theta[0]), toTop(box.y, theta[1]), 9, style);
  }
  if (start) drawRing(context, toLeft(box.x, start[0]), toTop(box.y, start[1]), 6.5, style);
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
  const arrow = row && isInside && !isBehind ? headArrow(box, row) : null;
  if (arrow) drawArrow(context, left, top, arrow[0], arrow[1], { ...style, width: 3 });
  drawMarker(context, slotStyles[descent.slot].marker, left, top, descent.selected ? 8.5 : 7, style);
  return [];
}
