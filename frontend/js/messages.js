/** Stream messages, from bytes to typed arrays. */
import { decode } from '@msgpack/msgpack';

/** @typedef {import('./types.js').Frame} Frame */

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
 * Read one message of the stream, whatever its encoding.
 *
 * @param {ArrayBuffer | string} data
 * @returns {any}
 */
export function readMessage(data) {
  const message = /** @type {any} */ (typeof data === 'string' ? JSON.parse(data) : decode(new Uint8Array(data)));
  if (message.type === 'frame') for (const column of COLUMNS) message[column] = toColumn(message[column]);
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
  return {
    ...frame,
    first_step: step,
    count: frame.count - skip,
    loss: loss.subarray(skip),
    theta: theta.subarray(skip * dim),
    grad: grad.subarray(skip * dim),
    grad_norm: grad_norm.subarray(skip),
    lr: lr.subarray(skip),
  };
}
