/** From data to pixels of a plot and back, as Plotly's own axes map them. */

/** Where an axis lies in the element, in CSS pixels, and what it spans. On a log axis the range holds log10 of the values.
 * @typedef {{offset: number, length: number, range: [number, number], isLog: boolean}} Axis */

/** @typedef {{x: Axis, y: Axis}} Box */

/** Pixel from the left. @param {Axis} axis @param {number} value */
export function toLeft(axis, value) {
  const at = axis.isLog ? Math.log10(value) : value;
  return axis.offset + ((at - axis.range[0]) / (axis.range[1] - axis.range[0])) * axis.length;
}

/** Pixel from the top: y axes point up. @param {Axis} axis @param {number} value */
export function toTop(axis, value) {
  const at = axis.isLog ? Math.log10(value) : value;
  return axis.offset + ((axis.range[1] - at) / (axis.range[1] - axis.range[0])) * axis.length;
}

/** Data at a pixel; the inverse of `toLeft` and `toTop`. @param {Box} box @param {number} left @param {number} top @returns {[number, number]} */
export function toData(box, left, top) {
  const { x, y } = box;
  const u = x.range[0] + ((left - x.offset) / x.length) * (x.range[1] - x.range[0]);
  const v = y.range[1] - ((top - y.offset) / y.length) * (y.range[1] - y.range[0]);
  return [x.isLog ? 10 ** u : u, y.isLog ? 10 ** v : v];
}

/** @param {Box} box @param {number} left @param {number} top */
export function isWithin(box, left, top) {
  const { x, y } = box;
  return left >= x.offset && left <= x.offset + x.length && top >= y.offset && top <= y.offset + y.length;
}

/** The box in pixels, grown by `margin` on every side, as intervals for clipping. @param {Box} box @param {number} margin
 * @returns {[number, number][]} */
export function pixelBox(box, margin = 0) {
  const { x, y } = box;
  return [
    [x.offset - margin, x.offset + x.length + margin],
    [y.offset - margin, y.offset + y.length + margin],
  ];
}
