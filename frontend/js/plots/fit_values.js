/** Values of a fit between the points of its grid, for the pointer. */

/** @typedef {import('./fit_data.js').Fit} Fit */
/** @typedef {import('./fit_data.js').FitData} FitData */

/** The place of a value among rising numbers: the index before it and the part of the way on; null where it is outside.
 * @param {ArrayLike<number>} at @param {number} value */
export function placeAmong(at, value) {
  const last = at.length - 1;
  if (last < 1 || !(value >= at[0] && value <= at[last])) return null;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle] <= value) low = middle;
    else high = middle;
  }
  return { before: low, part: (value - at[low]) / (at[high] - at[low]) };
}

/** A fitted curve at u; NaN outside the grid. @param {ArrayLike<number | null>} values @param {ArrayLike<number>} at @param {number} u */
export function curveAt(values, at, u) {
  const place = placeAmong(at, u);
  if (!place) return NaN;
  const [low, high] = [values[place.before] ?? NaN, values[place.before + 1] ?? NaN];
  return place.part === 0 ? low : low + place.part * (high - low);
}

/** The probability of each class at (u, v); null outside the grid. @param {Fit} fit @param {FitData} data @param {number} u @param {number} v
 * @returns {number[] | null} */
export function probabilitiesAt({ values, shape: [layers, rows, columns] }, { grid }, u, v) {
  const [x, y] = [placeAmong(grid?.u ?? [], u), placeAmong(grid?.v ?? [], v)];
  if (!x || !y) return null;
  const of = (/** @type {number} */ layer) => {
    const corner = layer * rows * columns + y.before * columns + x.before;
    const low = values[corner] + x.part * (values[corner + 1] - values[corner]);
    const high = values[corner + columns] + x.part * (values[corner + columns + 1] - values[corner + columns]);
    return low + y.part * (high - low);
  };
  const found = Array.from({ length: layers }, (_, layer) => of(layer));
  return layers === 1 ? [1 - found[0], found[0]] : found;
}

/** Where a curve of probabilities passes one half, linear in the log-odds between two points of the grid. @param {ArrayLike<number>} values
 * @param {ArrayLike<number>} at @returns {number[]} */
export function halfCrossings(values, at) {
  const odds = (/** @type {number} */ i) => Math.log(Math.max(values[i], 1e-7)) - Math.log(Math.max(1 - values[i], 1e-7));
  /** @type {number[]} */
  const found = [];
  for (let i = 0; i + 1 < values.length; i++) {
    const [before, after] = [odds(i), odds(i + 1)];
    if (before < 0 !== after < 0 && !Number.isNaN(before + after)) found.push(at[i] + ((0 - before) / (after - before)) * (at[i + 1] - at[i]));
  }
  return found;
}

/** How much of its row a count is. @param {ArrayLike<number>} counts row by row @param {number} size of the table @param {number} row @param {number} column */
export function rowShare(counts, size, row, column) {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += counts[row * size + i];
  return sum > 0 ? counts[row * size + column] / sum : NaN;
}
