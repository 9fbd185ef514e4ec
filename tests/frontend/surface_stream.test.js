import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from '@msgpack/msgpack';

import { ProblemError } from '../../frontend/js/api.js';
import { streamSurface } from '../../frontend/js/surface_stream.js';

/** @param {number[]} values */
const singles = (...values) => new Uint8Array(Float32Array.from(values).buffer);

const SURFACE = { type: 'surface', is_final: false, resolution: 2, u: [-1, 0, 1], v: [0, 1], z: singles(1, NaN, 3, Infinity, 5, 6), minimum: 1, maximum: 6, plane: { kind: 'pca' }, objective: { dim: 3 }, gradient: null };
const GRADIENT = { u: singles(-1, 1), v: singles(0, 1), du: singles(1, 2, 3, 4), dv: singles(5, 6, 7, 8) };

/** A server that sends these bytes in pieces of a few. @param {Uint8Array[]} parts @param {number} [status] */
function serve(parts, status = 200) {
  const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
  /** @type {any} */
  let asked;
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ path, /** @type {any} */ options) => {
    asked = { path, ...options };
    const body = new ReadableStream({ start(controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
      controller.close();
    } });
    return new Response(body, { status });
  });
  return () => asked;
}

/** @param {AbortSignal} [signal] */
async function heard(signal = new AbortController().signal) {
  /** @type {any[]} */
  const told = [];
  await streamSurface({ resolution: 3 }, { onSurface: (surface, isFinal) => told.push([surface, isFinal]), onProgress: (done, total) => told.push([done, total]) }, signal);
  return told;
}

test('surfaces and progress are told in their order, however the bytes are cut', async () => {
  const asked = serve([encode({ type: 'progress', done: 1, total: 4 }), encode(SURFACE), encode({ ...SURFACE, is_final: true, gradient: GRADIENT })]);
  const [progress, [coarse, isFirstFinal], [fine, isLastFinal]] = await heard();
  assert.deepEqual(progress, [1, 4]);
  assert.deepEqual([isFirstFinal, isLastFinal], [false, true]);
  assert.deepEqual(coarse.z, [[1, null, 3], [null, 5, 6]]);
  assert.deepEqual(coarse.u, [-1, 0, 1]);
  assert.equal(coarse.gradient, null);
  assert.deepEqual(fine.gradient, { u: [-1, 1], v: [0, 1], du: [[1, 2], [3, 4]], dv: [[5, 6], [7, 8]] });
  assert.deepEqual(JSON.parse(asked().body), { resolution: 3, refine: true });
});

test('a surface that comes without its objective is of the one before', async () => {
  const { objective, ...middle } = SURFACE;
  serve([encode(SURFACE), encode(middle), encode({ ...SURFACE, is_final: true, objective: { dim: 4 } })]);
  const told = await heard();
  assert.deepEqual(told.map(([surface]) => surface.objective), [objective, objective, { dim: 4 }]);
});

test('a problem in the middle of the stream is one like any other', async () => {
  serve([encode(SURFACE), encode({ type: 'error', problem: { detail: 'the run is gone', code: 'not_found', status: 404 } })]);
  await assert.rejects(heard(), (error) => error instanceof ProblemError && error.problem.code === 'not_found');
});

test('a request that is refused at once says why', async () => {
  serve([new TextEncoder().encode(JSON.stringify({ detail: 'no such axis', code: 'invalid_value', status: 422 }))], 422);
  await assert.rejects(heard(), (error) => error instanceof ProblemError && error.problem.detail === 'no such axis');
});
