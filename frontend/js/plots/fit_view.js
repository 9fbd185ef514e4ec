/** Data and fits on the page: Plotly draws the axes once, a canvas over them the data and what the descents make of them. */
import { fitAxes, joined } from './fit_axes.js';
import { confusionPainter } from './fit_confusion.js';
import { curvePainter } from './fit_curve.js';
import { drawnFits, emptyData, marksOf, shownFit } from './fit_data.js';
import { drawIntent, pickPoint } from './fit_editing.js';
import { createFieldImage } from './fit_field.js';
import { fitFigure } from './fit_figure.js';
import { drawLegend } from './fit_legend.js';
import { parityPainter } from './fit_parity.js';
import { createPointLayer } from './fit_points.js';
import { regionsPainter } from './fit_regions.js';
import { clipToAxes, createOverlay } from './overlay.js';
import { placeOf, visibleDescents } from './picture.js';
import { axesOf, drawFigure, listen, purge, relayout, showCrosshair } from './plotly.js';
import { watchClicks, watchMoves } from './pointer.js';
import { isWithin } from './projection.js';
import { drawCard } from './tag.js';
import { createZoom, watchPinch } from './touch.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./fit_data.js').Fitting} Fitting */
/** @typedef {import('./fit_data.js').FitData} FitData */
/** @typedef {import('./fit_axes.js').FitAxes} FitAxes */
/** @typedef {import('./projection.js').Box} Box */

const painters = { curve: curvePainter, regions: regionsPainter, parity: parityPainter, confusion: confusionPainter };

/** What is shown: the data, or a plane that waits for a reader's first points. @param {Fitting} fitting */
export const shownData = ({ data, editing }) => data ?? (editing ? emptyData(editing) : null);

/** True where a click means a place for a point. @param {Fitting} fitting */
const isEditable = (fitting) => fitting.editing !== null && ['curve', 'regions'].includes(shownData(fitting)?.kind ?? '');

/** @param {HTMLElement} element @param {Picture} picture @param {Fitting} fitting @param {() => void} askAgain for a draw
 * @returns {import('./picture.js').View} */
export function createFitView(element, picture, fitting, askAgain) {
  const overlay = createOverlay(element, axesOf);
  const [drawPointLayer, drawFieldImage, marks] = [createPointLayer(), createFieldImage(), createMarks()];
  let isDrawn = false;
  /** @type {FitAxes | null} */ let axes = null;
  /** @type {import('./pointer.js').Place | null} */ let pointer = null;

  const zoom = createZoom(({ x, y }) => {
    if (shownData(fitting)?.kind !== 'confusion') void relayout(element, { 'xaxis.range': x, 'yaxis.range': y });
  }, () => axesOf(element));
  const stopPinch = watchPinch(element, zoom, 'scroll');
  const stopMoves = watchMoves(element, (place) => {
    pointer = place;
    askAgain();
  });
  const stopClicks = watchClicks(element, (place) => {
    const [box, data] = [axesOf(element), shownData(fitting)];
    if (isDrawn && data && isEditable(fitting) && box && isWithin(box, place.left, place.top)) pickPoint(fitting, marks(data), box, place);
  });

  /** @param {FitData} data @returns {import('./fit_scene.js').Scene} */
  function sceneOf(data) {
    const drawn = drawnFits(fitting, visibleDescents(picture));
    return { picture, data, marks: marks(data), drawn, shown: shownFit(drawn), drawPointLayer, drawFieldImage };
  }

  /** @param {CanvasRenderingContext2D} context @param {Box} box @param {FitData} data */
  function paint(context, box, data) {
    const scene = sceneOf(data);
    const painter = painters[data.kind];
    drawLegend(context, box, scene);
    const over = pointer && isWithin(box, pointer.left, pointer.top) ? pointer : null;
    const editing = isEditable(fitting) ? fitting.editing : null;
    context.save();
    clipToAxes(context, box);
    painter.paint(context, box, scene);
    if (over && editing) drawIntent(context, box, scene, editing, over);
    else if (over) painter.mark(context, box, scene, over);
    context.restore();
    const lines = over && !editing ? painter.lines(box, scene, over) : [];
    if (over && lines.length > 0) drawCard(context, box, over.left, over.top, lines, picture.theme);
  }

  const draw = () => {
    const data = shownData(fitting);
    if (isDrawn && data) overlay.draw((context, box) => paint(context, box, data));
  };

  return {
    draw,
    async render() {
      const data = shownData(fitting);
      if (!data) return;
      axes = heldAxes(axes, fitAxes(data, picture.strings), data, fitting);
      await drawFigure(element, fitFigure(picture, axes, placeOf(element), `${data.kind} ${fitting.revision}`));
      showCrosshair(element, isEditable(fitting) ? 'crosshair' : '');
      if (!isDrawn) for (const name of ['plotly_relayouting', 'plotly_relayout', 'plotly_afterplot']) listen(element, name, draw);
      isDrawn = true;
      draw();
    },
    reset() {
      if (isDrawn && axes) void relayout(element, { 'xaxis.range': axes.x, 'yaxis.range': axes.y });
    },
    dispose() {
      stopMoves();
      stopClicks();
      stopPinch();
      overlay.dispose();
      purge(element);
    },
  };
}

/** While a reader adds points the plane only grows: a place must not move away under the pointer.
 * @param {FitAxes | null} before @param {FitAxes} next @param {FitData} data @param {Fitting} fitting @returns {FitAxes} */
export function heldAxes(before, next, data, { editing }) {
  const isSame = before && editing && before.isSquare === next.isSquare && !next.names && !before.names;
  if (!isSame || data.kind === 'parity') return next;
  return { ...next, x: joined(before.x, next.x), y: joined(before.y, next.y) };
}

/** The marks of data, made once. */
function createMarks() {
  /** @type {WeakMap<FitData, import('./fit_data.js').Mark[]>} */
  const known = new WeakMap();
  return (/** @type {FitData} */ data) => {
    const found = known.get(data) ?? marksOf(data);
    known.set(data, found);
    return found;
  };
}
