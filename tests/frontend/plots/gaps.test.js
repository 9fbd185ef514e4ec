import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fence } from '../../../frontend/js/plots/fence.js';
import { curveLine, drawnHeights, hasValue } from '../../../frontend/js/plots/gaps.js';
import { chooseHeight, finiteValues } from '../../../frontend/js/plots/height.js';

const AXIS = Array.from({ length: 129 }, (_, i) => -2 + i / 32);
/** @param {number} value */
const told = (value) => (Number.isFinite(value) ? value : null);
/** @param {(x: number, y: number) => number} f @returns {any} */
const surfaceOf = (f) => ({ u: AXIS, v: AXIS, z: AXIS.map((y) => AXIS.map((x) => told(f(x, y)))) });
/** @param {(x: number) => number} f @returns {any} */
const curveOf = (f) => ({ u: AXIS, v: null, z: AXIS.map((x) => told(f(x))) });
/** @param {any} surface */
const heightFor = (surface) => chooseHeight(surface.z, null);
/** @param {any} surface */
const fenced = (surface) => fence(surface.z, finiteValues(surface.z).sort());

/** @type {Array<[string, any]>} */
const POLES = [['1/x', curveOf((x) => 1 / x)], ['tan 3x', curveOf((x) => Math.tan(3 * x))], ['-1/(x-0.01)^2', curveOf((x) => -1 / (x - 0.01) ** 2)],
  ['1/(xy)', surfaceOf((x, y) => 1 / (x * y))], ['1/(x^2+y^2)', surfaceOf((x, y) => 1 / (x * x + y * y))]];
for (const [name, surface] of POLES) {
  test(`the poles of ${name} do not flatten the rest: eight tenths of the losses take up a tenth of the picture at least`, () => {
    const sorted = finiteValues(surface.z).sort();
    const [low, high] = fenced(surface);
    assert.ok(high - low < sorted[sorted.length - 1] - sorted[0]);
    const middle = sorted[Math.round(0.9 * sorted.length)] - sorted[Math.round(0.1 * sorted.length)];
    assert.ok(middle / (high - low) >= 0.1, `${middle} of ${high - low}`);
  });
}

/** @type {Array<[string, any]>} */
const WHOLE = [['a bowl', surfaceOf((x, y) => x * x + 3 * y * y)], ['a narrow basin', surfaceOf((x, y) => -Math.exp(-100 * ((x - 1) ** 2 + y * y)))],
  ['a dome with an edge', surfaceOf((x, y) => Math.sqrt(1 - x * x - y * y))], ['log(xy)', surfaceOf((x, y) => Math.log(x * y))],
  ['a valley', surfaceOf((x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2)], ['a kink', curveOf(Math.abs)], ['a step', curveOf(Math.sign)], ['a level', curveOf(() => 3)]];
for (const [name, surface] of WHOLE) {
  test(`${name} is drawn from its lowest loss to its highest`, () => {
    const sorted = finiteValues(surface.z).sort();
    assert.deepEqual(fenced(surface), [sorted[0], sorted[sorted.length - 1]]);
  });
}

test('where there is no loss there is a gap, and nowhere else', () => {
  const surface = surfaceOf((x, y) => Math.log(x * y));
  drawnHeights(surface, heightFor(surface)).forEach((row, j) => row.forEach((at, i) => {
    assert.equal(Number.isNaN(at), !(AXIS[i] * AXIS[j] > 0), `${AXIS[i]} ${AXIS[j]}`);
    assert.equal(hasValue(surface, AXIS[i], AXIS[j]), AXIS[i] * AXIS[j] > 0);
  }));
});

test('no line joins the two sides of a pole between grid points, and both reach the edge of the picture', () => {
  const surface = curveOf((x) => 1 / (x - 0.01));
  const height = heightFor(surface);
  const { x, y, losses } = curveLine(surface, height);
  assert.equal(x.length, AXIS.length + 1);
  const gap = y.findIndex(Number.isNaN);
  assert.ok(x[gap] > 0 && x[gap] < 1 / 32 && losses[gap] === null);
  assert.ok(y[gap - 1] < height.low && y[gap + 1] > height.high);
});

test('a pole between grid points parts a surface', () => {
  const surface = surfaceOf((x) => 1 / (x - 0.01));
  const rows = drawnHeights(surface, heightFor(surface));
  for (const row of rows) assert.deepEqual([...row.keys()].filter((i) => Number.isNaN(row[i])), [64, 65]);
});

test('what goes to infinity is drawn at heights that a graphics card can hold', () => {
  const surface = surfaceOf((x, y) => 1 / (x * y * 1e-9));
  const height = heightFor(surface);
  const span = height.high - height.low;
  for (const at of drawnHeights(surface, height).flatMap((row) => [...row])) {
    assert.ok(Number.isNaN(at) || (at >= height.low - 2.001 * span && at <= height.high + 2.001 * span));
  }
});
