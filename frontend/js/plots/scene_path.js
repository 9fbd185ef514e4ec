/** From the history of a descent to a line and a head on the 3-D surface. */
import { slotStyles } from "../palette.js";
import { clipPath } from "./clipping.js";
import { heightOf } from "./height.js";

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./picture.js").DrawnDescent} DrawnDescent */
/** @typedef {import("./landscape.js").Line3d} Line3d */
/** @typedef {import("./landscape.js").Spot} Spot */

/** Parts of the height by which paths and heads float: enough not to sink into the surface, each path a little higher. */
const LIFT = 0.02;
const STAGGER = 0.25;
const HEAD_LIFT = 0.03;

/** @param {Picture} picture @returns {[number, number][]} */
function sceneBox(picture) {
  const { height, surface } = picture;
  const span = height.high - height.low;
  const domain = /** @type {[number, number][]} */ (surface?.objective.domain ?? []);
  return [domain[0], domain[1], [height.low - 0.01 * span, height.high + 0.02 * span]];
}

/** @param {Picture} picture @param {number} slot */
function liftOf(picture, slot) {
  return (picture.height.high - picture.height.low) * LIFT * (1 + STAGGER * slot);
}

/**
 * The drawn part of a path: within the domain, lifted; and the head, as long as the descent is there to be seen.
 * @param {Picture} picture @param {DrawnDescent} descent @param {number[]} steps the rows to draw
 * @returns {{line: Line3d | null, head: Spot | null}}
 */
export function scenePath(picture, descent, steps) {
  const { history, slot } = descent;
  const columns = [
    steps.map((step) => history.theta(step, 0)),
    steps.map((step) => history.theta(step, 1)),
    steps.map((step) => heightOf(picture.height, history.loss(step))),
  ];
  const { path, isInside, end } = clipPath(columns, sceneBox(picture));
  const lift = liftOf(picture, slot);
  const line = path[0].length > 0 ? { x: path[0], y: path[1], z: path[2].map((z) => z + lift) } : null;
  return { line, head: end && headSpot(picture, descent, end, isInside && descent.state !== "diverged", lift) };
}

/** @param {Picture} picture @param {DrawnDescent} descent @param {number[]} end @param {boolean} isThere @param {number} lift
 * @returns {Spot} */
function headSpot(picture, descent, end, isThere, lift) {
  const { theme, height } = picture;
  const [x, y, z] = end;
  return {
    x,
    y,
    z: z + lift + HEAD_LIFT * (height.high - height.low),
    color: theme.slots[descent.slot],
    symbol: isThere ? slotStyles[descent.slot].symbol3d : "cross",
    size: descent.selected ? 14 : 11,
    outline: theme.markOutline,
  };
}

/** Height of the grid cell around a point, or null outside. @param {Picture} picture @param {number[]} theta */
export function surfaceHeight(picture, theta) {
  const { surface, height } = picture;
  if (!surface || !surface.v || theta.length !== 2) return null;
  const rows = /** @type {(number | null)[][]} */ (surface.z);
  const [i, j] = [nearest(surface.u, theta[0]), nearest(surface.v, theta[1])];
  if (i < 0 || j < 0) return null;
  const at = heightOf(height, rows[j][i] ?? NaN);
  return Number.isFinite(at) ? at : null;
}

/** @param {ArrayLike<number>} axis evenly spaced @param {number} value */
function nearest(axis, value) {
  const part = (value - axis[0]) / (axis[axis.length - 1] - axis[0]);
  return part >= 0 && part <= 1 ? Math.round(part * (axis.length - 1)) : -1;
}

/** Diamonds at the known minima and a dot at the start. @param {Picture} picture @returns {Spot[]} */
export function markSpots(picture) {
  const { theme, surface, height, start } = picture;
  const span = height.high - height.low;
  const mark = { color: theme.mark, outline: theme.markOutline };
  /** @type {Spot[]} */
  const spots = (surface?.objective.minima ?? []).map(({ theta, loss }) => {
    return { ...mark, x: theta[0], y: theta[1], z: heightOf(height, loss) + 0.03 * span, symbol: "diamond", size: 9 };
  });
  const at = start && surfaceHeight(picture, start);
  if (start && at !== null) spots.push({ ...mark, x: start[0], y: start[1], z: at + 0.03 * span, symbol: "circle", size: 8 });
  return spots;
}
