/** Thins one value against the step: lowest and highest row of each bucket of steps, so that a spike of one row survives. */

/** @typedef {import('../history.js').History} History */

export class SeriesThinner {
  #history;
  #value;
  #budget;
  #window;
  #generation = -1;
  #taken = 0;
  #shift = 0;
  /** @type {number[]} */ #lowest = [];
  /** @type {number[]} */ #highest = [];

  /**
   * @param {History} history
   * @param {(history: History, step: number) => number} value what is drawn; rows where it is not finite are left out
   * @param {number} budget most steps that `steps()` gives, at least 8
   * @param {[number, number]} window first and last step of interest
   */
  constructor(history, value, budget, window = [0, Infinity]) {
    this.#history = history;
    this.#value = value;
    this.#budget = budget;
    this.#window = window;
  }

  /** True while rows within the window wait to be looked at. */
  get isBehind() {
    return this.#taken < Math.min(this.#history.length, this.#window[1] + 1);
  }

  /** The steps to draw, rising; the newest row within the window is always among them.
   * @param {number} [most] new rows to look at in this call: those beyond are as if they had not come yet */
  steps(most = Infinity) {
    if (this.#generation !== this.#history.generation) this.#restart();
    const end = Math.min(this.#history.length, this.#window[1] + 1, this.#taken + most);
    while (this.#taken < end) this.#take(this.#taken++);
    /** @type {number[]} */
    const steps = [];
    for (let i = 0; i < this.#lowest.length; i++) appendPair(steps, this.#lowest[i], this.#highest[i]);
    const newest = end - 1;
    if (newest > (steps.at(-1) ?? newest) && Number.isFinite(this.#value(this.#history, newest))) steps.push(newest);
    return steps;
  }

  #restart() {
    this.#generation = this.#history.generation;
    this.#taken = this.#window[0];
    this.#shift = 0;
    this.#lowest = [];
    this.#highest = [];
  }

  /** @param {number} step */
  #take(step) {
    const value = this.#value(this.#history, step);
    let bucket = (step - this.#window[0]) >> this.#shift;
    while (2 * bucket + 3 > this.#budget) {
      this.#merge();
      bucket = (step - this.#window[0]) >> this.#shift;
    }
    while (this.#lowest.length <= bucket) {
      this.#lowest.push(-1);
      this.#highest.push(-1);
    }
    if (Number.isFinite(value)) this.#stretch(bucket, step, step);
  }

  /** @param {number} bucket @param {number} low @param {number} high steps that may be the extremes of the bucket */
  #stretch(bucket, low, high) {
    const value = (/** @type {number} */ step) => this.#value(this.#history, step);
    const [lowest, highest] = [this.#lowest[bucket], this.#highest[bucket]];
    if (lowest < 0 || value(low) < value(lowest)) this.#lowest[bucket] = low;
    if (highest < 0 || value(high) > value(highest)) this.#highest[bucket] = high;
  }

  #merge() {
    const [lowest, highest] = [this.#lowest, this.#highest];
    this.#shift += 1;
    this.#lowest = new Array(Math.ceil(lowest.length / 2)).fill(-1);
    this.#highest = new Array(this.#lowest.length).fill(-1);
    for (let i = 0; i < lowest.length; i++) {
      if (lowest[i] >= 0) this.#stretch(i >> 1, lowest[i], highest[i]);
    }
  }
}

/** @param {number[]} steps @param {number} a @param {number} b -1 where the bucket is empty */
function appendPair(steps, a, b) {
  if (a < 0) return;
  steps.push(Math.min(a, b));
  if (a !== b) steps.push(Math.max(a, b));
}
