import assert from 'node:assert/strict';
import { test } from 'node:test';

import { toLeft, toTop } from '../../../frontend/js/plots/projection.js';
import { zoomedRanges } from '../../../frontend/js/plots/touch.js';

const BOX = {
  x: { offset: 40, length: 200, range: /** @type {[number, number]} */ ([-2, 2]), isLog: false },
  y: { offset: 10, length: 100, range: /** @type {[number, number]} */ ([-3, 1]), isLog: true },
};

test('a zoom keeps the point between the fingers where it is and the scale grows by the factor', () => {
  const ranges = zoomedRanges(BOX, { left: 90, top: 60 }, 2);
  assert.deepEqual(ranges, { x: [-1.5, 0.5], y: [-2, 0] });
  const closer = { x: { ...BOX.x, range: ranges.x }, y: { ...BOX.y, range: ranges.y } };
  assert.equal(toLeft(closer.x, -1), toLeft(BOX.x, -1));
  assert.equal(toTop(closer.y, 0.1), toTop(BOX.y, 0.1));
});
