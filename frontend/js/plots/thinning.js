/**
 * Which rows of a long history are drawn. Both thinners take each row once (amortised O(1)), keep what the eye would see
 * (extremes and the newest row), and give the same picture whatever the size of the blocks in which the rows came.
 */

/** What is thinned: points in a plane, only ever more of them until the generation changes.
 * @typedef {{length: number, generation: number, u: (index: number) => number, v: (index: number) => number}} Points */

/** New rows of a descent that a plot looks at in one animation frame: when a hundred thousand come at once, the picture catches up
 * over several frames, and the page answers between them. */
export const ROWS_PER_FRAME = 3000;

/** Four steps of a group: lowest and highest first coordinate, lowest and highest second. @typedef {Int32Array} Extremes */

const GROUP_SIZE = 8;

/**
 * Thins a path in a plane.
 *
 * Points that moved less than the tolerance since the last kept one are dropped: a descent that has settled costs nothing.
 * When more are left than the budget, groups of points keep only their extremes, so that an oscillation keeps both its sides
 * (every second point of it would show one side only).
 */
export class PathThinner {
  #points;
  #budget;
  #tolerance;
  #generation = -1;
  #taken = 0;
  #first = -1;
  #last = -1;
  /** @type {number[]} */ #kept = [];
  #group = 1;
  #pending = 0;
  /** @type {Extremes} */ #extremes = new Int32Array(4);

  /**
   * @param {Points} points
   * @param {number} budget most rows that `steps()` gives, at least 16
   * @param {[number, number]} tolerance least move, in each coordinate, that is worth a row
   */
  constructor(points, budget, tolerance) {
    this.#points = points;
    this.#budget = budget;
    this.#tolerance = tolerance;
  }

  /** Rows that were looked at. */
  get numTaken() {
    return this.#taken;
  }

  /** The steps to draw, rising; the first and the newest row with finite coordinates are always among them.
   * @param {number} [most] new rows to look at in this call: those beyond are as if they had not come yet */
  steps(most = Infinity) {
    if (this.#generation !== this.#points.generation) this.#restart();
    const end = Math.min(this.#points.length, this.#taken + most);
    while (this.#taken < end) this.#take(this.#taken++);
    const steps = this.#pending > 0 ? [...this.#kept, ...distinct(this.#extremes)] : [...this.#kept];
    if (this.#first >= 0 && steps[0] !== this.#first) steps.unshift(this.#first);
    const newest = this.#newest();
    if (newest > (steps.at(-1) ?? -1)) steps.push(newest);
    return steps;
  }

  #restart() {
    this.#generation = this.#points.generation;
    this.#taken = 0;
    this.#first = -1;
    this.#last = -1;
    this.#kept = [];
    this.#group = 1;
    this.#pending = 0;
  }

  /** The newest finite row of those looked at: a diverged descent ends in rows that are not. */
  #newest() {
    let step = this.#taken - 1;
    while (step > this.#last && !this.#isFinite(step)) step--;
    return step;
  }

  /** @param {number} step */
  #isFinite(step) {
    return Number.isFinite(this.#coordinate(step, 0)) && Number.isFinite(this.#coordinate(step, 1));
  }

  /** @param {number} step @param {0 | 1} axis */
  #coordinate(step, axis) {
    return axis === 0 ? this.#points.u(step) : this.#points.v(step);
  }

  /** @param {number} step */
  #take(step) {
    if (!this.#isFinite(step) || !this.#hasMoved(step)) return;
    if (this.#first < 0) this.#first = step;
    this.#last = step;
    if (this.#group === 1) this.#kept.push(step);
    else this.#collect(step);
    while (this.#kept.length > this.#budget - 6) this.#compress();
  }

  /** @param {number} step */
  #hasMoved(step) {
    if (this.#last < 0) return true;
    const [u, v] = this.#tolerance;
    const du = Math.abs(this.#coordinate(step, 0) - this.#coordinate(this.#last, 0));
    const dv = Math.abs(this.#coordinate(step, 1) - this.#coordinate(this.#last, 1));
    return du >= u || dv >= v;
  }

  /** @param {number} step */
  #collect(step) {
    if (this.#pending === 0) this.#extremes.fill(step);
    else this.#stretch(this.#extremes, step);
    this.#pending += 1;
    if (this.#pending < this.#group) return;
    this.#kept.push(...distinct(this.#extremes));
    this.#pending = 0;
  }

  /** @param {Extremes} extremes @param {number} step */
  #stretch(extremes, step) {
    for (const axis of /** @type {const} */ ([0, 1])) {
      const value = this.#coordinate(step, axis);
      if (value < this.#coordinate(extremes[2 * axis], axis)) extremes[2 * axis] = step;
      if (value > this.#coordinate(extremes[2 * axis + 1], axis)) extremes[2 * axis + 1] = step;
    }
  }

  #compress() {
    /** @type {number[]} */
    const next = [];
    for (let from = 0; from < this.#kept.length; from += GROUP_SIZE) {
      const extremes = new Int32Array(4).fill(this.#kept[from]);
      for (const step of this.#kept.slice(from + 1, from + GROUP_SIZE)) this.#stretch(extremes, step);
      next.push(...distinct(extremes));
    }
    this.#kept = next;
    this.#group = this.#group === 1 ? GROUP_SIZE : this.#group * 2;
  }
}

/** @param {Extremes} extremes */
function distinct(extremes) {
  return [...new Set(extremes)].sort((a, b) => a - b);
}
