/**
 * Where the most probable class changes, as lines through the grid of a fit.
 *
 * Every cell is cut into two triangles. On an edge whose ends have different classes, the boundary is where the log-odds of the two,
 * linear along the edge, are zero: exact for a linear model. A triangle with three classes has a point where three boundaries meet.
 * So each boundary comes once, whatever the number of classes, and ends only at the border of the grid or in such a point.
 */
import { joinSegments } from './fit_lines.js';
import { oddsOf } from './fit_odds.js';

/** @typedef {import('./fit_odds.js').Odds} Odds */
/** @typedef {import('./fit_lines.js').Lines} Lines */

/** @type {WeakMap<object, Lines>} */
const known = new WeakMap();

/** The boundaries in units of grid columns and rows. @param {import('./fit_data.js').Fit} fit of kind `regions` @returns {Lines} */
export function boundaryLines(fit) {
  const found = known.get(fit) ?? joinSegments(...segmentsOf(oddsOf(fit)));
  known.set(fit, found);
  return found;
}

/** @param {Odds} odds @returns {[Map<number, [number, number]>, [number, number][]]} points by name, and pairs of names */
export function segmentsOf(odds) {
  const { columns, rows, top } = odds;
  /** @type {Map<number, [number, number]>} */
  const points = new Map();
  /** @type {[number, number][]} */
  const segments = [];
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const [a, b] = [j * columns + i, j * columns + i + 1];
      const [c, d] = [a + columns, b + columns];
      if (top[a] === top[b] && top[a] === top[c] && top[a] === top[d]) continue;
      cutTriangle(odds, [a, b, d], points, segments);
      cutTriangle(odds, [a, c, d], points, segments);
    }
  }
  return [points, segments];
}

/** @param {Odds} odds @param {[number, number, number]} corners @param {Map<number, [number, number]>} points @param {[number, number][]} segments */
function cutTriangle(odds, corners, points, segments) {
  const [p, q, r] = corners;
  if (odds.top[p] < 0 || odds.top[q] < 0 || odds.top[r] < 0) return;
  const crossings = [[p, q], [q, r], [p, r]].flatMap(([from, to]) => {
    if (odds.top[from] === odds.top[to]) return [];
    const name = from * 2 * odds.columns + (to - from);
    if (!points.has(name)) points.set(name, crossing(odds, from, to));
    return [name];
  });
  if (crossings.length === 2) segments.push([crossings[0], crossings[1]]);
  if (crossings.length < 3) return;
  const meeting = -1 - (2 * p + (q - p === 1 ? 0 : 1));
  points.set(meeting, centre(crossings.map((name) => points.get(name) ?? [NaN, NaN])));
  for (const name of crossings) segments.push([name, meeting]);
}

/** @param {Odds} odds @param {number} from @param {number} to @returns {[number, number]} */
function crossing({ columns, rows, logs, top }, from, to) {
  const size = columns * rows;
  const ahead = (/** @type {number} */ at) => logs[top[from] * size + at] - logs[top[to] * size + at];
  const [start, end] = [ahead(from), ahead(to)];
  const part = start === end ? 0.5 : start / (start - end);
  const [x, y] = [from % columns, Math.floor(from / columns)];
  return [x + part * ((to % columns) - x), y + part * (Math.floor(to / columns) - y)];
}

/** @param {[number, number][]} points @returns {[number, number]} */
function centre(points) {
  const mean = (/** @type {0 | 1} */ axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return [mean(0), mean(1)];
}
