import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ticksWithin } from '../../../frontend/js/plots/scene_axes.js';

test('ticks stand at round values within the axis, at most seven', () => {
  assert.deepEqual(ticksWithin([-5, 5]), [-4, -2, 0, 2, 4]);
  assert.deepEqual(ticksWithin([-2, 2]), [-2, -1, 0, 1, 2]);
  assert.deepEqual(ticksWithin([0.1, 0.45]), [0.1, 0.2, 0.3, 0.4]);
  for (const high of [0.37, 1, 4.5, 1234]) assert.ok(ticksWithin([0, high]).length <= 7);
});
