import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isWithin, pixelBox, toData, toLeft, toTop } from '../../../frontend/js/plots/projection.js';

/** @type {import('../../../frontend/js/plots/projection.js').Box} */
const BOX = {
  x: { offset: 40, length: 200, range: [-1, 3], isLog: false },
  y: { offset: 10, length: 100, range: [-6, 2], isLog: true },
};

test('corners of the axes lie at their pixels, and y points up', () => {
  assert.equal(toLeft(BOX.x, -1), 40);
  assert.equal(toLeft(BOX.x, 3), 240);
  assert.equal(toTop(BOX.y, 100), 10);
  assert.ok(Math.abs(toTop(BOX.y, 1e-6) - 110) < 1e-9);
});

test('pixels go back to the data they came from, on a log axis too', () => {
  for (const [x, y] of [[0, 1], [2.5, 3e-5]]) {
    const [u, v] = toData(BOX, toLeft(BOX.x, x), toTop(BOX.y, y));
    assert.ok(Math.abs(u - x) < 1e-12 && Math.abs(v / y - 1) < 1e-12);
  }
});

test('the box knows what is within it', () => {
  assert.ok(isWithin(BOX, 40, 110));
  assert.ok(!isWithin(BOX, 39, 50) && !isWithin(BOX, 100, 111));
  assert.deepEqual(pixelBox(BOX, 5), [[35, 245], [5, 115]]);
});
