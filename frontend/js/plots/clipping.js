/** Cuts a path to a box. Points far outside would ruin the scale of a 3-D scene and the antialiasing of a canvas. */

/** @typedef {[number, number]} Interval */
/** A path as one array per coordinate; NaN in any of them is a gap. @typedef {number[][]} Path */
/** @typedef {{path: Path, isInside: boolean, end: number[] | null}} ClippedPath
 * isInside: the newest finite point is within the box; end: that point, or where the path last left the box */

/**
 * The part of the segment a-b within the box, as two fractions of its length; null where there is none.
 * Source: Liang and Barsky, 'A new concept and method for line clipping', 1984.
 * @param {number[]} a @param {number[]} b @param {Interval[]} box
 * @returns {[number, number] | null}
 */
export function clipSegment(a, b, box) {
  let [from, to] = [0, 1];
  for (let axis = 0; axis < box.length; axis++) {
    const delta = b[axis] - a[axis];
    const [low, high] = [box[axis][0] - a[axis], box[axis][1] - a[axis]];
    if (delta === 0) {
      if (low > 0 || high < 0) return null;
      continue;
    }
    const [enter, leave] = delta > 0 ? [low / delta, high / delta] : [high / delta, low / delta];
    from = Math.max(from, enter);
    to = Math.min(to, leave);
    if (from > to) return null;
  }
  return [from, to];
}

/** @param {number[]} a @param {number[]} b @param {number} part */
function between(a, b, part) {
  if (part === 0) return a;
  if (part === 1) return b;
  return a.map((value, axis) => value + part * (b[axis] - value));
}

/**
 * The pieces of a path that lie within the box, with NaN between pieces.
 * @param {Path} path @param {Interval[]} box one interval per coordinate
 * @returns {ClippedPath}
 */
export function clipPath(path, box) {
  /** @type {Path} */
  const out = path.map(() => []);
  const add = (/** @type {number[]} */ point) => point.forEach((value, axis) => out[axis].push(value));
  /** @type {number[] | null} */ let previous = null;
  /** @type {number[] | null} */ let end = null;
  let isOpen = false;
  let isInside = false;
  for (let i = 0; i < path[0].length; i++) {
    const point = path.map((column) => column[i]);
    if (!point.every(Number.isFinite)) {
      if (isOpen) add(point.map(() => NaN));
      [previous, isOpen] = [null, false];
      continue;
    }
    const part = clipSegment(previous ?? point, point, box);
    isInside = part !== null && part[1] === 1;
    if (part) {
      if (!isOpen || part[0] > 0) {
        if (isOpen) add(point.map(() => NaN));
        add(between(previous ?? point, point, part[0]));
      }
      end = between(previous ?? point, point, part[1]);
      if (previous) add(end);
      isOpen = isInside;
      if (!isOpen) add(point.map(() => NaN));
    } else isOpen = false;
    previous = point;
  }
  return { path: out, isInside, end };
}
