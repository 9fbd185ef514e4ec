/** What the axes of the fit view span and say: all data, and never what a fit that diverges would ask for. */

/** @typedef {import('./fit_data.js').FitData} FitData */
/** @typedef {import('./picture.js').PlotStrings} PlotStrings */
/** @typedef {[number, number]} Span */
/** @typedef {{x: Span, y: Span, xTitle: string, yTitle: string, isSquare: boolean, hasGrid: boolean, names: string[] | null, yTicks: number[] | null}} FitAxes
 * isSquare: a unit is as long on both axes; hasGrid: lines at the ticks, where no ground is drawn; names: of the rows and columns of a table */

const ROOM = 0.08;
const LONGEST_NAME = 26;

/** The least span that holds all finite numbers, grown by a part of itself. @param {Iterable<number | null>} numbers @param {Span} other where there are none
 * @returns {Span} */
export function spanOf(numbers, other = [-1, 1]) {
  let [low, high] = [Infinity, -Infinity];
  for (const number of numbers) {
    if (number === null || !Number.isFinite(number)) continue;
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  if (low > high) return other;
  const room = high > low ? ROOM * (high - low) : Math.max(1, Math.abs(low)) / 2;
  return [low - room, high + room];
}

/** Both spans together. @param {Span} a @param {Span} b @returns {Span} */
export function joined(a, b) {
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

/** A name as Plotly is to write it: it would read tags in it, and a very long one leaves no place for the plot. @param {string} name */
export function plainName(name) {
  const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}\u2026` : name;
  return short.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

/** @param {number[] | null | undefined} at rising @returns {Span} */
function ends(at) {
  return at && at.length > 1 ? [at[0], at[at.length - 1]] : [-1, 1];
}

/** @param {FitData} data @returns {number[]} */
function targets({ train, test }) {
  return [...train.y, ...(test?.y ?? [])];
}

/** @type {Record<FitData['kind'], (data: FitData, strings: PlotStrings) => Partial<FitAxes> & {x: Span, y: Span}>} */
const byKind = {
  curve(data) {
    const x = ends(data.grid?.u);
    if (data.task === 'regression') return { x, y: targets(data).length > 0 ? spanOf(targets(data)) : spanOf(data.truth?.y ?? [], ends(data.grid?.u)) };
    const yTitle = `P(${data.target} = ${data.classes?.[1] ?? 1})`;
    return { x, y: [-0.1, 1.1], yTitle, yTicks: [0, 0.25, 0.5, 0.75, 1] };
  },
  regions: ({ grid, inputs }) => ({ x: ends(grid?.u), y: ends(grid?.v), yTitle: inputs[1], isSquare: true }),
  parity(data, strings) {
    const both = spanOf(targets(data));
    return { x: both, y: both, xTitle: data.target, yTitle: `${data.target}, ${strings.predicted}`, isSquare: true };
  },
  confusion({ classes }, strings) {
    const size = Math.max(1, classes?.length ?? 0);
    return { x: [-0.5, size - 0.5], y: [size - 0.5, -0.5], xTitle: strings.predicted, yTitle: strings.actual, names: classes ?? [] };
  },
};

/** @param {FitData} data @param {PlotStrings} strings @returns {FitAxes} */
export function fitAxes(data, strings) {
  const hasGrid = data.kind !== 'regions' || data.train.y.length === 0;
  const usual = { xTitle: data.inputs[0] ?? strings.x, yTitle: data.target, isSquare: false, hasGrid, names: null, yTicks: null };
  const axes = { ...usual, ...byKind[data.kind](data, strings) };
  return { ...axes, xTitle: plainName(axes.xTitle), yTitle: plainName(axes.yTitle), names: axes.names?.map(plainName) ?? null };
}
