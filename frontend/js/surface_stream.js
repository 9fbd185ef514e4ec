/** A surface as the server draws it: coarse at once, then finer, with word of how far it has come. */
import { decodeMultiStream } from '@msgpack/msgpack';
import { ProblemError, UnreachableError } from './api.js';

/**
 * @typedef {object} Listener
 * @property {(surface: any, isFinal: boolean) => void} onSurface
 * @property {(done: number, total: number) => void} onProgress
 */

/** Rows of numbers, null where a loss is not finite. @param {Uint8Array} bytes little-endian float32, row by row @param {number} across */
export function rowsOf(bytes, across) {
  const values = new Float32Array(bytes.slice().buffer);
  const finite = Array.from(values, (value) => (Number.isFinite(value) ? value : null));
  return Array.from({ length: finite.length / across }, (_, j) => finite.slice(j * across, (j + 1) * across));
}

/** A surface with its grids as the plots take them. @param {any} message */
export function readSurface({ u, v, z, gradient, ...rest }) {
  const slopes = gradient && { ...gradient, du: rowsOf(gradient.du, gradientLength(gradient)), dv: rowsOf(gradient.dv, gradientLength(gradient)) };
  return { ...rest, u, v, z: rowsOf(z, u.length), gradient: slopes && { ...slopes, u: axisOf(gradient.u), v: axisOf(gradient.v) } };
}

/** @param {any} gradient */
const gradientLength = ({ u }) => axisOf(u).length;

/** An axis of arrows may come as bytes: it needs no exact steps. @param {Uint8Array | number[]} axis @returns {number[]} */
const axisOf = (axis) => (axis instanceof Uint8Array ? Array.from(new Float32Array(axis.slice().buffer)) : axis);

/** What comes, piece by piece; a line that breaks is no defect of the page. @param {ReadableStream<Uint8Array>} body @param {AbortSignal} signal */
async function* piecesOf(body, signal) {
  const reader = body.getReader();
  for (;;) {
    const piece = await reader.read().catch((error) => {
      throw signal.aborted ? error : new UnreachableError(String(error));
    });
    if (piece.done) return;
    yield piece.value;
  }
}

/**
 * Ask for a surface and hear of it as it gets finer.
 *
 * @param {object} body of the request @param {Listener} listener @param {AbortSignal} signal stops the server's work too
 * @returns {Promise<void>} when the last surface is there
 */
export async function streamSurface(body, { onSurface, onProgress }, signal) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/msgpack' };
  const response = await fetch('api/surfaces', { method: 'POST', headers, body: JSON.stringify({ ...body, refine: true }), signal }).catch((error) => {
    throw signal.aborted ? error : new UnreachableError(String(error));
  });
  if (!response.ok || !response.body) throw new ProblemError(await response.json());
  let objective = null; // the first and the last surface alone hold it
  for await (const message of decodeMultiStream(piecesOf(response.body, signal))) {
    const told = /** @type {any} */ (message);
    if (told.type === 'error') throw new ProblemError(told.problem);
    if (told.type === 'progress') onProgress(told.done, told.total);
    if (told.type !== 'surface') continue;
    objective = told.objective ?? objective;
    onSurface(readSurface({ ...told, objective }), told.is_final);
  }
}
