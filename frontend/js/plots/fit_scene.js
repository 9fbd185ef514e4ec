/** What the painters of the fit view share. */

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./fit_data.js').FitData} FitData */
/** @typedef {import('./fit_data.js').Fit} Fit */
/** @typedef {import('./fit_data.js').Mark} Mark */
/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {import('./pointer.js').Place} Place */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {{descent: DrawnDescent, fit: Fit}} DrawnFit */

/**
 * @typedef {object} Scene one frame of the fit view
 * @property {Picture} picture
 * @property {FitData} data
 * @property {Mark[]} marks the same array for the same data
 * @property {DrawnFit[]} drawn in the order of drawing
 * @property {DrawnFit | null} shown whose regions or counts are shown
 * @property {ReturnType<typeof import('./fit_points.js').createPointLayer>} drawPointLayer
 * @property {ReturnType<typeof import('./fit_field.js').createFieldImage>} drawFieldImage
 */

/** What a kind draws, and what it says of a place under the pointer; `mark` draws that place. @typedef {{
 *   paint: (context: Context, box: Box, scene: Scene) => void,
 *   mark: (context: Context, box: Box, scene: Scene, pointer: Place) => void,
 *   lines: (box: Box, scene: Scene, pointer: Place) => import('./tag.js').Line[]}} Painter */

/** A line across or along the axes. @param {Context} context @param {[number, number]} from @param {[number, number]} to
 * @param {{color: string, width?: number, dash?: number[]}} style in pixels */
export function drawRule(context, from, to, { color, width = 1.5, dash = [] }) {
  context.setLineDash(dash);
  context.lineCap = 'butt';
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
  context.setLineDash([]);
}

/** A share as people read it. @param {number | null} share */
export function percent(share) {
  if (share === null || !Number.isFinite(share)) return '\u2013';
  const rounded = Math.round(share * 1000) / 10;
  return `${rounded === 100 || rounded === 0 ? rounded : rounded.toFixed(1)} %`;
}
