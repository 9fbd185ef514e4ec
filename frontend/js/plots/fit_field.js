/** The classes that a fit gives to the plane, as a soft ground: the surer, the fuller. */
import { oddsOf } from './fit_odds.js';

/** @typedef {import('./fit_data.js').Fit} Fit */
/** @typedef {import('./fit_odds.js').Odds} Odds */
/** @typedef {import('../palette.js').Theme} Theme */

/** Opacity of the ground where two classes are as probable, and where one is certain. */
const OPACITIES = [0.09, 0.4];
/** Steps of opacity, and the log-odds at which nothing more is to be seen. */
const NUM_STEPS = 64;
const MOST_ODDS = 4.5;
/** Points of the picture for each of the grid's: between them a canvas mixes colours. */
const FINENESS = 3;
/** Classes from which on the picture is as coarse as the grid's, twice. */
const MANY_CLASSES = 5;

/** @param {string} hex @returns {[number, number, number]} */
export function channels(hex) {
  return [parseInt(hex.slice(1, 3), 16), parseInt(hex.slice(3, 5), 16), parseInt(hex.slice(5, 7), 16)];
}

/** Colours by class and sureness, as canvas pixels. @param {Theme} theme @param {number} numClasses */
function shadesOf(theme, numClasses) {
  const shades = new Uint8ClampedArray(4 * NUM_STEPS * numClasses);
  for (let c = 0; c < numClasses; c++) {
    for (let step = 0; step < NUM_STEPS; step++) {
      const [low, high] = OPACITIES;
      const opacity = low + (high - low) * Math.tanh((2.2 * step) / NUM_STEPS);
      shades.set([...channels(theme.classes[c % theme.classes.length]), 255 * opacity], 4 * (c * NUM_STEPS + step));
    }
  }
  return new Uint32Array(shades.buffer);
}

/** Where a finer row or column lies in the grid: the point before it, and how far it is on to the next. @param {number} count @param {number} fineness */
function placesIn(count, fineness) {
  const last = Math.max(1, count - 1);
  return Array.from({ length: last * fineness + 1 }, (_, i) => {
    const before = Math.min(last - 1, Math.floor(i / fineness));
    return { before, part: i / fineness - before };
  });
}

/** The picture of a field, from the top row of v down. @param {Fit} fit of kind `regions` @param {Theme} theme
 * @returns {{pixels: Uint32Array, width: number, height: number}} */
export function fieldPixels(fit, theme) {
  const odds = oddsOf(fit);
  const fineness = odds.numClasses < MANY_CLASSES ? FINENESS : 2;
  const [across, up] = [placesIn(odds.columns, fineness), placesIn(odds.rows, fineness)];
  const shades = shadesOf(theme, odds.numClasses);
  const pixels = new Uint32Array(across.length * up.length);
  let at = 0;
  for (const v of up.reverse()) for (const u of across) pixels[at++] = shadeAt(odds, shades, u, v);
  return { pixels, width: across.length, height: up.length };
}

/** @param {Odds} odds @param {Uint32Array} shades @param {{before: number, part: number}} u @param {{before: number, part: number}} v */
function shadeAt({ numClasses, columns, rows, logs }, shades, u, v) {
  const corner = v.before * columns + u.before;
  let [best, first, second] = [-1, -Infinity, -Infinity];
  for (let c = 0; c < numClasses; c++) {
    const i = c * columns * rows + corner;
    const low = logs[i] + u.part * (logs[i + 1] - logs[i]);
    const high = logs[i + columns] + u.part * (logs[i + columns + 1] - logs[i + columns]);
    const here = low + v.part * (high - low);
    if (here > first) [best, second, first] = [c, first, here];
    else if (here > second) second = here;
  }
  if (best < 0) return 0;
  return shades[best * NUM_STEPS + Math.min(NUM_STEPS - 1, Math.floor(((first - second) / MOST_ODDS) * NUM_STEPS))];
}

/** Draws the newest field, made once for each fit and theme. */
export function createFieldImage() {
  const canvas = document.createElement('canvas');
  /** @type {{fit: Fit, theme: Theme} | null} */
  let made = null;

  /** @param {Fit} fit @param {Theme} theme */
  function make(fit, theme) {
    const { pixels, width, height } = fieldPixels(fit, theme);
    Object.assign(canvas, { width, height });
    const bytes = new Uint8ClampedArray(/** @type {ArrayBuffer} */ (pixels.buffer));
    canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0);
    made = { fit, theme };
  }

  /** @param {CanvasRenderingContext2D} context @param {Fit} fit @param {Theme} theme
   * @param {{left: number, top: number, width: number, height: number}} place between the outermost points of the grid */
  return (context, fit, theme, { left, top, width, height }) => {
    if (made?.fit !== fit || made.theme !== theme) make(fit, theme);
    // The middle of an outermost pixel stands for an outermost point of the grid.
    const [dx, dy] = [width / (canvas.width - 1), height / (canvas.height - 1)];
    context.imageSmoothingEnabled = true;
    context.drawImage(canvas, left - dx / 2, top - dy / 2, width + dx, height + dy);
  };
}
