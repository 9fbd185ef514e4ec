/** Data and what descents have made of them, as the server gives both. */

/** @typedef {{x: number[][], y: number[]}} Points y: numbers, or class indices */

/**
 * @typedef {object} FitData the answer of POST /api/data
 * @property {'curve' | 'regions' | 'parity' | 'confusion'} kind
 * @property {'regression' | 'classification'} task
 * @property {string[]} inputs
 * @property {string} target
 * @property {string[] | null} classes
 * @property {Points} train
 * @property {Points | null} test
 * @property {{u: number[], v: number[] | null} | null} grid where a fit is known
 * @property {{y: (number | null)[]} | null} truth on grid.u, without noise
 */

/** What one descent makes of the data at one step; `values` as the kind has them, NaN where there is none.
 * @typedef {{step: number, values: ArrayLike<number>, shape: number[], train_accuracy: number | null, test_accuracy: number | null}} Fit */

/** A reader adds points by clicks and takes them away. @typedef {{task: FitData['task'], classes: string[] | null, activeClass: number}} Editing */

/** What is told of a clicked point. @typedef {{part: 'train' | 'test', index: number, x: number[], y: number}} PickedPoint */

/**
 * @typedef {object} Fitting all that the fit view shows; only `plots.js` writes it
 * @property {FitData | null} data
 * @property {Map<number, Fit>} fits by slot
 * @property {Editing | null} editing
 * @property {number} revision grows with each new kind of data: zooms are forgotten
 * @property {(u: number, v: number) => void} onPointAdded
 * @property {(index: number, point: PickedPoint) => void} onPointRemoved
 */

/** @typedef {import('./picture.js').DrawnDescent} DrawnDescent */

/** One point to draw. `group`: its class, or 0. @typedef {{u: number, v: number, group: number, isTest: boolean}} Mark */

/** The span of an empty plane that waits for points. @type {[number, number]} */
const EMPTY_SPAN = [-6, 6];

/** The numbers of a fit that this data can have, by kind. @param {FitData} data @returns {number} */
export function numValues({ kind, grid, train, test, classes }) {
  if (kind === 'parity') return train.y.length + (test?.y.length ?? 0);
  const numClasses = classes?.length ?? 0;
  if (kind === 'confusion') return numClasses ** 2;
  const columns = grid?.u.length ?? 0;
  return kind === 'curve' ? columns : columns * (grid?.v?.length ?? 0) * (numClasses > 2 ? numClasses : 1);
}

/** Each visible descent that has a fit to this data, in the order of drawing. @param {Fitting} fitting @param {DrawnDescent[]} descents
 * @returns {{descent: DrawnDescent, fit: Fit}[]} */
export function drawnFits({ data, fits }, descents) {
  return descents.flatMap((descent) => {
    const fit = fits.get(descent.slot);
    return data && fit && fit.values.length === numValues(data) ? [{ descent, fit }] : [];
  });
}

/** The one whose regions or counts are shown: the selected descent, or the first of the race. @param {{descent: DrawnDescent, fit: Fit}[]} drawn */
export function shownFit(drawn) {
  return drawn.find(({ descent }) => descent.selected) ?? [...drawn].sort((a, b) => a.descent.slot - b.descent.slot).at(0) ?? null;
}

/** The points of the picture: inputs against target, or one input against the other. @param {FitData} data @returns {Mark[]} */
export function marksOf({ kind, task, train, test }) {
  const isPlane = kind === 'regions';
  const of = (/** @type {Points | null} */ points, /** @type {boolean} */ isTest) =>
    (points?.y ?? []).map((y, i) => ({
      u: points?.x[i][0] ?? NaN,
      v: isPlane ? (points?.x[i][1] ?? NaN) : y,
      group: task === 'classification' ? y : 0,
      isTest,
    }));
  return kind === 'curve' || isPlane ? [...of(train, false), ...of(test, true)] : [];
}

/** A plane without points, for the first clicks. @param {Editing} editing @returns {FitData} */
export function emptyData({ task, classes }) {
  const isPlane = task === 'classification';
  const grid = { u: EMPTY_SPAN, v: isPlane ? EMPTY_SPAN : null };
  const empty = { x: [], y: [] };
  return { kind: isPlane ? 'regions' : 'curve', task, inputs: isPlane ? ['x1', 'x2'] : ['x'], target: 'y', classes, train: empty, test: null, grid, truth: null };
}
