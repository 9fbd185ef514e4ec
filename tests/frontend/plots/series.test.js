import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SeriesThinner } from '../../../frontend/js/plots/series.js';
import { historyOf, walk } from './walks.js';

const BUDGET = 64;
const read = (/** @type {import('../../../frontend/js/history.js').History} */ history, /** @type {number} */ step) => history.loss(step);

/** @param {(number | null)[]} losses */
function lossesOf(losses) {
  return historyOf(losses.map(() => [0]), losses);
}

test('a short series is kept whole', () => {
  const history = lossesOf([3, 1, 2, 5]);
  assert.deepEqual(new SeriesThinner(history, read, BUDGET).steps(), [0, 1, 2, 3]);
});

test('a spike of one row survives in a hundred thousand, up or down', () => {
  const losses = Array.from({ length: 100_000 }, (_, step) => 1 + 1e-6 * Math.sin(step));
  losses[31_234] = 1e6;
  losses[77_001] = 1e-9;
  const steps = new SeriesThinner(lossesOf(losses), read, BUDGET).steps();
  assert.ok(steps.includes(31_234) && steps.includes(77_001));
  assert.ok(steps.length <= BUDGET);
  assert.equal(steps.at(-1), 99_999);
});

test('the budget holds and the steps rise at every length', () => {
  const history = lossesOf([1]);
  const thinner = new SeriesThinner(history, read, BUDGET);
  for (let step = 1; step < 2_000; step++) {
    const loss = [(step * 7919) % 103];
    history.append({ first_step: step, count: 1, theta: [[0]], grad: [[0]], loss, grad_norm: [1], lr: [1] });
    const steps = thinner.steps();
    assert.ok(steps.length <= BUDGET);
    assert.ok(steps.every((at, i) => i === 0 || at > steps[i - 1]));
  }
});

test('the extremes are those of every row', () => {
  const losses = Array.from({ length: 9_973 }, (_, step) => Math.sin(step * step));
  const history = lossesOf(losses);
  const kept = new SeriesThinner(history, read, BUDGET).steps().map((step) => history.loss(step));
  assert.equal(Math.max(...kept), Math.max(...losses));
  assert.equal(Math.min(...kept), Math.min(...losses));
});

test('rows that are not finite are left out', () => {
  assert.deepEqual(new SeriesThinner(lossesOf([null, 1, null, 2, null]), read, BUDGET).steps(), [1, 3]);
  assert.deepEqual(new SeriesThinner(lossesOf([null, null]), read, BUDGET).steps(), []);
});

test('a window sees its own rows in full detail', () => {
  const losses = walk(10_000, (step) => [step]).flat();
  const steps = new SeriesThinner(lossesOf(losses), read, BUDGET, [500, 520]).steps();
  assert.deepEqual(steps, walk(21, (i) => [500 + i]).flat());
});

test('a long series that is looked at piece by piece grows to the same picture, and says while it is behind', () => {
  const losses = Array.from({ length: 9_973 }, (_, step) => Math.sin(step * step));
  const whole = new SeriesThinner(lossesOf(losses), read, BUDGET).steps();
  const thinner = new SeriesThinner(lossesOf(losses), read, BUDGET);
  for (let taken = 2_000; taken < losses.length; taken += 2_000) {
    assert.equal(thinner.steps(2_000).at(-1), taken - 1);
    assert.ok(thinner.isBehind);
  }
  assert.deepEqual(thinner.steps(2_000), whole);
  assert.equal(thinner.isBehind, false);
});
