import assert from 'node:assert/strict';
import { test } from 'node:test';
import './resolve.js';

/** @type {any} */ (globalThis).document = { hidden: true, addEventListener() {} };
const { createRows } = await import('../../frontend/js/rows.js');

/** @param {any} message */
const text = (message) => JSON.stringify(message);
const frame = (/** @type {number} */ descent, /** @type {object} */ rest) => text({ type: 'frame', descent, first_step: 0, count: 2, loss: [2, 1], grad_norm: [1, 1], lr: [1, 1], ...rest });

function scene() {
  /** @type {any[]} */
  const heard = [];
  const rows = createRows({ onRows: () => heard.push('rows'), onFit: (key, fit) => heard.push([key, fit.step]), onMessage: (message) => heard.push(message.type),
    outcomes: () => [{ state: 'running' }, { state: 'running' }] });
  return { rows, heard };
}

test('the newest fit of each descent is kept under its card, and none of a run before', () => {
  const { rows, heard } = scene();
  rows.begin(['d0', 'd3'], 2);
  rows.push(text({ type: 'fit', descent: 1, step: 4, shape: [1], values: [0.5], train_accuracy: null, test_accuracy: null, theta: null }));
  rows.push(text({ type: 'fit', descent: 1, step: 9, shape: [1], values: [0.7], train_accuracy: null, test_accuracy: null, theta: null }));
  assert.equal(rows.fitOf('d0'), null);
  assert.equal(rows.fitOf('d3')?.step, 9);
  assert.deepEqual(heard, [['d3', 4], ['d3', 9]]);
  rows.begin(['d0', 'd3'], 2);
  assert.equal(rows.fitOf('d3'), null);
});

test('up to sixteen dimensions theta is in the histories, beyond it is told at some steps and with the newest fit', () => {
  const { rows } = scene();
  rows.begin(['d0'], 16);
  assert.equal(rows.trailOf('d0'), null);
  assert.equal(rows.historyOf('d0')?.dim, 16);
  rows.begin(['d0'], 17);
  assert.equal(rows.historyOf('d0')?.dim, 0);
  const theta = Array.from({ length: 17 }, (_, i) => i);
  rows.push(text({ type: 'samples', descent: 0, steps: [0, 2], theta: [theta, theta.map((value) => -value)] }));
  rows.push(text({ type: 'fit', descent: 0, step: 3, shape: [1], values: [0], train_accuracy: null, test_accuracy: null, theta }));
  const trail = rows.trailOf('d0');
  assert.deepEqual([trail?.length, trail?.step(1), trail?.theta(1, 5), trail?.newest()?.step], [2, 2, -5, 3]);
});

test('the columns that a model adds are in its histories', () => {
  const { rows } = scene();
  rows.begin(['d0', 'd1'], 0, ['test_loss']);
  rows.push(frame(1, { test_loss: [7, 6] }));
  assert.deepEqual(rows.historyOf('d1')?.last()?.extras, { test_loss: 6 });
});
