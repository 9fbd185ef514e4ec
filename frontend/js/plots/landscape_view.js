/** The 3-D landscape on the page: one figure that lives on, whose paths are changed through their GL objects. */
import { numSlots } from '../palette.js';
import { cameraFor } from './camera.js';
import { createCostMeter } from './cost.js';
import { landscapeFigure, pathTrace, traceIndex } from './landscape.js';
import { createOverlay } from './overlay.js';
import { cameraOf, drawFigure, isSameCamera, limitDistance, listenToFrames, moveCloser, purge, relayout, restyle, sceneViewOf, updateTrace } from './plotly.js';
import { coversOf, placeOf, spanOf } from './picture.js';
import { watchClicks, watchHover } from './pointer.js';
import { surfaceAt } from './pointing.js';
import { drawPathPoint, drawPointed, drawSceneMarks, pathPointAt } from './scene_marks.js';
import { scenePath } from './scene_path.js';
import { isWhole, trackOf } from './shadows.js';
import { PathThinner, ROWS_PER_FRAME } from './thinning.js';
import { watchPinch } from './touch.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./picture.js').View} View */
/** @typedef {{cost: number, isDirect: boolean, numUpdates: number}} LandscapeFacts */

const PATH_BUDGET = 500;
/** Off the plane each point is asked, at each draw, whether the surface hides it. */
const FADING_BUDGET = 480;
/** Least move worth a point, as a part of the domain: less than a pixel. */
const TOLERANCE = 0.0015;
/** Nearest and farthest camera, in sides of the figure. */
const DISTANCES = /** @type {[number, number]} */ ([0.6, 5]);
/** Least time between two updates through the public interface, in ms. */
const PUBLIC_INTERVAL = 200;

/** `draw` moves the heads, which is cheap; `drawPaths` changes the figure, at most every `interval` ms.
 * @param {HTMLElement} element @param {HTMLElement} stage that it fills, beside what lies over it @param {Picture} picture
 * @param {(...which: ('landscape' | 'paths')[]) => void} ask for a draw
 * @returns {View & {drawPaths: () => void, interval: () => number, facts: () => LandscapeFacts}} */
export function createLandscapeView(element, stage, picture, ask) {
  const meter = createCostMeter((callback) => requestAnimationFrame(callback));
  const overlay = createOverlay(element, sceneViewOf);
  const thinners = createThinners(picture);
  /** @type {WeakMap<object, number>} */
  const numDrawn = new WeakMap();
  /** @type {[object, number][]} */
  let handed = [];
  let isDrawn = false;
  /** The figure shows no paths: off the plane they are drawn over it. */
  let isCleared = false;
  let isDirect = true;
  let numUpdates = 0;
  /** @type {import('./plotly.js').Camera | null} where nobody has moved it */
  let firstCamera = null;
  /** @type {import('./pointer.js').Place | null} */
  let pointer = null;

  const pointed = (/** @type {import('./pointer.js').Place} */ { left, top }) => {
    const scene = isDrawn ? sceneViewOf(element) : null;
    return scene && surfaceAt(picture, scene, left, top);
  };
  const stopClicks = watchClicks(element, (place) => {
    const point = pointed(place);
    if (point) picture.onStartPicked(point.slice(0, 2));
  });
  const stopPinch = watchPinch(element, (_, factor) => moveCloser(element, factor), 'drag');
  const stopHover = watchHover(element, (place) => {
    pointer = place;
    ask('landscape');
  });

  const rowsOf = (/** @type {DrawnDescent} */ descent) => {
    const thinner = thinners(descent);
    const steps = thinner.steps(ROWS_PER_FRAME);
    const { length } = trackOf(picture, descent);
    const isCurrent = thinner.numTaken >= length;
    if (!isCurrent) ask('landscape', 'paths');
    return { steps, numDrawn: Math.min(numDrawn.get(descent.history) ?? 0, length), isCurrent };
  };
  const draw = () => {
    if (!isDrawn) return;
    const point = pointer && pointed(pointer);
    overlay.draw((context, scene) => {
      drawSceneMarks(context, scene, picture, rowsOf);
      const found = pointer && pathPointAt(scene, picture, pointer, rowsOf);
      if (found) drawPathPoint(context, scene, picture, found.descent, found.point);
      else if (point) drawPointed(context, scene, picture, point);
    });
  };

  /** @param {ReturnType<typeof pathTrace>[]} paths by slot */
  function apply(paths) {
    const rest = paths.map((_, slot) => slot).filter((slot) => !updateTrace(element, traceIndex.firstPath + slot, paths[slot]));
    isDirect = rest.length === 0;
    if (isDirect) return;
    const changes = rest.map((slot) => ({ x: paths[slot].x, y: paths[slot].y, z: paths[slot].z }));
    void restyle(element, rest.map((slot) => traceIndex.firstPath + slot), changes);
  }

  /** A frame of GL has been drawn: it shows what was handed over before. */
  function drawn() {
    for (const [history, length] of handed) numDrawn.set(history, length);
    handed = [];
    draw();
  }

  function drawPaths() {
    if (!isDrawn || (!isWhole(picture) && isCleared)) return;
    isCleared = !isWhole(picture);
    apply(pathsOf(picture, thinners));
    handed = picture.descents.map((descent) => [descent.history, thinners(descent).numTaken]);
    numUpdates += 1;
    meter.measure(performance.now());
  }

  async function render() {
    const place = { ...placeOf(element), covers: coversOf(stage) };
    const camera = cameraOf(element);
    const isMoved = camera !== null && firstCamera !== null && !isSameCamera(camera, firstCamera);
    if (!isMoved) firstCamera = cameraFor(picture, place);
    const figure = landscapeFigure(picture, { ...place, camera: isMoved ? camera : firstCamera });
    await drawFigure(element, figure, { plotGlPixelRatio: picture.isSoftwareGl ? 1 : 2 });
    listenToFrames(element, drawn);
    limitDistance(element, DISTANCES);
    isDrawn = true;
    isCleared = false;
    drawPaths();
    draw();
  }

  return {
    render,
    draw,
    drawPaths,
    interval: () => Math.max(meter.interval(), isDirect ? 0 : PUBLIC_INTERVAL),
    facts: () => ({ cost: meter.cost(), isDirect, numUpdates }),
    reset() {
      firstCamera = cameraFor(picture, { ...placeOf(element), covers: coversOf(stage) });
      void relayout(element, { 'scene.camera': firstCamera });
    },
    dispose() {
      stopClicks();
      stopHover();
      stopPinch();
      overlay.dispose();
      purge(element);
    },
  };
}

/** One thinner for each history and surface. @param {Picture} picture */
function createThinners(picture) {
  /** @type {WeakMap<object, {revision: number, thinner: PathThinner}>} */
  const known = new WeakMap();
  return (/** @type {DrawnDescent} */ descent) => {
    const { history } = descent;
    const found = known.get(history);
    if (found?.revision === picture.revision) return found.thinner;
    const [u, v] = spanOf(picture.surface).map(([low, high]) => TOLERANCE * (high - low));
    const thinner = new PathThinner(trackOf(picture, descent), isWhole(picture) ? PATH_BUDGET : FADING_BUDGET, [u, v]);
    known.set(history, { revision: picture.revision, thinner });
    return thinner;
  };
}

/** @param {Picture} picture @param {(descent: DrawnDescent) => PathThinner} thinners */
function pathsOf(picture, thinners) {
  return Array.from({ length: numSlots }, (_, slot) => {
    const descent = isWhole(picture) ? picture.descents.find((candidate) => candidate.slot === slot && candidate.visible) : null;
    const line = descent ? scenePath(picture, descent, thinners(descent).steps(ROWS_PER_FRAME)).line : null;
    return pathTrace(picture, slot, line, descent?.selected ?? false);
  });
}
