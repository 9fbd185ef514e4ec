import assert from 'node:assert/strict';
import { test } from 'node:test';

import { themes } from '../../../frontend/js/palette.js';
import { fitAxes, plainName, spanOf } from '../../../frontend/js/plots/fit_axes.js';
import { letterColor } from '../../../frontend/js/plots/fit_confusion.js';
import { curvePath } from '../../../frontend/js/plots/fit_curve.js';
import { drawnFits, emptyData, marksOf, numValues, shownFit } from '../../../frontend/js/plots/fit_data.js';
import { fitFigure } from '../../../frontend/js/plots/fit_figure.js';
import { legendEntries, placeEntries } from '../../../frontend/js/plots/fit_legend.js';
import { paritySpots } from '../../../frontend/js/plots/fit_parity.js';
import { percent } from '../../../frontend/js/plots/fit_scene.js';
import { curveAt, halfCrossings, probabilitiesAt, rowShare } from '../../../frontend/js/plots/fit_values.js';
import { heldAxes } from '../../../frontend/js/plots/fit_view.js';
import { englishStrings } from '../../../frontend/js/plots/picture.js';
import { descentIn, fitOf, lineData, planeData, planeFit, sigmoid, spread, SQUARE } from './fits.js';
import { contrast } from './sight.js';
import { pictureOf } from './walks.js';

/** @typedef {import('../../../frontend/js/plots/fit_data.js').Fitting} Fitting */

const table = planeData({ kind: 'confusion', inputs: ['a', 'b', 'c'], classes: ['p', 'q', 'r'], grid: null });
const parity = lineData({ kind: 'parity', inputs: ['a', 'b'], grid: null, test: { x: [[0]], y: [20] } });

/** @param {Partial<Fitting>} overrides @returns {Fitting} */
function fittingOf(overrides) {
  return { data: lineData(), fits: new Map(), editing: null, revision: 0, onPointAdded: () => {}, onPointRemoved: () => {}, ...overrides };
}

test('a fit has as many numbers as the contract says of its kind', () => {
  assert.equal(numValues(lineData()), 3);
  assert.equal(numValues(planeData()), 21 * 21);
  assert.equal(numValues(planeData({ classes: ['a', 'b', 'c'] })), 3 * 21 * 21);
  assert.equal(numValues(parity), 3 + 1);
  assert.equal(numValues(table), 9);
});

test('only fits to these data are drawn, each with its descent, and hidden descents are not', () => {
  const fits = new Map([[0, fitOf([1, 2, 3])], [2, fitOf([1, 2])], [5, fitOf([4, 5, 6])]]);
  const drawn = drawnFits(fittingOf({ fits }), [descentIn(5), descentIn(0), descentIn(2), descentIn(1)]);
  assert.deepEqual(drawn.map(({ descent }) => descent.slot), [5, 0]);
  assert.deepEqual(drawnFits(fittingOf({ fits, data: null }), [descentIn(0)]), []);
});

test('the ground is of the selected descent, else of the first of the race', () => {
  const fits = new Map([[1, fitOf([1, 2, 3])], [4, fitOf([4, 5, 6])]]);
  const shown = (/** @type {boolean} */ selected) => shownFit(drawnFits(fittingOf({ fits }), [descentIn(4, { selected }), descentIn(1)]));
  assert.equal(shown(true)?.descent.slot, 4);
  assert.equal(shown(false)?.descent.slot, 1);
  assert.equal(shownFit([]), null);
});

test('every point of the data is a mark, train before test', () => {
  assert.deepEqual(marksOf(planeData()).map(({ u, v, group, isTest }) => [u, v, group, isTest]), [
    [-0.5, 0.25, 0, false], [0.5, 0, 1, false], [0, 0.5, 1, true],
  ]);
  assert.deepEqual(marksOf(lineData()).map(({ u, v, group }) => [u, v, group]), [[0, 0, 0], [1, 10, 0], [2, 4, 0]]);
  assert.deepEqual(marksOf(table), []);
});

test('the axes hold all data, whatever a fit or the truth does', () => {
  const axes = fitAxes(lineData({ truth: { y: [0, 1e9, null] } }), englishStrings);
  assert.deepEqual(axes.x, [0, 2]);
  assert.ok(axes.y[0] < 0 && axes.y[1] > 10 && axes.y[1] - axes.y[0] < 12);
  assert.deepEqual([axes.xTitle, axes.yTitle], ['x', 'y']);
  const plane = fitAxes(planeData(), englishStrings);
  assert.deepEqual([plane.x, plane.y, plane.xTitle, plane.yTitle, plane.isSquare], [[-1, 1], [-1, 1], 'x1', 'x2', true]);
});

test('a prediction is drawn over the target on equal axes that hold test points too', () => {
  const { x, y, isSquare } = fitAxes(parity, englishStrings);
  assert.deepEqual(x, y);
  assert.ok(isSquare && x[0] < 0 && x[1] > 20);
});

test('the first row of a table is on top and both axes name the classes', () => {
  const { x, y, names } = fitAxes(table, englishStrings);
  assert.deepEqual([x, y, names], [[-0.5, 2.5], [2.5, -0.5], ['p', 'q', 'r']]);
});

test('a single value, and none at all, still have a span', () => {
  const [low, high] = spanOf([3, null, NaN]);
  assert.ok(low < 3 && high > 3);
  assert.deepEqual(spanOf([], [-2, 2]), [-2, 2]);
});

test("names of a person's own columns are written as they are", () => {
  assert.equal(plainName('<b>a & b</b>'), '&lt;b>a &amp; b&lt;/b>');
  assert.equal(plainName('n'.repeat(80)).length, 26);
});

test('axes of every kind stand still by themselves and are of their theme', () => {
  for (const theme of Object.values(themes)) {
    for (const data of [lineData(), planeData(), parity, table]) {
      const { layout } = /** @type {any} */ (fitFigure(pictureOf({ theme }), fitAxes(data, englishStrings), { width: 350, height: 300 }, 'r'));
      for (const { autorange, range, tickfont } of [layout.xaxis, layout.yaxis]) {
        assert.ok(autorange === false && range.length === 2);
        assert.equal(tickfont.color, theme.muted);
      }
      assert.equal(layout.paper_bgcolor, theme.paper);
    }
  }
});

test('a place does not move away from under a reader who adds points', () => {
  const before = fitAxes(planeData(), englishStrings);
  const wider = planeData({ grid: { u: spread(-0.5, 3, 21), v: spread(-0.2, 0.2, 21) } });
  const next = fitAxes(wider, englishStrings);
  const editing = { task: /** @type {const} */ ('classification'), classes: ['a', 'b'], activeClass: 0 };
  const held = heldAxes(before, next, wider, fittingOf({ editing }));
  assert.deepEqual([held.x, held.y], [[-1, 3], [-1, 1]]);
  assert.equal(heldAxes(before, next, wider, fittingOf({})), next);
});

test('a plane without data waits for points', () => {
  const plane = emptyData({ task: 'classification', classes: ['a', 'b'], activeClass: 0 });
  assert.deepEqual(marksOf(plane), []);
  assert.ok(fitAxes(plane, englishStrings).hasGrid && !fitAxes(planeData(), englishStrings).hasGrid);
  assert.ok(fitAxes(plane, englishStrings).x[0] < 0);
  assert.equal(emptyData({ task: 'regression', classes: null, activeClass: 0 }).kind, 'curve');
});

test('a curve that diverges is cut near the axes and comes back', () => {
  const [lefts, tops] = curvePath(SQUARE, [-1, -0.5, 0, 0.5, 1], [0, 1e12, NaN, -1e30, 0]);
  assert.ok(tops.every((top) => Number.isNaN(top) || (top >= -20 && top <= 220)));
  assert.equal(lefts.at(-1), 200);
});

test('between points of the grid a curve is read along its line', () => {
  assert.equal(curveAt([0, 4, 6], [0, 1, 3], 2), 5);
  assert.equal(curveAt([0, 4, 6], [0, 1, 3], 3), 6);
  assert.ok(Number.isNaN(curveAt([0, 4, 6], [0, 1, 3], 3.01)));
});

test('a bilinear field is read as it is, and two classes together are certain', () => {
  const fit = planeFit((u, v) => 0.5 + 0.2 * u - 0.1 * v + 0.05 * u * v);
  const found = probabilitiesAt(fit, planeData(), 0.333, -0.777) ?? [];
  assert.ok(Math.abs(found[1] - (0.5 + 0.2 * 0.333 + 0.1 * 0.777 - 0.05 * 0.333 * 0.777)) < 1e-6);
  assert.ok(Math.abs(found[0] + found[1] - 1) < 1e-12);
  assert.equal(probabilitiesAt(fit, planeData(), 1.2, 0), null);
});

test('a logistic unit passes one half at -b / w, however steep', () => {
  const u = spread(-5, 5, 129);
  for (const [w, b] of [[0.3, 0.5], [8, -3], [-60, 25]]) {
    const [at, ...others] = halfCrossings(Float32Array.from(u, (x) => sigmoid(w * x + b)), u);
    assert.ok(Math.abs(at + b / w) < 2e-3, `${at} ${-b / w}`);
    assert.deepEqual(others, []);
  }
  assert.deepEqual(halfCrossings([NaN, 0.2, NaN, 0.9], [0, 1, 2, 3]), []);
});

test('each prediction lies over its target, and one beyond the axes at their edge', () => {
  const data = lineData({ kind: 'parity', train: { x: [[0], [0]], y: [0.5, -0.5] }, test: { x: [[0]], y: [0] } });
  const values = [0.25, 50, -0.75];
  assert.deepEqual(paritySpots(SQUARE, data, values, false), [{ left: 150, top: 75, index: 0 }, { left: 50, top: 0, index: 1 }]);
  assert.deepEqual(paritySpots(SQUARE, data, values, true), [{ left: 100, top: 175, index: 2 }]);
});

test('shares of a row add up to one, and a row without counts has none', () => {
  const counts = [3, 1, 0, 0];
  assert.equal(rowShare(counts, 2, 0, 0) + rowShare(counts, 2, 0, 1), 1);
  assert.equal(rowShare(counts, 2, 0, 0), 0.75);
  assert.equal(percent(rowShare(counts, 2, 1, 0)), '\u2013');
  assert.deepEqual([percent(1), percent(0.8654), percent(null)], ['100 %', '86.5 %', '\u2013']);
});

test('the letters of a cell read on every shade of it', () => {
  for (const theme of Object.values(themes)) {
    const [paper, fill] = [theme.paper, theme.curve].map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
    for (let opacity = 0; opacity <= 0.85; opacity += 0.05) {
      const cell = fill.map((part, i) => Math.round(opacity * part + (1 - opacity) * paper[i]).toString(16).padStart(2, '0'));
      const found = contrast(letterColor(theme, opacity), `#${cell.join('')}`);
      assert.ok(found > 4, `${opacity}: ${found}`);
    }
  }
});

test('the legend says what each mark is, and leaves out what is not there', () => {
  const scene = (/** @type {any} */ data) => /** @type {any} */ ({ picture: pictureOf(), data, shown: null });
  const texts = (/** @type {any} */ data) => legendEntries(scene(data)).map(({ text }) => text);
  assert.deepEqual(texts(planeData()), ['no', 'yes', 'test']);
  assert.deepEqual(texts(planeData({ test: null })), ['no', 'yes']);
  assert.deepEqual(texts(lineData()), []);
  assert.deepEqual(texts(lineData({ truth: { y: [1, 2, 3] } })), ['train', 'truth']);
  assert.deepEqual(texts(parity), ['train', 'test']);
});

test('names that do not fit leave their signs', () => {
  const entries = Array.from({ length: 4 }, (_, group) => ({ text: 'a name', sign: /** @type {const} */ ('point'), group }));
  const wide = placeEntries(entries, () => 40, 300);
  assert.ok(wide.width <= 300 && wide.placed.every(({ text }) => text === 'a name'));
  const narrow = placeEntries(entries, () => 40, 100);
  assert.ok(narrow.width <= 100 && narrow.placed.every(({ text }) => text === ''));
});
