import assert from 'node:assert/strict';
import { test } from 'node:test';

import { extentOf, nextAxes } from '../../../frontend/js/plots/series_axes.js';
import { zoomWindow } from '../../../frontend/js/plots/series_rows.js';
import { lossValue, symlogTicks, thetaValue } from '../../../frontend/js/plots/values.js';
import { historyOf, pictureOf } from './walks.js';

/** @param {(number | null)[]} losses @param {'running' | 'diverged'} [state] */
function descentOf(losses, state = 'running') {
  const history = historyOf(losses.map((_, step) => [step]), losses);
  return { label: 'SGD', slot: 0, history, state, visible: true, selected: false };
}

const value = lossValue(pictureOf());

test('the extent of a descent is that of its finite values', () => {
  const extent = extentOf(descentOf([9, null, 0, 4]), value, [0, 1, 2, 3]);
  assert.deepEqual(extent, { first: 9, low: 0, high: 9, lowPositive: 4, isDiverged: false });
});

test('axes stand still while everything fits and grow when it does not', () => {
  const extents = [extentOf(descentOf([9, 4, 1]), value, [0, 1, 2])];
  const first = nextAxes(null, value, extents, 3, null);
  assert.equal(nextAxes(first, value, extents, 40, null), first);
  const second = nextAxes(first, value, extents, 400, null);
  assert.ok(second.steps[1] >= 399 && second.range[0] === first.range[0] && second.range[1] === first.range[1]);
});

test('another race, or another value, gets axes of its own', () => {
  const extents = [extentOf(descentOf([9, 4, 1]), value, [0, 1, 2])];
  const long = nextAxes(null, value, extents, 1_000, null);
  assert.equal(nextAxes(long, value, extents, 3, null).steps[1], 50);
  const other = lossValue(pictureOf({ revision: 2 }));
  assert.equal(nextAxes(long, other, extents, 1_000, null).key, other.key);
});

test('the step axis does not grow beyond the run', () => {
  assert.deepEqual(nextAxes(null, value, [], 170, 180).steps, [0, 180]);
  assert.deepEqual(nextAxes(null, value, [], 20, 180).steps, [0, 50]);
  assert.deepEqual(nextAxes(null, value, [], 20, 10).steps, [0, 19]);
});

test('axes made before any row give way to the first row', () => {
  const empty = nextAxes(null, value, [], 0, null);
  const extents = [extentOf(descentOf([0.5]), value, [0])];
  const next = nextAxes(empty, value, extents, 1, null);
  assert.notEqual(next, empty);
  assert.ok(next.range[0] < Math.log10(0.5) && next.range[1] > Math.log10(0.5));
});

test('the title says what is shown where a negative minimum is taken away', () => {
  const picture = pictureOf();
  const objective = { ...picture.surface?.objective, minima: [{ theta: [0, 0], loss: -3 }] };
  const shifted = lossValue(pictureOf({ surface: { ...picture.surface, objective } }));
  assert.equal(shifted.title, 'loss \u2212 minimum');
  const { history } = descentOf([-2, -3]);
  assert.deepEqual([shifted.read(history, 0), shifted.exact(history, 0)], [1, -2]);
  assert.equal(lossValue(picture).title, 'loss');
});

test('a loss that falls below zero without a known minimum gets a symlog axis', () => {
  const picture = pictureOf();
  const surface = { ...picture.surface, minimum: 0, objective: { ...picture.surface?.objective, minima: [] } };
  assert.ok(lossValue(pictureOf({ surface })).isLog);
  const below = lossValue(pictureOf({ surface, descents: [descentOf([1, -5])] }));
  assert.equal(below.isLog, false);
  assert.notEqual(below.key, lossValue(pictureOf({ surface })).key);
});

test('symlog ticks stand where the loss that they name is drawn', () => {
  const { tickvals, ticktext } = symlogTicks([-9, 2]);
  const at = Object.fromEntries(ticktext.map((text, i) => [text, tickvals[i]]));
  assert.equal(at['0'], 0);
  assert.ok(Math.abs(at['10'] - Math.log10(11)) < 1e-12);
  assert.ok(tickvals.length <= 9);
});

test('a symlog axis always has two ticks, each where its loss is', () => {
  for (const [low, high] of [[0.55, 0.65], [-0.5, -0.4], [5.1, 5.3], [-1.06, 0.3], [2.02, 2.9]]) {
    const { tickvals, ticktext } = symlogTicks([low, high]);
    assert.ok(tickvals.length >= 2 && new Set(ticktext).size === tickvals.length, `${low} ${high}`);
    assert.ok(tickvals.every((at) => at >= low && at <= high));
  }
});

test('theta over the steps spans the domain and has a line at each minimum', () => {
  const picture = pictureOf();
  const objective = { dim: 1, domain: [[-2, 3]], minima: [{ theta: [1.5], loss: 0 }] };
  const theta = thetaValue(pictureOf({ surface: { ...picture.surface, objective } }));
  assert.deepEqual(theta.range([]), [-2, 3]);
  assert.deepEqual(theta.references, [1.5]);
});

test('a zoom looks one step beyond each end', () => {
  assert.deepEqual(zoomWindow([10.4, 20.2]), [9, 22]);
  assert.deepEqual(zoomWindow([-7, 3]), [0, 4]);
});
