/** The curve on the page, with the descents as balls on it: where they were, where they are, and the tangent there. */
import { curveFigure, curveRange } from './curve.js';
import { drawBall, drawMarks, drawTrail } from './curve_marks.js';
import { clipToAxes, createOverlay } from './overlay.js';
import { placeOf, spanOf, visibleDescents } from './picture.js';
import { axesOf, drawFigure, listen, purge, relayout, showCrosshair } from './plotly.js';
import { watchClicks } from './pointer.js';
import { isWithin, toData } from './projection.js';
import { drawTags } from './tag.js';
import { createZoom, watchPinch } from './touch.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').View} View */
/** @typedef {import('./projection.js').Box} Box */

/** @param {HTMLElement} element @param {Picture} picture @returns {View} */
export function createCurveView(element, picture) {
  const overlay = createOverlay(element, axesOf);
  let isDrawn = false;
  const stopClicks = watchClicks(element, ({ left, top }) => {
    const box = axesOf(element);
    if (isDrawn && box && isWithin(box, left, top)) picture.onStartPicked([toData(box, left, top)[0]]);
  });

  const zoom = createZoom(({ x, y }) => void relayout(element, { 'xaxis.range': x, 'yaxis.range': y }), () => axesOf(element));
  const stopPinch = watchPinch(element, zoom, 'scroll');

  /** @param {CanvasRenderingContext2D} context @param {Box} box */
  function paint(context, box) {
    clipToAxes(context, box);
    drawMarks(context, box, picture);
    const descents = visibleDescents(picture);
    for (const descent of descents) drawTrail(context, box, picture, descent);
    const tags = descents.flatMap((descent) => drawBall(context, box, picture, descent));
    drawTags(context, box, tags, picture.theme, tags.map(({ left, top }) => [left, top]));
  }

  const draw = () => {
    if (isDrawn) overlay.draw(paint);
  };
  return {
    draw,
    async render() {
      await drawFigure(element, curveFigure(picture, placeOf(element)));
      showCrosshair(element);
      if (!isDrawn) for (const name of ['plotly_relayouting', 'plotly_relayout', 'plotly_afterplot']) listen(element, name, draw);
      isDrawn = true;
      draw();
    },
    reset() {
      if (picture.surface) void relayout(element, { 'xaxis.range': spanOf(picture.surface)[0], 'yaxis.range': curveRange(picture) });
    },
    dispose() {
      stopClicks();
      stopPinch();
      overlay.dispose();
      purge(element);
    },
  };
}
