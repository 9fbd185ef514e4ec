/** Arrows of the negative gradient: a field over the map, and one at each head. Where a small step of plain SGD would go. */
import { drawArrow } from './brushes.js';
import { toLeft, toTop } from './projection.js';

/** @typedef {import('./projection.js').Box} Box */
/** @typedef {import('./picture.js').GradientField} GradientField */

const FIELD_LENGTH = 15;
/** Arrows closer than this, in pixels, are thinned out: every second, every third. */
const LEAST_SPACING = 19;

/** Of a row of arrows, one in so many is drawn. @param {import('./projection.js').Axis} axis @param {ArrayLike<number>} at */
export function fieldStride(axis, at) {
  if (at.length < 2) return 1;
  const spacing = (Math.abs(at[1] - at[0]) * axis.length) / Math.abs(axis.range[1] - axis.range[0]);
  return Math.max(1, Math.ceil(LEAST_SPACING / spacing));
}

/** Pixels of a move by (du, dv), as a unit vector; null where it has no direction. @param {Box} box @param {number} du @param {number} dv
 * @returns {[number, number] | null} */
export function pixelDirection({ x, y }, du, dv) {
  const dx = (du * x.length) / (x.range[1] - x.range[0]);
  const dy = (-dv * y.length) / (y.range[1] - y.range[0]);
  const length = Math.hypot(dx, dy);
  return length > 0 && Number.isFinite(length) ? [dx / length, dy / length] : null;
}

/** The arrow at a head: along the negative gradient, longer for a steeper place: 10 + 9 log10(1 + |g|) pixels.
 * @param {Box} box @param {[number, number]} slopes along u and v @param {number} gradNorm in all dimensions @returns {[number, number] | null} */
export function headArrow(box, slopes, gradNorm) {
  const direction = pixelDirection(box, -slopes[0], -slopes[1]);
  if (!direction || !Number.isFinite(gradNorm)) return null;
  const length = 10 + 9 * Math.log10(1 + gradNorm) + 6;
  return [direction[0] * length, direction[1] * length];
}

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {GradientField} field @param {import('../palette.js').Theme} theme
 * @param {(u: number, v: number) => boolean} hasValue whether there is a loss at a point: a formula may have slopes where it has no value */
export function drawField(context, box, field, theme, hasValue) {
  const style = { color: theme.field, outline: 'rgba(0,0,0,0)', width: 1.2, head: 5 };
  const [down, across] = [fieldStride(box.y, field.v), fieldStride(box.x, field.u)];
  for (let j = 0; j < field.v.length; j += down) {
    for (let i = 0; i < field.u.length; i += across) {
      const [du, dv] = [field.du[j][i], field.dv[j][i]];
      const direction = du === null || dv === null ? null : pixelDirection(box, -du, -dv);
      if (!direction || !hasValue(field.u[i], field.v[j])) continue;
      const [dx, dy] = [direction[0] * FIELD_LENGTH, direction[1] * FIELD_LENGTH];
      drawArrow(context, toLeft(box.x, field.u[i]) - dx / 2, toTop(box.y, field.v[j]) - dy / 2, dx, dy, style);
    }
  }
}
