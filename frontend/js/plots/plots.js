/**
 * The plots of the page: the landscape (a 3-D surface, or a curve), the map (or theta over the steps, or data and fit) and the loss chart.
 * Histories grow elsewhere; `update()` says that they did, and one animation frame draws what is new.
 */
import { themes } from '../palette.js';
import { createContourView } from './contour_view.js';
import { createCurveView } from './curve_view.js';
import { createFitView, shownData } from './fit_view.js';
import { detectSoftwareGl } from './gl.js';
import { layGround, needsRoom } from './ground.js';
import { createLandscapeView } from './landscape_view.js';
import { createLoop } from './loop.js';
import { besides, englishStrings, fontFamily, visibleDescents } from './picture.js';
import { createSeriesView } from './series_view.js';
import { isWhole, trackOf } from './shadows.js';
import { createStack } from './stack.js';
import { shareShown } from './track.js';
import { lossValue, thetaValue } from './values.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').SurfaceData} SurfaceData */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./picture.js').PlotStrings} PlotStrings */
/** @typedef {import('./picture.js').View} View */
/** @typedef {import('./fit_data.js').FitData} FitData */
/** @typedef {import('./fit_data.js').Fit} Fit */
/** @typedef {import('./fit_data.js').Fitting} Fitting */
/** @typedef {{landscape: HTMLElement, contour: HTMLElement, loss: HTMLElement}} PlotElements */
/** `reducedMotion` asks for nothing here: nothing in the plots moves but the data.
 * @typedef {{theme: 'light' | 'dark', onStartPicked: (theta: number[]) => void, reducedMotion?: boolean,
 *   onPointAdded?: Fitting['onPointAdded'], onPointRemoved?: Fitting['onPointRemoved'],
 *   strings?: Partial<PlotStrings>, softwareGL?: boolean}} PlotOptions softwareGL: detected where it is not given */

/** A place that has not changed its size for this long is done, in ms. */
const SETTLED = 120;

/** @param {PlotOptions} options @returns {Picture} */
function emptyPicture(options) {
  return {
    surface: null,
    height: { kind: 'linear', base: 0, scale: 1, low: 0, high: 1 },
    projection: null,
    revision: 0,
    viewpoint: {},
    labels: { x: 'x', y: 'y' },
    theme: themes[options.theme],
    strings: { ...englishStrings, ...options.strings },
    descents: [],
    start: null,
    lossScale: 'log',
    numSteps: null,
    isSoftwareGl: options.softwareGL ?? detectSoftwareGl(),
    onStartPicked: options.onStartPicked,
  };
}

/** @param {PlotOptions} options @returns {Fitting} */
function emptyFitting({ onPointAdded = () => {}, onPointRemoved = () => {} }) {
  return { data: null, fits: new Map(), editing: null, revision: 0, onPointAdded, onPointRemoved };
}

/** @param {PlotElements} elements each with a size of its own @param {PlotOptions} options */
export function createPlots(elements, options) {
  const picture = emptyPicture(options);
  const fitting = emptyFitting(options);
  /** @type {'map' | 'fit'} */ let side = 'map';
  const landscape = createStack(elements.landscape, ['surface', 'curve']);
  const contour = createStack(elements.contour, ['map', 'steps', 'fit']);
  const chart = createStack(elements.loss, ['loss']);
  const surfaceView = createLandscapeView(landscape.layer('surface'), elements.landscape, picture, (...which) => loop.invalidate(...which));
  const curveView = createCurveView(landscape.layer('curve'), picture);
  const mapView = createContourView(contour.layer('map'), picture, () => loop.invalidate('contour'));
  const stepsView = createSeriesView(contour.layer('steps'), picture, thetaValue, () => loop.invalidate('contour'));
  const fitView = createFitView(contour.layer('fit'), picture, fitting, () => loop.invalidate('contour'));
  const lossView = createSeriesView(chart.layer('loss'), picture, lossValue, () => loop.invalidate('loss'));
  const views = [surfaceView, curveView, mapView, stepsView, fitView, lossView];

  const isCurve = () => picture.surface?.objective.dim === 1;
  const left = () => (isCurve() ? curveView : surfaceView);
  const isFit = () => side === 'fit' && shownData(fitting) !== null;
  const right = () => (isFit() ? fitView : isCurve() ? stepsView : mapView);
  const shown = () => (picture.surface ? [right(), lossView, left()] : isFit() ? [fitView] : []);

  const loop = createLoop(
    {
      contour: { draw: () => right().draw(), interval: () => 0 },
      loss: { draw: () => lossView.draw(), interval: () => 0 },
      paths: { draw: () => (isCurve() ? undefined : surfaceView.drawPaths()), interval: () => surfaceView.interval() },
      landscape: { draw: () => left().draw(), interval: () => 0 },
    },
    { request: (callback) => requestAnimationFrame(callback), cancel: (handle) => cancelAnimationFrame(handle) },
  );

  let rendering = 0;
  // What GL and canvases have written in another font stays so.
  const fontsReady = document.fonts.load(`14px ${fontFamily}`).catch(() => []);
  /** A later call takes over from an earlier one: the picture may have changed its dimension meanwhile. */
  async function render() {
    const turn = ++rendering;
    await fontsReady;
    landscape.show(isCurve() ? 'curve' : 'surface');
    contour.show(isFit() ? 'fit' : isCurve() ? 'steps' : 'map');
    for (const view of shown()) if (turn === rendering) await view.render();
  }

  /** Only the upper right place has changed. */
  async function renderRight() {
    await fontsReady;
    contour.show(isFit() ? 'fit' : isCurve() ? 'steps' : 'map');
    if (shown().includes(right())) await right().render();
  }

  let settling = 0;
  const observer = new ResizeObserver(() => {
    clearTimeout(settling);
    settling = window.setTimeout(render, SETTLED);
  });
  for (const element of [...Object.values(elements), ...besides(elements.landscape)]) observer.observe(element);

  return {
    /** Show another objective: its figures are drawn anew; the camera stays, zooms do not.
     * @param {SurfaceData} surface @param {{xLabel?: string, yLabel?: string, xTitle?: string, yTitle?: string}} [labels] */
    showSurface(surface, labels = {}) {
      layGround(picture, surface);
      const { xLabel = picture.strings.x, yLabel = picture.strings.y, xTitle = xLabel, yTitle = yLabel } = labels;
      picture.labels = { x: xLabel, y: yLabel, xTitle, yTitle };
      return render();
    },
    /** @param {'light' | 'dark'} name */
    setTheme(name) {
      picture.theme = themes[name];
      return render();
    },
    /** @param {Partial<PlotStrings>} strings */
    setStrings(strings) {
      picture.strings = { ...englishStrings, ...strings };
      return render();
    },
    /** The race changed: who runs, in which slot, who is shown. @param {DrawnDescent[]} descents */
    showDescents(descents) {
      picture.descents = descents;
      loop.invalidate();
    },
    /** New rows came. */
    update: () => loop.invalidate(),
    /** @param {number[] | null} theta */
    setStart(theta) {
      picture.start = theta;
      loop.invalidate();
    },
    /** @param {'log' | 'linear'} scale */
    setLossScale(scale) {
      picture.lossScale = scale;
      loop.invalidate('loss');
    },
    /** Steps of the run, where known: the step axis does not grow beyond them. @param {number | null} numSteps */
    setNumSteps(numSteps) {
      picture.numSteps = numSteps;
      loop.invalidate();
    },
    /** What the descents learn from; null: nothing. Fits to other data are forgotten. @param {FitData | null} data */
    showData(data) {
      fitting.data = data;
      fitting.fits.clear();
      if (!fitting.editing) fitting.revision += 1;
      return renderRight();
    },
    /** The newest fit of the descent in a slot. @param {number} slot @param {Fit | null} fit */
    setFit(slot, fit) {
      if (fit) fitting.fits.set(slot, fit);
      else fitting.fits.delete(slot);
      loop.invalidate('contour');
    },
    /** What the upper right place shows; without data, the map. @param {'map' | 'fit'} which */
    setSide(which) {
      side = which;
      return renderRight();
    },
    /** Whether a click on the fit view adds a point or takes one away, and of which class. @param {Fitting['editing']} editing */
    setEditing(editing) {
      const wasEditing = fitting.editing !== null;
      fitting.editing = editing;
      loop.invalidate('contour');
      return wasEditing === (editing !== null) ? Promise.resolve() : renderRight();
    },
    /** Camera and zooms as they were at first. */
    resetCamera() {
      for (const view of shown()) view.reset();
    },
    resize: render,
    dispose() {
      loop.stop();
      clearTimeout(settling);
      rendering += 1;
      observer.disconnect();
      for (const view of views) view.dispose();
      for (const stack of [landscape, contour, chart]) stack.dispose();
    },
    /** Whether a path has fallen below what is drawn: the surface is to be shown again. */
    needsRoom: () => needsRoom(picture),
    /** How far off the plane each descent is now, and how much of the movement the plane shows; null where everything is on it. */
    offPlane() {
      if (!picture.surface || isWhole(picture)) return null;
      const tracks = visibleDescents(picture).map((descent) => ({ descent, track: trackOf(picture, descent) }));
      return {
        share: shareShown(tracks.map(({ track }) => track.movement())),
        descents: tracks.map(({ descent, track }) => ({ slot: descent.slot, label: descent.label, off: track.newest()?.off ?? null, share: shareShown([track.movement()]) })),
      };
    },
    stats: () => ({ frames: loop.numFrames(), softwareGL: picture.isSoftwareGl, ...surfaceView.facts() }),
  };
}
