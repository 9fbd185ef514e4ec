/**
 * The full history of one descent, in growing typed arrays. What is drawn is thinned elsewhere; nothing is forgotten here.
 */

/** A column of a frame: one number a row; JSON says null where a value is not finite.
 * @typedef {ArrayLike<number | null>} Column */

/** A column of vectors: nested rows (JSON) or row-major and flat (msgpack).
 * @typedef {ArrayLike<number | null> | ArrayLike<ArrayLike<number | null>>} VectorColumn */

/** A block of consecutive steps. `theta` and `grad` are left out where the objective has too many dimensions.
 * @typedef {{first_step: number, count: number, loss: Column, theta?: VectorColumn | null, grad?: VectorColumn | null,
 *   grad_norm: Column, lr: Column, train_loss?: Column, test_loss?: Column}} Frame */

/** One row. A value that was not finite is NaN. `extras`: what a model records beside the loss, by name; left out where there is none.
 * @typedef {{step: number, loss: number, theta: number[], grad: number[], gradNorm: number, lr: number, extras?: Record<string, number>}} Row */

const FIRST_CAPACITY = 256;

export class History {
  #dim;
  #length = 0;
  #bestStep = -1;
  #generation = 0;
  /** @type {Float64Array} */ #loss = new Float64Array(FIRST_CAPACITY);
  /** @type {Float64Array} */ #gradNorm = new Float64Array(FIRST_CAPACITY);
  /** @type {Float64Array} */ #lr = new Float64Array(FIRST_CAPACITY);
  /** @type {Float64Array} */ #theta;
  /** @type {Float64Array} */ #grad;
  /** @type {Map<string, Float64Array>} */ #extras;

  /** @param {number} dim numbers in theta that the frames carry; 0 where they carry none
   * @param {readonly string[]} [extras] columns that the frames carry beside these, such as `test_loss` */
  constructor(dim, extras = []) {
    this.#dim = dim;
    this.#extras = new Map(extras.map((name) => [name, new Float64Array(FIRST_CAPACITY)]));
    this.#theta = new Float64Array(FIRST_CAPACITY * dim);
    this.#grad = new Float64Array(FIRST_CAPACITY * dim);
  }

  /** Number of rows; row k is the point after k updates. */
  get length() {
    return this.#length;
  }

  get dim() {
    return this.#dim;
  }

  /** Grows by one at each `clear()`, so that what was derived from the rows knows it is stale. */
  get generation() {
    return this.#generation;
  }

  /** The row of the lowest finite loss; null while there is none. */
  best() {
    return this.#bestStep < 0 ? null : this.at(this.#bestStep);
  }

  /** The newest row; null while there is none. */
  last() {
    return this.#length === 0 ? null : this.at(this.#length - 1);
  }

  /** @param {number} step from 0 to length - 1 */
  at(step) {
    if (!Number.isInteger(step) || step < 0 || step >= this.#length) {
      throw new RangeError(`step must be an integer from 0 to ${this.#length - 1} but is ${step}`);
    }
    const from = step * this.#dim;
    /** @type {Row} */
    const row = {
      step,
      loss: this.#loss[step],
      theta: Array.from(this.#theta.subarray(from, from + this.#dim)),
      grad: Array.from(this.#grad.subarray(from, from + this.#dim)),
      gradNorm: this.#gradNorm[step],
      lr: this.#lr[step],
    };
    if (this.#extras.size > 0) row.extras = Object.fromEntries([...this.#extras].map(([name, values]) => [name, values[step]]));
    return row;
  }

  /** Whether the frames carry a column. @param {string} name */
  has(name) {
    return this.#extras.has(name);
  }

  /** A value of such a column; NaN where there is none. @param {string} name @param {number} step */
  extra(name, step) {
    return this.#extras.get(name)?.[step] ?? NaN;
  }

  /** The loss that the surface shows: over all training points, also where a step sees but a batch of them. @param {number} step */
  fullLoss(step) {
    return (this.#extras.get('train_loss') ?? this.#loss)[step];
  }

  /** The loss of a row, without building the row. @param {number} step */
  loss(step) {
    return this.#loss[step];
  }

  /** One coordinate of a row, without building the row. @param {number} step @param {number} axis from 0 to dim - 1 */
  theta(step, axis) {
    return this.#theta[step * this.#dim + axis];
  }

  /** Append a block of rows; it must start where the history ends. @param {Frame} frame */
  append(frame) {
    if (frame.first_step !== this.#length) {
      throw new RangeError(`frame must start at step ${this.#length} but starts at ${frame.first_step}`);
    }
    this.#reserve(this.#length + frame.count);
    const { count } = frame;
    writeColumn(this.#loss, this.#length, frame.loss, count, 'loss');
    writeColumn(this.#gradNorm, this.#length, frame.grad_norm, count, 'grad_norm');
    writeColumn(this.#lr, this.#length, frame.lr, count, 'lr');
    for (const [name, values] of this.#extras) writeColumn(values, this.#length, /** @type {any} */ (frame)[name] ?? [], count, name);
    if (this.#dim > 0) {
      writeVectors(this.#theta, this.#length * this.#dim, frame.theta, count, this.#dim, 'theta');
      writeVectors(this.#grad, this.#length * this.#dim, frame.grad, count, this.#dim, 'grad');
    }
    this.#length += count;
    for (let step = frame.first_step; step < this.#length; step++) this.#compareWithBest(step);
  }

  clear() {
    this.#length = 0;
    this.#bestStep = -1;
    this.#generation += 1;
  }

  /** @param {number} step */
  #compareWithBest(step) {
    const loss = this.#loss[step];
    if (!Number.isFinite(loss)) return;
    if (this.#bestStep < 0 || loss < this.#loss[this.#bestStep]) this.#bestStep = step;
  }

  /** @param {number} rows */
  #reserve(rows) {
    if (rows <= this.#loss.length) return;
    let capacity = this.#loss.length;
    while (capacity < rows) capacity *= 2;
    this.#loss = grown(this.#loss, capacity);
    this.#gradNorm = grown(this.#gradNorm, capacity);
    this.#lr = grown(this.#lr, capacity);
    this.#theta = grown(this.#theta, capacity * this.#dim);
    this.#grad = grown(this.#grad, capacity * this.#dim);
    for (const [name, values] of this.#extras) this.#extras.set(name, grown(values, capacity));
  }
}

/** @param {Float64Array} old @param {number} capacity */
function grown(old, capacity) {
  const next = new Float64Array(capacity);
  next.set(old);
  return next;
}

/** @param {Float64Array} target @param {number} at @param {Column} column @param {number} count @param {string} name */
function writeColumn(target, at, column, count, name) {
  if (column.length !== count) throw new RangeError(`${name} must have ${count} values but has ${column.length}`);
  if (column instanceof Float64Array) target.set(column, at);
  else for (let i = 0; i < count; i++) target[at + i] = column[i] ?? NaN;
}

/**
 * @param {Float64Array} target @param {number} at @param {VectorColumn | null | undefined} column
 * @param {number} count @param {number} dim @param {string} name
 */
function writeVectors(target, at, column, count, dim, name) {
  if (!column) throw new RangeError(`missing ${name}`);
  if (count === 0) return;
  const isNested = typeof column[0] === 'object' && column[0] !== null;
  if (!isNested) {
    writeColumn(target, at, /** @type {Column} */ (column), count * dim, name);
    return;
  }
  const rows = /** @type {ArrayLike<Column>} */ (column);
  if (rows.length !== count) throw new RangeError(`${name} must have ${count} rows but has ${rows.length}`);
  for (let i = 0; i < count; i++) writeColumn(target, at + i * dim, rows[i], dim, name);
}
