/** Points that a person clicks onto the plane: pure changes, each of which can be taken back. */

/**
 * @typedef {import('./types.js').Data} Data
 * @typedef {import('./plots/fit_data.js').FitData} FitData
 * @typedef {{x: number[], y: number}} SketchPoint y: a number, or the index of a class
 * @typedef {object} Sketch
 * @property {'regression' | 'classification'} task
 * @property {string[] | null} classes
 * @property {number} activeClass
 * @property {SketchPoint[]} points
 * @property {SketchPoint[][]} past what the points were before each change
 */

const MOST_UNDONE = 200;
/** Digits that a click is worth: a plot is some hundred pixels wide. */
const DIGITS = 4;
const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'];
export const MOST_CLASSES = LETTERS.length;

/** @param {'regression' | 'classification'} task @param {SketchPoint[]} [points] @param {string[] | null} [classes] @returns {Sketch} */
export function newSketch(task, points = [], classes = null) {
  return { task, classes: task === 'classification' ? (classes ?? LETTERS.slice(0, 2)) : null, activeClass: 0, points, past: [] };
}

/** @param {Sketch} sketch @param {SketchPoint[]} points @returns {Sketch} */
const withPoints = (sketch, points) => ({ ...sketch, points, past: [...sketch.past, sketch.points].slice(-MOST_UNDONE) });

/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(DIGITS));

/** A click on the plane: an input and the target, or two inputs of the class in hand. @param {Sketch} sketch @param {number} u @param {number} v */
export function withPoint(sketch, u, v) {
  const [x, y] = sketch.task === 'classification' ? [[rounded(u), rounded(v)], sketch.activeClass] : [[rounded(u)], rounded(v)];
  return withPoints(sketch, [...sketch.points, { x, y }]);
}

/** @param {Sketch} sketch @param {number} index */
export const withoutPoint = (sketch, index) => (index in sketch.points ? withPoints(sketch, sketch.points.filter((_, i) => i !== index)) : sketch);

/** @param {Sketch} sketch */
export const cleared = (sketch) => (sketch.points.length > 0 ? withPoints(sketch, []) : sketch);

/** @param {Sketch} sketch @returns {Sketch} */
export const undone = (sketch) => (sketch.past.length > 0 ? { ...sketch, points: sketch.past[sketch.past.length - 1], past: sketch.past.slice(0, -1) } : sketch);

/** @param {Sketch} sketch @param {number} activeClass @returns {Sketch} */
export const inHand = (sketch, activeClass) => ({ ...sketch, activeClass });

/** One class more, in hand. @param {Sketch} sketch @returns {Sketch} */
export function withClass(sketch) {
  const classes = sketch.classes ?? [];
  const name = LETTERS.find((letter) => !classes.includes(letter));
  return name ? { ...sketch, classes: [...classes, name], activeClass: classes.length } : sketch;
}

/** What is still missing before there is something to fit. @param {Sketch} sketch @returns {'points' | 'classes' | null} */
export function missingIn({ task, points }) {
  if (points.length < 2) return 'points';
  return task === 'classification' && new Set(points.map(({ y }) => y)).size < 2 ? 'classes' : null;
}

/** The points as a recipe has them. @param {Sketch} sketch @param {Data} [had] whose share of held back points stays @returns {Data} */
export function dataOf({ task, classes, points }, had = {}) {
  const columns = task === 'classification' ? ['x1', 'x2', 'class'] : ['x', 'y'];
  const rows = points.map(({ x, y }) => [...x, classes ? classes[y] : y]);
  return { ...(had.test_fraction === undefined ? {} : { test_fraction: had.test_fraction }), columns, rows };
}

/** Where a point stands among those of a sketch; -1 where it is none of them. @param {Sketch} sketch @param {SketchPoint} point */
export const indexOf = ({ points }, { x, y }) => points.findIndex((other) => other.y === y && other.x.length === x.length && other.x.every((value, i) => value === x[i]));

/** The plane with the points as they stand, whether or not they can be fitted: those held back are known once the server has all of them.
 * @param {Sketch} sketch @param {FitData} ground @returns {FitData} */
export function dataOnPlane(sketch, ground) {
  const { points } = sketch;
  const parts = [ground.train, ...(ground.test ? [ground.test] : [])];
  const known = parts.flatMap(({ x, y }) => x.map((at, i) => ({ x: at, y: y[i] })));
  if (known.length === points.length && known.every((point) => indexOf(sketch, point) >= 0)) return ground;
  return { ...ground, train: { x: points.map(({ x }) => x), y: points.map(({ y }) => y) }, test: null };
}
