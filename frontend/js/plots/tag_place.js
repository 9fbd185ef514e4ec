/** Where a tag stands: beside its point, within the axes, and over nothing that is to be seen. */

/** @typedef {import('./projection.js').Box} Box */
/** @typedef {[number, number]} Point */
/** @typedef {{x: number, y: number, width: number, height: number}} Rectangle */

const GAP = 12;
/** What stands for a point reaches this far from it. */
const REACH = 11;
const NUM_RINGS = 5;
/** Sides of the point in turn: right, left, below, above, and the corners. */
const SIDES = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [1, -1], [-1, 1], [-1, -1]];

/** @param {Rectangle} a @param {Rectangle} b */
function overlap(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Places in the order of preference: close to the point before farther away. @param {Box} box @param {Point} point
 * @param {{width: number, height: number}} size @returns {Rectangle[]} */
function candidates({ x, y }, [left, top], { width, height }) {
  const within = (/** @type {number} */ at, /** @type {import('./projection.js').Axis} */ axis, /** @type {number} */ length) =>
    Math.max(axis.offset + 2, Math.min(axis.offset + axis.length - length - 2, at));
  return Array.from({ length: NUM_RINGS }, (_, ring) => GAP + 1.4 * ring * height).flatMap((away) =>
    SIDES.map(([dx, dy]) => ({
      x: within(left + dx * (away + width / 2) - width / 2, x, width),
      y: within(top + dy * (away + height / 2) - height / 2, y, height),
      width,
      height,
    })),
  );
}

/**
 * @param {Box} box @param {Point} point @param {{width: number, height: number}} size
 * @param {Point[]} marks that are not to be covered @param {Rectangle[]} tags that stand already
 * @returns {Rectangle} where there is no free place, the one that covers least
 */
export function placeTag(box, point, size, marks, tags) {
  const taken = [...tags, ...[...marks, point].map(([x, y]) => ({ x: x - REACH, y: y - REACH, width: 2 * REACH, height: 2 * REACH }))];
  let [best, least] = [/** @type {Rectangle | null} */ (null), Infinity];
  for (const place of candidates(box, point, size)) {
    const covered = taken.reduce((sum, other) => sum + overlap(place, other), 0);
    if (covered < least) [best, least] = [place, covered];
    if (covered === 0) break;
  }
  return best ?? { x: point[0], y: point[1], ...size };
}
