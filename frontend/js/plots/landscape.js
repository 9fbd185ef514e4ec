/** The 3-D figure: a grey surface with lines of equal loss, a map of them on the floor, and traces for what moves on it. */
import { slotStyles } from '../palette.js';
import { cameraFor, stanceFor } from './camera.js';
import { drawnHeights } from './gaps.js';
import { heightTicks } from './height.js';
import { fontFamily, spanOf } from './picture.js';
import { ticksWithin } from './scene_axes.js';
import { boxOf } from './scene_box.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').SurfaceData} SurfaceData */
/** @typedef {Record<string, unknown>} Fields */
/** The camera is where a reader has moved it. @typedef {import('./camera.js').CoveredPlace & {camera: Fields | null}} ScenePlace */
/** @typedef {{x: number[], y: number[], z: number[]}} Line3d */

/** Most lines of equal loss, and most that cross one row of the surface: narrow gullies would be filled with them. */
const MOST_ISOLINES = 14;
const LEAST_ISOLINES = 5;
const MOST_CROSSINGS = 46;

/** Places of the traces in the figure: the surface, then one path a slot. */
export const traceIndex = { surface: 0, firstPath: 1 };

/** How many lines of equal loss the surface bears. @param {Picture} picture */
export function numIsolines({ surface, height }) {
  const { low, high } = height;
  const rows = surface ? drawnHeights(surface, height) : [];
  const rises = rows.map((row) => {
    const heights = Array.from(row, (at) => Math.min(high, Math.max(low, at)));
    return heights.reduce((sum, at, i) => sum + (i > 0 ? Math.abs(at - heights[i - 1]) || 0 : 0), 0);
  });
  const mean = rises.reduce((sum, rise) => sum + rise, 0) / rises.length / (high - low);
  return Math.round(Math.min(MOST_ISOLINES, Math.max(LEAST_ISOLINES, MOST_CROSSINGS / mean)));
}

/** A point on the surface's lowest corner, for traces that have nothing to show: Plotly gives an empty trace no object
 * to update. @param {Picture} picture @returns {Line3d} */
export function anchor(picture) {
  const [[u], [v]] = spanOf(picture.surface);
  return { x: [u], y: [v], z: [picture.height.low] };
}

/** @param {Picture} picture @param {number} slot @param {Line3d | null} line @param {boolean} isSelected */
export function pathTrace(picture, slot, line, isSelected) {
  const width = isSelected ? 11 : 8;
  return { ...(line ?? anchor(picture)), line: { color: picture.theme.slots[slot], width, dash: slotStyles[slot].dash3d } };
}

/** @param {Picture} picture @param {SurfaceData} surface @returns {Fields} */
function surfaceTrace(picture, surface) {
  const { height, theme } = picture;
  const span = height.high - height.low;
  const width = picture.isSoftwareGl ? 1 : 2; // pixels of the GL canvas, which is finer with a graphics card
  const isoline = { color: theme.isoline, width, start: height.low, end: height.high, size: span / numIsolines(picture) };
  return {
    type: 'surface',
    x: surface.u,
    y: surface.v,
    z: drawnHeights(surface, height),
    hoverinfo: 'skip',
    colorscale: theme.surface,
    cmin: height.low,
    cmax: height.high,
    showscale: false,
    contours: {
      x: { highlight: false },
      y: { highlight: false },
      z: { show: true, usecolormap: false, highlight: false, project: { z: true }, ...isoline },
    },
    lighting: { ambient: 0.62, diffuse: 0.75, specular: 0.12, roughness: 0.85, fresnel: 0.05 },
    lightposition: { x: -800, y: -1200, z: 2500 },
  };
}

/** Its numbers and title are drawn over the figure. @param {Picture} picture @param {Fields} fields @returns {Fields} */
function sceneAxis({ theme }, fields) {
  return {
    title: { text: '' },
    showticklabels: false,
    showbackground: false,
    gridcolor: theme.grid,
    gridwidth: 1,
    zeroline: false,
    showspikes: false,
    autorange: false,
    ...fields,
  };
}

/** @param {Picture} picture @param {ScenePlace} place @returns {Fields} */
function sceneOf(picture, place) {
  const [x, y, z] = boxOf(picture);
  const [first, second, third] = stanceFor(picture, place).sides;
  return {
    xaxis: sceneAxis(picture, { range: x, tickmode: 'array', tickvals: ticksWithin(x) }),
    yaxis: sceneAxis(picture, { range: y, tickmode: 'array', tickvals: ticksWithin(y) }),
    zaxis: sceneAxis(picture, { range: z, tickmode: 'array', tickvals: heightTicks(picture.height).tickvals }),
    aspectmode: 'manual',
    aspectratio: { x: first, y: second, z: third },
    camera: place.camera ?? cameraFor(picture, place),
    dragmode: 'turntable',
    hovermode: false,
    bgcolor: picture.theme.paper,
  };
}

/** @param {Picture} picture @param {ScenePlace} place */
export function landscapeFigure(picture, place) {
  const { surface, theme } = picture;
  if (!surface) throw new Error('missing surface');
  const still = { type: 'scatter3d', hoverinfo: 'skip', showlegend: false };
  const paths = slotStyles.map((_, slot) => ({ ...still, mode: 'lines', ...pathTrace(picture, slot, null, false) }));
  return {
    data: [surfaceTrace(picture, surface), ...paths],
    layout: {
      width: place.width,
      height: place.height,
      margin: { l: 0, r: 0, t: 0, b: 0 },
      paper_bgcolor: theme.paper,
      font: { family: fontFamily, color: theme.text },
      scene: sceneOf(picture, place),
    },
  };
}
