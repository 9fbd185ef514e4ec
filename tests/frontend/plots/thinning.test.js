import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PathThinner } from '../../../frontend/js/plots/thinning.js';
import { historyOf, trackOfHistory, walk } from './walks.js';

const BUDGET = 100;
/** @type {[number, number]} */
const FINE = [1e-9, 1e-9];
const spiral = walk(20_000, (step) => [Math.cos(step / 50) * step, Math.sin(step / 50) * step]);
const zigzag = walk(5_000, (step) => [step, step % 2 === 0 ? 1 : -1]);

test('a short path is kept whole', () => {
  const history = historyOf(spiral.slice(0, 60));
  assert.deepEqual(new PathThinner(trackOfHistory(history), BUDGET, FINE).steps(), walk(60, (step) => [step]).flat());
});

test('a long path keeps to its budget, rises, and has the first and the newest row', () => {
  const history = historyOf(spiral);
  const steps = new PathThinner(trackOfHistory(history), BUDGET, FINE).steps();
  assert.ok(steps.length <= BUDGET && steps.length > BUDGET / 4, String(steps.length));
  assert.equal(steps[0], 0);
  assert.equal(steps.at(-1), spiral.length - 1);
  assert.ok(steps.every((step, i) => i === 0 || step > steps[i - 1]));
});

test('the budget holds at every length', () => {
  const history = historyOf([[0, 0]]);
  const thinner = new PathThinner(trackOfHistory(history), BUDGET, FINE);
  for (let step = 1; step < 3_000; step++) {
    const theta = [[step, (step * 7919) % 101]];
    history.append({ first_step: step, count: 1, theta, grad: theta, loss: [1], grad_norm: [1], lr: [1] });
    assert.ok(thinner.steps().length <= BUDGET);
  }
});

test('an oscillation keeps both its sides, which every second row would not', () => {
  const history = historyOf(zigzag);
  const steps = new PathThinner(trackOfHistory(history), BUDGET, FINE).steps();
  const tops = steps.filter((step) => history.theta(step, 1) === 1).length;
  assert.ok(tops > steps.length / 4 && tops < (3 * steps.length) / 4, `${tops} of ${steps.length}`);
});

test('the farthest points of a path are kept', () => {
  const path = walk(10_000, (step) => [step / 1e4, Math.sin(step / 900)]);
  path[4_321] = [0.4321, 5];
  path[7_777] = [0.7777, -5];
  const steps = new PathThinner(trackOfHistory(historyOf(path)), BUDGET, FINE).steps();
  assert.ok(steps.includes(4_321) && steps.includes(7_777));
});

test('the picture does not depend on the blocks in which the rows came', () => {
  const whole = new PathThinner(trackOfHistory(historyOf(spiral)), BUDGET, FINE).steps();
  const history = historyOf(spiral.slice(0, 1));
  const thinner = new PathThinner(trackOfHistory(history), BUDGET, FINE);
  for (let first = 1; first < spiral.length; first += 137) {
    const theta = spiral.slice(first, first + 137);
    const ones = theta.map(() => 1);
    history.append({ first_step: first, count: theta.length, theta, grad: theta, loss: ones, grad_norm: ones, lr: ones });
    thinner.steps();
  }
  assert.deepEqual(thinner.steps(), whole);
});

test('a descent that has settled takes no points from the part where it moved', () => {
  const path = walk(50_000, (step) => [step < 50 ? step : 50 + 1e-6 * Math.sin(step), 0]);
  const steps = new PathThinner(trackOfHistory(historyOf(path)), BUDGET, [0.1, 0.1]).steps();
  assert.deepEqual(steps.slice(0, 51), walk(51, (step) => [step]).flat());
  assert.equal(steps.length, 52);
});

test('rows that are not finite are left out, and so is a diverged end', () => {
  const steps = new PathThinner(trackOfHistory(historyOf([[0, 0], [NaN, 1], [2, 2], [3, Infinity]])), BUDGET, FINE).steps();
  assert.deepEqual(steps, [0, 2]);
});

test('one dimension is a path along a line', () => {
  assert.deepEqual(new PathThinner(trackOfHistory(historyOf([[0], [2], [1]])), BUDGET, FINE).steps(), [0, 1, 2]);
});

test('a cleared history is thinned from its start again', () => {
  const history = historyOf([[0, 0], [1, 1]]);
  const thinner = new PathThinner(trackOfHistory(history), BUDGET, FINE);
  thinner.steps();
  history.clear();
  assert.deepEqual(thinner.steps(), []);
});

test('a long path that is looked at piece by piece grows to the same picture, and ends where it was looked at', () => {
  const whole = new PathThinner(trackOfHistory(historyOf(spiral)), BUDGET, FINE).steps();
  const thinner = new PathThinner(trackOfHistory(historyOf(spiral)), BUDGET, FINE);
  for (let taken = 3_000; taken < spiral.length; taken += 3_000) {
    assert.equal(thinner.steps(3_000).at(-1), taken - 1);
    assert.equal(thinner.numTaken, taken);
  }
  assert.deepEqual(thinner.steps(3_000), whole);
});
