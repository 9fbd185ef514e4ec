/** The 3-D figure: a grey surface with lines of equal loss, a map of them on the floor, and traces for what moves on it. */
import { numSlots, slotStyles } from "../palette.js";
import { heightOf, heightTicks } from "./height.js";
import { textSize } from "./picture.js";

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./picture.js").SurfaceData} SurfaceData */
/** @typedef {Record<string, unknown>} Fields */
/** @typedef {{x: number[], y: number[], z: number[]}} Line3d */
/** @typedef {{x: number, y: number, z: number, color: string, symbol: string, size: number, outline: string}} Spot */

const HIDDEN = "rgba(0,0,0,0)";
const FLOOR = 0.4;
const HEADROOM = 0.1;
const NUM_ISOLINES = 14;

/** Places of the traces in the figure: the surface, one path a slot, all heads, all marks. */
export const traceIndex = { surface: 0, firstPath: 1, heads: 1 + numSlots, marks: 2 + numSlots };

/** The view from which all valleys are seen. */
export const camera = {
  eye: { x: 0.66, y: 1.38, z: 1.3 },
  center: { x: 0.04, y: -0.02, z: -0.2 },
  up: { x: 0, y: 0, z: 1 },
  projection: { type: "perspective" },
};

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

/** @param {Picture} picture @param {Spot[]} spots */
export function spotsTrace(picture, spots) {
  const none = anchor(picture);
  const hidden = { x: none.x[0], y: none.y[0], z: none.z[0], color: HIDDEN, symbol: "circle", size: 1, outline: HIDDEN };
  const shown = spots.length > 0 ? spots : [hidden];
  const column = (/** @type {keyof Spot} */ name) => shown.map((spot) => spot[name]);
  return {
    x: column("x"),
    y: column("y"),
    z: column("z"),
    marker: {
      color: column("color"),
      symbol: column("symbol"),
      size: column("size"),
      opacity: 1,
      line: { color: column("outline"), width: 2 },
    },
  };
}

/** @param {Picture} picture @param {SurfaceData} surface @returns {Fields} */
function surfaceTrace(picture, surface) {
  const { height, theme, labels, strings } = picture;
  const rows = /** @type {(number | null)[][]} */ (surface.z);
  const span = height.high - height.low;
  const isoline = { color: theme.isoline, width: 2, start: height.low, end: height.high, size: span / NUM_ISOLINES };
  return {
    type: "surface",
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
    tickfont: { size, color: theme.muted },
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

/** @param {Picture} picture @param {SurfaceData} surface @param {number} width @returns {Fields} */
function sceneOf(picture, surface, width) {
  const { height, labels, strings } = picture;
  const size = textSize(width);
  const span = height.high - height.low;
  const range = [height.low - FLOOR * span, height.high + HEADROOM * span];
  const ticks = height.kind === "log" ? heightTicks(height) : { tickvals: linearTicks(height) };
  const { domain } = surface.objective;
  return {
    xaxis: sceneAxis(picture, size, labels.x, { range: domain[0] }),
    yaxis: sceneAxis(picture, size, labels.y, { range: domain[1] }),
    zaxis: sceneAxis(picture, size, strings.loss, { range, tickmode: "array", ...ticks }),
    aspectmode: "manual",
    aspectratio: { x: 1.15, y: 1.15, z: 0.56 },
    camera,
    dragmode: "turntable",
    hovermode: picture.isSoftwareGl ? false : "closest",
    bgcolor: picture.theme.paper,
    uirevision: "camera",
  };
}

/** Ticks on the surface only, not down to the floor. @param {import("./height.js").Height} height */
function linearTicks(height) {
  const step = (height.high - height.low) / 4;
  const power = 10 ** Math.floor(Math.log10(step));
  const nice = ([1, 2, 2.5, 5, 10].find((part) => part * power >= step) ?? 10) * power;
  const first = Math.ceil(height.low / nice - 1e-9);
  const count = Math.floor(height.high / nice + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * nice).toPrecision(12)));
}

/** @param {Picture} picture @param {number} width of the element, in pixels */
export function landscapeFigure(picture, width) {
  const { surface, theme } = picture;
  if (!surface) throw new Error("missing surface");
  const still = { type: "scatter3d", hoverinfo: "skip", showlegend: false };
  const paths = slotStyles.map((_, slot) => ({ ...still, mode: "lines", ...pathTrace(picture, slot, null, false) }));
  const spots = [0, 1].map(() => ({ ...still, mode: "markers", ...spotsTrace(picture, []) }));
  return {
    data: [surfaceTrace(picture, surface), ...paths, ...spots],
    layout: {
      autosize: true,
      margin: { l: 0, r: 0, t: 0, b: 0 },
      paper_bgcolor: theme.paper,
      font: { family: "Inter, system-ui, sans-serif", color: theme.text },
      hoverlabel: hoverLabel(theme),
      scene: sceneOf(picture, surface, width),
      uirevision: "camera",
    },
  };
}

/** @param {import("../palette.js").Theme} theme */
export function hoverLabel(theme) {
  return { bgcolor: theme.card, bordercolor: theme.cardLine, font: { color: theme.text, size: 13 } };
}
