/** Joins segments that share ends into lines, so that a dash runs on along the whole line. */

/** Lines one after another, with NaN between them. @typedef {{x: number[], y: number[]}} Lines */

/** @param {[number, number][]} segments pairs of names @returns {Map<number, number[]>} the neighbours of each name */
function neighboursOf(segments) {
  /** @type {Map<number, number[]>} */
  const neighbours = new Map();
  const add = (/** @type {number} */ from, /** @type {number} */ to) => {
    const found = neighbours.get(from);
    if (found) found.push(to);
    else neighbours.set(from, [to]);
  };
  for (const [a, b] of segments) {
    add(a, b);
    add(b, a);
  }
  return neighbours;
}

/** Take one neighbour of a name away, and this name from that neighbour. @param {Map<number, number[]>} neighbours @param {number} from */
function takeNext(neighbours, from) {
  const to = neighbours.get(from)?.pop();
  if (to === undefined) return null;
  const back = neighbours.get(to) ?? [];
  back.splice(back.indexOf(from), 1);
  return to;
}

/**
 * @param {Map<number, [number, number]>} points by name
 * @param {[number, number][]} segments pairs of names, each pair once
 * @returns {Lines} open lines first; a closed one ends where it began
 */
export function joinSegments(points, segments) {
  const neighbours = neighboursOf(segments);
  /** @type {Lines} */
  const lines = { x: [], y: [] };
  const add = (/** @type {[number, number]} */ [x, y]) => {
    lines.x.push(x);
    lines.y.push(y);
  };
  const follow = (/** @type {number} */ start, /** @type {(name: number) => boolean} */ isEnd) => {
    for (let next = takeNext(neighbours, start); next !== null; next = isEnd(next) ? null : takeNext(neighbours, next)) add(points.get(next) ?? [NaN, NaN]);
  };
  const isJunction = new Set([...neighbours].filter(([, others]) => others.length !== 2).map(([name]) => name));
  for (const start of [...isJunction, ...neighbours.keys()]) {
    while ((neighbours.get(start)?.length ?? 0) > 0) {
      add(points.get(start) ?? [NaN, NaN]);
      follow(start, (name) => isJunction.has(name));
      add([NaN, NaN]);
    }
  }
  return lines;
}
