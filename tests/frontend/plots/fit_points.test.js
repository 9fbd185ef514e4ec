import assert from 'node:assert/strict';
import { test } from 'node:test';

import { marksOf } from '../../../frontend/js/plots/fit_data.js';
import { markAt, pickPoint } from '../../../frontend/js/plots/fit_editing.js';
import { layersOf, seenMarks } from '../../../frontend/js/plots/fit_points.js';
import { planeData, SQUARE } from './fits.js';

/** @param {number} count @returns {import('../../../frontend/js/plots/fit_data.js').Mark[]} */
const crowd = (count) => Array.from({ length: count }, (_, i) => ({ u: 0.3 * Math.sin(i), v: 0.3 * Math.cos(1.7 * i), group: 0, isTest: false }));

test('of ten thousand points in a crowd those that are seen stay, and so do an outlier, a rare class and a test point', () => {
  const rare = [
    { u: 0.95, v: -0.95, group: 0, isTest: false },
    { u: 0.001, v: 0.001, group: 1, isTest: false },
    { u: 0.001, v: 0.001, group: 0, isTest: true },
  ];
  const seen = seenMarks([...crowd(10000), ...rare], SQUARE, 2.4);
  assert.ok(seen.length < 1200);
  for (const mark of rare) assert.ok(seen.includes(mark));
});

test('every point that is left out lies under one of its own kind', () => {
  const [marks, size] = [crowd(3000), 3];
  const seen = seenMarks(marks, SQUARE, size);
  for (const { u, v } of marks) {
    assert.ok(seen.some((other) => Math.abs(other.u - u) * 100 <= size && Math.abs(other.v - v) * 100 <= size));
  }
});

test('the rarest class is drawn last', () => {
  const marks = [...crowd(5).map((mark) => ({ ...mark, group: 1 })), ...crowd(50), ...crowd(20).map((mark) => ({ ...mark, isTest: true }))];
  assert.deepEqual(layersOf(marks).map((layer) => layer.length), [50, 20, 5]);
});

test('a click on a point means that point, the nearest one; a click elsewhere means none', () => {
  const marks = marksOf(planeData());
  assert.equal(markAt(marks, SQUARE, { left: 53, top: 75 }), 0);
  assert.equal(markAt(marks, SQUARE, { left: 75, top: 75 }), -1);
  assert.equal(markAt([...marks, { ...marks[0], u: -0.46 }], SQUARE, { left: 53, top: 75 }), 3);
  assert.equal(markAt([{ ...marks[0], u: -0.46 }, ...marks], SQUARE, { left: 53, top: 75 }), 0);
});

test('a click adds a point where it is, or takes the one there away, told by its part and index', () => {
  /** @type {any[]} */
  const told = [];
  const data = planeData();
  const fitting = /** @type {any} */ ({
    data, onPointAdded: (/** @type {any} */ ...args) => told.push(args), onPointRemoved: (/** @type {any} */ ...args) => told.push(args),
  });
  for (const [left, top] of [[20, 180], [150, 100], [100, 50]]) pickPoint(fitting, marksOf(data), SQUARE, { left, top });
  assert.deepEqual(told, [
    [-0.8, -0.8],
    [1, { part: 'train', index: 1, x: [0.5, 0], y: 1 }],
    [0, { part: 'test', index: 0, x: [0, 0.5], y: 1 }],
  ]);
});
