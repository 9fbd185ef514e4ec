import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Trail } from '../../frontend/js/trail.js';

/** @param {number[]} steps @param {number} dim */
const samples = (steps, dim) => ({ steps, theta: Float32Array.from(steps.flatMap((step) => Array.from({ length: dim }, (_, axis) => 100 * step + axis))) });

test('samples are kept in order, however many come', () => {
  const trail = new Trail(17);
  for (let step = 0; step < 300; step += 7) trail.append(samples([step], 17));
  assert.equal(trail.length, 43);
  assert.deepEqual([trail.step(42), trail.theta(42, 0), trail.theta(42, 16)], [294, 29400, 29416]);
});

test('what a resumed stream sends again is left out', () => {
  const trail = new Trail(3);
  trail.append(samples([0, 2, 4], 3));
  trail.append(samples([2, 4, 8], 3));
  assert.deepEqual([0, 1, 2, 3].map((index) => [trail.step(index), trail.theta(index, 1)]), [[0, 1], [2, 201], [4, 401], [8, 801]]);
});

test('the newest is told only while no sample is newer, and never goes back', () => {
  const trail = new Trail(2);
  assert.equal(trail.newest(), null);
  trail.append(samples([0, 4], 2));
  trail.setNewest(6, Float32Array.of(1, 2));
  trail.setNewest(5, Float32Array.of(3, 4));
  assert.equal(trail.newest()?.step, 6);
  trail.append(samples([8], 2));
  assert.equal(trail.newest(), null);
});

test('samples of another dimension are refused', () => {
  assert.throws(() => new Trail(3).append({ steps: [0], theta: new Float32Array(2) }), /theta must have 3 values but has 2/);
  assert.throws(() => new Trail(3).setNewest(0, new Float32Array(2)), /theta must have 3 values but has 2/);
});
