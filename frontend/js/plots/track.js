/** The path of a descent as a plane shows it: where its points come to lie, and how far off the plane they are. */

/** @typedef {import('../history.js').History} History */
/** @typedef {import('../trail.js').Trail} Trail */
/** @typedef {import('../plane.js').Projection} Projection */
/** One point of a path; `loss` is the true one, not the slice's. @typedef {{step: number, u: number, v: number, off: number, loss: number}} TrackPoint */
/** Sums over a path of squared distances from the anchor: all of them, and what of them lies in the plane. @typedef {{inside: number, all: number}} Movement */

const FIRST_CAPACITY = 256;

/** Points come from the rows of a history, or from the samples of a trail where the rows hold no theta. Each is projected once. */
export class Track {
  #history;
  #trail;
  #projection;
  #generation = 0;
  #taken = 0;
  #inside = 0;
  #all = 0;
  /** @type {Float64Array} u, v and off of each point */ #shadows = new Float64Array(3 * FIRST_CAPACITY);

  /** @param {History} history @param {Trail | null} trail @param {Projection} projection */
  constructor(history, trail, projection) {
    this.#history = history;
    this.#trail = trail;
    this.#projection = projection;
  }

  get projection() {
    return this.#projection;
  }

  get generation() {
    return this.#history.generation;
  }

  /** Points whose loss is known too. */
  get length() {
    const { dim } = this.#projection;
    if (this.#history.dim === dim) return this.#history.length;
    if (this.#trail?.dim !== dim) return 0;
    let { length } = this.#trail;
    while (length > 0 && this.#trail.step(length - 1) >= this.#history.length) length -= 1;
    return length;
  }

  /** @param {number} index */
  step(index) {
    return this.#trail && this.#history.dim === 0 ? this.#trail.step(index) : index;
  }

  /** @param {number} index */
  u(index) {
    return this.#shadow(index, 0);
  }

  /** @param {number} index */
  v(index) {
    return this.#shadow(index, 1);
  }

  /** Distance to the plane. @param {number} index */
  off(index) {
    return this.#shadow(index, 2);
  }

  /** @param {number} index */
  loss(index) {
    return this.#history.fullLoss(this.step(index));
  }

  /** @param {number} index @returns {TrackPoint} */
  point(index) {
    return { step: this.step(index), u: this.u(index), v: this.v(index), off: this.off(index), loss: this.loss(index) };
  }

  /** The newest point: it may be newer than all samples. @returns {TrackPoint | null} */
  newest() {
    const { length } = this;
    const head = this.#trail?.newest();
    if (head && this.#history.dim === 0 && head.step < this.#history.length && this.#trail?.dim === this.#projection.dim) {
      const { u, v, off } = this.#projection.shadow((axis) => head.theta[axis]);
      return { step: head.step, u, v, off, loss: this.#history.fullLoss(head.step) };
    }
    return length > 0 ? this.point(length - 1) : null;
  }

  /** Over all points so far. @returns {Movement} */
  movement() {
    if (this.length > 0) this.#reach(this.length - 1);
    return { inside: this.#inside, all: this.#all };
  }

  /** @param {number} index @param {number} part */
  #shadow(index, part) {
    this.#reach(index);
    return this.#shadows[3 * index + part];
  }

  /** @param {number} index */
  #reach(index) {
    if (this.#generation !== this.#history.generation) this.#restart();
    for (; this.#taken <= index; this.#taken++) this.#take(this.#taken);
  }

  #restart() {
    [this.#generation, this.#taken, this.#inside, this.#all] = [this.#history.generation, 0, 0, 0];
  }

  /** @param {number} index */
  #take(index) {
    if (3 * index + 3 > this.#shadows.length) {
      const wider = new Float64Array(2 * this.#shadows.length);
      wider.set(this.#shadows);
      this.#shadows = wider;
    }
    const source = this.#history.dim === 0 && this.#trail ? this.#trail : this.#history;
    const { u, v, off, reach } = this.#projection.shadow((axis) => source.theta(index, axis));
    this.#shadows.set([u, v, off], 3 * index);
    // A diverged end is no movement that any plane could show.
    if (!Number.isFinite(reach)) return;
    this.#all += reach;
    this.#inside += reach - off * off;
  }
}

/** The share of the movement that the plane shows; null where nothing has moved. @param {Movement[]} movements */
export function shareShown(movements) {
  const all = movements.reduce((sum, movement) => sum + movement.all, 0);
  const inside = movements.reduce((sum, movement) => sum + movement.inside, 0);
  return all > 0 ? Math.min(1, Math.max(0, inside / all)) : null;
}
