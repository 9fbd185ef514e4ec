import assert from 'node:assert/strict';
import { test } from 'node:test';

import { clipPath, clipSegment } from '../../../frontend/js/plots/clipping.js';

/** @type {[number, number][]} */
const BOX = [[0, 10], [0, 10]];

test('a segment is cut where it crosses the box', () => {
  assert.deepEqual(clipSegment([5, 5], [15, 5], BOX), [0, 0.5]);
  assert.deepEqual(clipSegment([-10, 5], [30, 5], BOX), [0.25, 0.5]);
  assert.equal(clipSegment([-1, -1], [-5, 20], BOX), null);
  assert.equal(clipSegment([11, 0], [11, 5], BOX), null);
  assert.deepEqual(clipSegment([3, 3], [3, 3], BOX), [0, 1]);
});

test('a path within the box is itself', () => {
  const path = [[1, 2, 3], [4, 5, 6]];
  assert.deepEqual(clipPath(path, BOX), { path, isInside: true, end: [3, 6] });
});

test('a path that leaves and comes back has a gap, with its ends on the box', () => {
  const { path, isInside } = clipPath([[5, 15, 15, 5], [2, 2, 8, 8]], BOX);
  assert.deepEqual(path, [[5, 10, NaN, 10, 5], [2, 2, NaN, 8, 8]]);
  assert.equal(isInside, true);
});

test('a path that is lost ends where it left the box, however far it went', () => {
  const { path, isInside, end } = clipPath([[5, 1e12, NaN], [5, 5, NaN]], BOX);
  assert.deepEqual(end, [10, 5]);
  assert.equal(isInside, false);
  for (const column of path) for (const value of column) assert.ok(Number.isNaN(value) || value <= 10);
});

test('a step across the whole box is seen', () => {
  const { path, end } = clipPath([[-5, 15], [5, 5]], BOX);
  assert.deepEqual(path[0].slice(0, 2), [0, 10]);
  assert.deepEqual(end, [10, 5]);
});

test('a row that is not finite is a gap', () => {
  assert.deepEqual(clipPath([[1, NaN, 3], [1, 2, 3]], BOX).path, [[1, NaN, 3], [1, NaN, 3]]);
  assert.deepEqual(clipPath([[], []], BOX), { path: [[], []], isInside: false, end: null });
});

test('random paths never leave the box, in three dimensions too', () => {
  let seed = 7;
  const next = () => ((seed = (seed * 16807) % 2147483647) / 2147483647) * 40 - 15;
  const columns = [0, 1, 2].map(() => Array.from({ length: 500 }, next));
  const { path } = clipPath(columns, [[0, 10], [0, 10], [0, 10]]);
  assert.ok(path[0].length > 20);
  for (const column of path) for (const at of column) assert.ok(Number.isNaN(at) || (at > -1e-9 && at < 10 + 1e-9));
});
