/** The 3-D figure: a grey surface with lines of equal loss, a map of them on the floor, and traces for what moves on it. */
import { slotStyles } from '../palette.js';
import { heightOf, heightTicks } from './height.js';
import { fontFamily, textSize } from './picture.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').SurfaceData} SurfaceData */
/** @typedef {Record<string, unknown>} Fields */
/** The camera is where a reader has moved it. @typedef {import('./picture.js').Place & {camera: Fields | null}} ScenePlace */
/** @typedef {{x: number[], y: number[], z: number[]}} Line3d */

const FLOOR = 0.4;
const HEADROOM = 0.1;
const NUM_ISOLINES = 14;

/** Places of the traces in the figure: the surface, then one path a slot. */
export const traceIndex = { surface: 0, firstPath: 1 };
/** Plotly draws the tick labels of a scene larger than their font size says. */
const TICK_SIZE = 0.84;

/** The view from which all valleys are seen; farther away where the place is narrow. @param {import('./picture.js').Place} place */
export function cameraFor({ width, height }) {
  const away = 1.05 * Math.max(1, (1.12 * height) / width);
  return {
    eye: { x: 0.66 * away, y: 1.38 * away, z: 1.3 * away },
    center: { x: -0.01, y: -0.01, z: -0.2 },
    up: { x: 0, y: 0, z: 1 },
    projection: { type: 'perspective' },
  };
}

/** A point on the surface's lowest corner, for traces that have nothing to show: Plotly gives an empty trace no object
 * to update. @param {Picture} picture @returns {Line3d} */
export function anchor(picture) {
  const domain = picture.surface?.objective.domain ?? [[0, 1], [0, 1]];
  return { x: [domain[0][0]], y: [domain[1][0]], z: [picture.height.low] };
}

/** @param {Picture} picture @param {number} slot @param {Line3d | null} line @param {boolean} isSelected */
export function pathTrace(picture, slot, line, isSelected) {
  const width = isSelected ? 11 : 8;
  return { ...(line ?? anchor(picture)), line: { color: picture.theme.slots[slot], width, dash: slotStyles[slot].dash3d } };
}

/** @param {Picture} picture @param {SurfaceData} surface @returns {Fields} */
function surfaceTrace(picture, surface) {
  const { height, theme, labels, strings } = picture;
  const rows = /** @type {(number | null)[][]} */ (surface.z);
  const span = height.high - height.low;
  const width = picture.isSoftwareGl ? 1 : 2; // pixels of the GL canvas, which is finer with a graphics card
  const isoline = { color: theme.isoline, width, start: height.low, end: height.high, size: span / NUM_ISOLINES };
  return {
    type: 'surface',
    x: surface.u,
    y: surface.v,
    z: rows.map((row) => row.map((loss) => heightOf(height, loss ?? NaN))),
    customdata: rows,
    hovertemplate: hoverTemplate(labels.x, labels.y, strings.loss),
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

/** @param {string} x @param {string} y @param {string} loss */
export function hoverTemplate(x, y, loss) {
  return `${x} %{x:.3f}<br>${y} %{y:.3f}<br>${loss} %{customdata:.5g}<extra></extra>`;
}

/** @param {Picture} picture @param {number} size @param {string} title @param {Fields} fields @returns {Fields} */
function sceneAxis(picture, size, title, fields) {
  const { theme } = picture;
  return {
    title: { text: title, font: { size: size + 2, color: theme.text } },
    tickfont: { size: TICK_SIZE * size, color: theme.muted },
    showbackground: false,
    gridcolor: theme.grid,
    gridwidth: 1,
    zeroline: false,
    showspikes: false,
    autorange: false,
    nticks: 6,
    ...fields,
  };
}

/** @param {Picture} picture @param {SurfaceData} surface @param {ScenePlace} place @returns {Fields} */
function sceneOf(picture, surface, place) {
  const { height, labels, strings } = picture;
  const size = textSize(place.width);
  const span = height.high - height.low;
  const range = [height.low - FLOOR * span, height.high + HEADROOM * span];
  const { domain } = surface.objective;
  return {
    xaxis: sceneAxis(picture, size, labels.x, { range: domain[0] }),
    yaxis: sceneAxis(picture, size, labels.y, { range: domain[1] }),
    zaxis: sceneAxis(picture, size, strings.loss, { range, tickmode: 'array', ...heightTicks(height) }),
    aspectmode: 'manual',
    aspectratio: { x: 1.15, y: 1.15, z: 0.56 },
    camera: place.camera ?? cameraFor(place),
    dragmode: 'turntable',
    hovermode: picture.isSoftwareGl ? false : 'closest',
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
      hoverlabel: hoverLabel(theme),
      scene: sceneOf(picture, surface, place),
    },
  };
}

/** @param {import('../palette.js').Theme} theme */
export function hoverLabel(theme) {
  return { bgcolor: theme.card, bordercolor: theme.cardLine, font: { color: theme.text, size: 13 } };
}
