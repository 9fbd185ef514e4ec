/** The plane in which an objective is looked at: what the server answered, and how points of all dimensions come to lie in it. */

/**
 * @typedef {import('./types.js').Objective} Objective
 * @typedef {import('./types.js').Plane} Plane
 * @typedef {(axis: number) => number} Read one component of a theta
 */

/** Theta is told at every step up to so many dimensions. */
export const MOST_TOLD = 16;
/** A start is set by a click up to so many dimensions: more do not fit in an address. */
export const MOST_CLICKED = 64;

const LETTERS = ['x', 'y', 'z'];

/** What a request for a surface says; null where the plane is all there is. @param {number[]} start */
export function planeThrough(start) {
  return start.length > 2 ? { axes: [0, 1], anchor: start } : null;
}

/** What the components of theta are called. @param {Objective | null} objective @param {number} dim */
export function thetaNames(objective, dim) {
  const names = objective?.theta_names;
  if (names?.length === dim) return names;
  return Array.from({ length: dim }, (_, i) => (dim <= LETTERS.length ? LETTERS[i] : `x${i + 1}`));
}

/** Where a theta comes to lie: u and v of the nearest point of the plane, the distance to that point, and the squared distance from
 * the anchor. @typedef {{u: number, v: number, off: number, reach: number}} Shadow */

/** Points of all dimensions, projected orthogonally onto a plane. Along axes u and v are components of theta itself; along directions
 * theta = anchor + u d1 + v d2. */
export class Projection {
  #anchor;
  #axes;
  /** @type {number[][]} orthonormal; spans the plane */ #basis = [];
  /** @type {number[][]} */ #directions = [];
  /** @type {number[]} u of the first basis vector, u and v of the second: the basis in terms of the directions */ #inverse = [1, 0, 1];
  /** @type {Float64Array} */ #rest;

  /** @param {Plane} plane */
  constructor(plane) {
    this.#anchor = Float64Array.from(plane.anchor);
    this.#axes = plane.axes;
    this.#rest = new Float64Array(plane.anchor.length);
    if (plane.directions) this.#span(plane.directions);
  }

  get dim() {
    return this.#anchor.length;
  }

  /** Whether every theta lies in the plane. */
  get isWhole() {
    return this.#axes !== null && this.#axes.length === this.dim;
  }

  /** How long one unit of u and one of v is in theta. */
  lengths() {
    return this.#axes ? [1, 1] : this.#directions.map((direction) => Math.sqrt(dot(direction, direction)));
  }

  /** The basis by Gram and Schmidt: directions of filters need not be orthogonal. @param {number[][]} directions */
  #span([first, second]) {
    const length = Math.sqrt(dot(first, first));
    const b1 = first.map((value) => value / length);
    const along = dot(second, b1);
    const rest = second.map((value, i) => value - along * b1[i]);
    const height = Math.sqrt(dot(rest, rest));
    this.#directions = [first, second];
    this.#basis = [b1, rest.map((value) => value / height)];
    this.#inverse = [1 / length, -along / (length * height), 1 / height];
  }

  /** @param {Read} read @returns {Shadow} */
  shadow(read) {
    return this.#axes ? this.#besideAxes(this.#axes, read) : this.#besideDirections(read);
  }

  /** @param {number[]} axes @param {Read} read @returns {Shadow} */
  #besideAxes(axes, read) {
    let [off, reach] = [0, 0];
    for (let i = 0; i < this.dim; i++) {
      const moved = read(i) - this.#anchor[i];
      reach += moved * moved;
      if (!axes.includes(i)) off += moved * moved;
    }
    return { u: read(axes[0]), v: axes.length > 1 ? read(axes[1]) : 0, off: Math.sqrt(off), reach };
  }

  /** @param {Read} read @returns {Shadow} */
  #besideDirections(read) {
    const [b1, b2] = this.#basis;
    let [s, t, reach] = [0, 0, 0];
    for (let i = 0; i < this.dim; i++) {
      const moved = read(i) - this.#anchor[i];
      this.#rest[i] = moved;
      s += moved * b1[i];
      t += moved * b2[i];
      reach += moved * moved;
    }
    // Of what is left, not of the difference of two squares: beside a long way, little is left.
    let off = 0;
    for (let i = 0; i < this.dim; i++) off += (this.#rest[i] - s * b1[i] - t * b2[i]) ** 2;
    const [a, b, c] = this.#inverse;
    return { u: s * a + t * b, v: t * c, off: Math.sqrt(off), reach };
  }

  /** Theta at a point of the plane. @param {number} u @param {number} v @returns {number[]} */
  lift(u, v) {
    const theta = Array.from(this.#anchor);
    if (this.#axes) {
      this.#axes.forEach((axis, i) => (theta[axis] = i === 0 ? u : v));
      return theta;
    }
    const [first, second] = this.#directions;
    return theta.map((value, i) => value + u * first[i] + v * second[i]);
  }

  /** A vector of all dimensions, such as a gradient, as its slopes along u and v. @param {ArrayLike<number>} vector @returns {[number, number]} */
  slopes(vector) {
    if (this.#axes) return [vector[this.#axes[0]], this.#axes.length > 1 ? vector[this.#axes[1]] : 0];
    const [first, second] = this.#directions;
    return [dot(vector, first), dot(vector, second)];
  }
}

/** @param {ArrayLike<number>} a @param {number[]} b */
function dot(a, b) {
  return b.reduce((sum, value, i) => sum + value * a[i], 0);
}
