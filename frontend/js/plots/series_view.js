/** A chart over the steps on the page: Plotly draws its axes, seldom; a canvas over it the lines, whenever rows come. */
import { clipPath } from './clipping.js';
import { clipToAxes, createOverlay } from './overlay.js';
import { placeOf, visibleDescents } from './picture.js';
import { axesOf, drawFigure, listen, purge, relayout, showCrosshair } from './plotly.js';
import { watchMoves } from './pointer.js';
import { isWithin, pixelBox, toLeft } from './projection.js';
import { drawEnds, drawReadout, drawReferences } from './readout.js';
import { extentOf, nextAxes } from './series_axes.js';
import { decadesPerTick, seriesFigure } from './series_figure.js';
import { createLineLegend, drawPart, lineStyle, partsOf } from './series_lines.js';
import { createSeriesRows, topOf } from './series_rows.js';
import { ROWS_PER_FRAME } from './thinning.js';
import { createZoom, watchPinch } from './touch.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./picture.js').View} View */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./series_axes.js').SeriesAxes} SeriesAxes */

/** Least time between two moves of the axes, in ms. */
const AXES_INTERVAL = 500;

/**
 * @param {HTMLElement} element @param {Picture} picture
 * @param {(picture: Picture) => Value} valueOf
 * @param {() => void} askAgain for a draw
 * @returns {View}
 */
export function createSeriesView(element, picture, valueOf, askAgain) {
  const overlay = createOverlay(element, axesOf);
  const thinners = createSeriesRows();
  const drawLegend = createLineLegend();
  let isDrawn = false;
  let isZoomed = false;
  let movedAt = -Infinity;
  let moving = 0;
  /** @type {SeriesAxes | null} */ let axes = null;
  /** @type {import('./pointer.js').Place | null} */ let pointer = null;
  const zoom = createZoom(({ x, y }) => {
    isZoomed = true;
    void relayout(element, { 'xaxis.range': x, 'yaxis.range': y });
  }, () => axesOf(element));
  const stopPinch = watchPinch(element, zoom, 'scroll');
  const stopMoves = watchMoves(element, (place) => {
    pointer = place;
    askAgain();
  });

  /** @param {Value} value */
  function axesNow(value) {
    const descents = visibleDescents(picture);
    // The noise of batches may leave the picture: it would squash what matters.
    const lasting = value.parts.filter(({ kind }) => kind !== 'batch');
    const extents = descents.flatMap((descent) => lasting.map((part) => extentOf(descent, part, thinners(descent, value, part, null).steps(ROWS_PER_FRAME))));
    const length = Math.max(0, ...descents.map((descent) => descent.history.length));
    return nextAxes(axes, value, extents, length, picture.numSteps);
  }

  async function render() {
    const value = valueOf(picture);
    if (axes?.key !== value.key) isZoomed = false;
    axes = axesNow(value);
    const axis = { title: value.title, isLog: value.isLog, range: axes.range, ticks: value.ticks(axes.range) };
    await drawFigure(element, seriesFigure(picture, axis, axes.steps, placeOf(element), value.key));
    showCrosshair(element);
    if (!isDrawn) listenToZoom();
    isDrawn = true;
    paintAll(value);
  }

  function listenToZoom() {
    const redraw = () => overlay.draw((context, box) => paint(context, box, valueOf(picture)));
    listen(element, 'plotly_relayouting', () => {
      isZoomed = true;
      redraw();
    });
    listen(element, 'plotly_afterplot', redraw);
  }

  /** @param {Value} value */
  function moveAxes(value) {
    const next = axesNow(value);
    if (next === axes || isZoomed) return;
    const wait = movedAt + AXES_INTERVAL - performance.now();
    if (wait <= 0) return setAxes(value, next);
    // The last rows of a race would else stand beyond its axes.
    clearTimeout(moving);
    moving = window.setTimeout(askAgain, wait);
  }

  /** @param {Value} value @param {SeriesAxes} next */
  function setAxes(value, next) {
    axes = next;
    movedAt = performance.now();
    const ticks = Object.entries(value.ticks(next.range)).map(([name, content]) => [`yaxis.${name}`, content]);
    const dtick = value.isLog ? { 'yaxis.dtick': decadesPerTick(next.range) } : {};
    void relayout(element, { 'xaxis.range': next.steps, 'yaxis.range': next.range, ...dtick, ...Object.fromEntries(ticks) });
  }

  /** @param {CanvasRenderingContext2D} context @param {Box} box @param {Value} value */
  function paint(context, box, value) {
    context.save();
    clipToAxes(context, box);
    drawReferences(context, box, picture.theme, value.references);
    const descents = visibleDescents(picture);
    const lines = descents.flatMap((descent) => partsOf(value, descent, descents.length).map((part) => drawLine(context, box, descent, value, part)));
    drawLegend(context, box, picture, value, descents, lines);
    drawEnds(context, box, picture, descents, value);
    context.restore();
    if (pointer && isWithin(box, pointer.left, pointer.top)) drawReadout(context, box, picture, value, pointer);
  }

  /** @param {CanvasRenderingContext2D} context @param {Box} box @param {DrawnDescent} descent @param {Value} value
   * @param {import('./values.js').Part} part */
  function drawLine(context, box, descent, value, part) {
    const thinner = thinners(descent, value, part, isZoomed ? box.x.range : null);
    const steps = thinner.steps(ROWS_PER_FRAME);
    if (thinner.isBehind) askAgain();
    const lefts = steps.map((step) => toLeft(box.x, step));
    const tops = steps.map((step) => topOf(box, part.read(descent.history, step)));
    const { path } = clipPath([lefts, tops], pixelBox(box, 20));
    drawPart(context, path[0], path[1], lineStyle(picture, descent, part.kind));
    return { kind: part.kind, lefts: path[0], tops: path[1] };
  }

  /** @param {Value} value */
  function paintAll(value) {
    overlay.draw((context, box) => paint(context, box, value));
  }

  return {
    render,
    draw() {
      if (!isDrawn) return;
      const value = valueOf(picture);
      if (axes?.key !== value.key) return void render();
      moveAxes(value);
      paintAll(value);
    },
    reset() {
      [isZoomed, axes] = [false, null];
      if (isDrawn) setAxes(valueOf(picture), axesNow(valueOf(picture)));
    },
    dispose() {
      stopMoves();
      stopPinch();
      clearTimeout(moving);
      overlay.dispose();
      purge(element);
    },
  };
}
