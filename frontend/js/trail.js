/**
 * Theta at some steps of a descent in so many dimensions that its rows do not hold it: samples, which only grow, and the newest.
 */

const FIRST_CAPACITY = 32;

export class Trail {
  #dim;
  #length = 0;
  /** @type {Float64Array} */ #steps = new Float64Array(FIRST_CAPACITY);
  /** @type {Float32Array} */ #theta;
  /** @type {{step: number, theta: Float32Array} | null} */ #newest = null;

  /** @param {number} dim */
  constructor(dim) {
    this.#dim = dim;
    this.#theta = new Float32Array(FIRST_CAPACITY * dim);
  }

  get dim() {
    return this.#dim;
  }

  /** Number of samples. */
  get length() {
    return this.#length;
  }

  /** The step of a sample. @param {number} index */
  step(index) {
    return this.#steps[index];
  }

  /** One component of a sample. @param {number} index @param {number} axis */
  theta(index, axis) {
    return this.#theta[index * this.#dim + axis];
  }

  /** Append samples; what a resumed stream sends again is left out.
   * @param {{steps: ArrayLike<number>, theta: Float32Array}} samples theta row by row */
  append({ steps, theta }) {
    if (theta.length !== steps.length * this.#dim) {
      throw new RangeError(`theta must have ${steps.length * this.#dim} values but has ${theta.length}`);
    }
    const last = this.#length > 0 ? this.#steps[this.#length - 1] : -1;
    let first = 0;
    while (first < steps.length && steps[first] <= last) first += 1;
    this.#reserve(this.#length + steps.length - first);
    this.#theta.set(theta.subarray(first * this.#dim), this.#length * this.#dim);
    for (; first < steps.length; first++) this.#steps[this.#length++] = steps[first];
  }

  /** The newest theta, of a step that need not be a sample. @param {number} step @param {Float32Array} theta */
  setNewest(step, theta) {
    if (theta.length !== this.#dim) throw new RangeError(`theta must have ${this.#dim} values but has ${theta.length}`);
    if (step >= (this.#newest?.step ?? 0)) this.#newest = { step, theta };
  }

  /** The newest theta where it is newer than all samples. */
  newest() {
    const last = this.#length > 0 ? this.#steps[this.#length - 1] : -1;
    return this.#newest && this.#newest.step > last ? this.#newest : null;
  }

  /** @param {number} samples */
  #reserve(samples) {
    if (samples <= this.#steps.length) return;
    let capacity = this.#steps.length;
    while (capacity < samples) capacity *= 2;
    const [steps, theta] = [new Float64Array(capacity), new Float32Array(capacity * this.#dim)];
    steps.set(this.#steps);
    theta.set(this.#theta);
    [this.#steps, this.#theta] = [steps, theta];
  }
}
