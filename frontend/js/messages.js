/** Stream messages, from bytes to typed arrays. */
import { decode } from '@msgpack/msgpack';

/** @typedef {import('./types.js').Frame} Frame */

/** Of every frame; what else has a number a row is a column that a model adds, such as `test_loss`. */
const COLUMNS = ['loss', 'theta', 'grad', 'grad_norm', 'lr'];

/**
 * A column of float64 values. The copy is needed: a view must begin at a multiple of eight bytes.
 *
 * @param {Uint8Array | Array<number | null> | Array<Array<number | null>> | undefined} column
 */
export function toColumn(column) {
  if (column === undefined) return new Float64Array(0);
  if (column instanceof Uint8Array) {
    return new Float64Array(column.buffer.slice(column.byteOffset, column.byteOffset + column.byteLength));
  }
  return Float64Array.from(/** @type {Array<number | null>} */ (column.flat()), (value) => value ?? Number.NaN);
}

/**
 * Numbers in single precision, as fits and samples have them; NaN where a value is not finite.
 *
 * @param {Uint8Array | Array<any> | null | undefined} values flat or nested
 */
export function toSingles(values) {
  if (values === null || values === undefined) return null;
  if (values instanceof Uint8Array) return new Float32Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength));
  return Float32Array.from(values.flat(Infinity), (value) => value ?? Number.NaN);
}

/** The names of the columns that a model adds to a frame. @param {object} frame */
const extrasOf = (frame) => Object.entries(frame).flatMap(([name, values]) => (typeof values === 'object' && values !== null && !COLUMNS.includes(name) ? [name] : []));

/**
 * Read one message of the stream, whatever its encoding.
 *
 * @param {ArrayBuffer | string} data
 * @returns {any}
 */
export function readMessage(data) {
  const message = /** @type {any} */ (typeof data === 'string' ? JSON.parse(data) : decode(new Uint8Array(data)));
  if (message.type === 'frame') for (const column of [...COLUMNS, ...extrasOf(message)]) message[column] = toColumn(message[column]);
  if (message.type === 'fit') Object.assign(message, { values: toSingles(message.values), theta: toSingles(message.theta) });
  if (message.type === 'samples') message.theta = toSingles(message.theta);
  return message;
}

/**
 * The rows of a frame from a step on: what a resumed stream sends again is left out.
 *
 * @param {Frame} frame
 * @param {number} step
 * @param {number} dim
 * @returns {Frame | null} null where nothing is left
 */
export function rowsFrom(frame, step, dim) {
  const skip = step - frame.first_step;
  if (skip <= 0) return frame;
  if (skip >= frame.count) return null;
  const { loss, theta, grad, grad_norm, lr } = frame;
  const extras = Object.fromEntries(extrasOf(frame).map((name) => [name, /** @type {any} */ (frame)[name].subarray(skip)]));
  return {
    ...frame,
    ...extras,
    first_step: step,
    count: frame.count - skip,
    loss: loss.subarray(skip),
    theta: theta.subarray(skip * dim),
    grad: grad.subarray(skip * dim),
    grad_norm: grad_norm.subarray(skip),
    lr: lr.subarray(skip),
  };
}
