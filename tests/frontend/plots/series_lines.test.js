import assert from 'node:assert/strict';
import { test } from 'node:test';

import { History } from '../../../frontend/js/history.js';
import { cornersOf, freeCorner, lineStyle, partsOf } from '../../../frontend/js/plots/series_lines.js';
import { createSeriesRows } from '../../../frontend/js/plots/series_rows.js';
import { lossValue } from '../../../frontend/js/plots/values.js';
import { pictureOf } from './walks.js';

const BATCHES = [9, 1, 8];
const TRAIN = [5, 4, 3];
const TEST = [6, 5.5, 5];

/** @param {string[]} extras @param {object} [rest] @returns {any} */
function descentWith(extras, rest = {}) {
  const history = new History(0, extras);
  const columns = { train_loss: TRAIN, test_loss: TEST };
  history.append({ first_step: 0, count: 3, loss: BATCHES, grad_norm: [1, 1, 1], lr: [1, 1, 1], ...Object.fromEntries(extras.map((name) => [name, /** @type {any} */ (columns)[name]])) });
  return { label: 'SGD', slot: 0, history, state: 'running', visible: true, selected: false, ...rest };
}

/** @param {any} descent */
const linesOf = (descent) => lossValue(pictureOf({ descents: [descent] })).parts.map(({ kind, exact }) => [kind, [0, 1, 2].map((step) => exact(descent.history, step))]);

test('a descent that sees all points has the one line of its loss', () => {
  assert.deepEqual(linesOf(descentWith([])), [['main', BATCHES]]);
});

test('what is descended over all training points is the main line, and that of the batches is drawn below it', () => {
  assert.deepEqual(linesOf(descentWith(['train_loss'])), [['batch', BATCHES], ['main', TRAIN]]);
  assert.deepEqual(linesOf(descentWith(['test_loss'])), [['test', TEST], ['main', BATCHES]]);
  assert.deepEqual(linesOf(descentWith(['train_loss', 'test_loss'])), [['batch', BATCHES], ['test', TEST], ['main', TRAIN]]);
});

test('axis and readout read the main line', () => {
  const descent = descentWith(['train_loss', 'test_loss']);
  const value = lossValue(pictureOf({ descents: [descent] }));
  assert.equal(value.exact(descent.history, 2), 3);
});

test('of more than two descents only the selected one shows its batches', () => {
  const descent = descentWith(['train_loss']);
  const value = lossValue(pictureOf({ descents: [descent] }));
  const kinds = (/** @type {any} */ one, /** @type {number} */ count) => partsOf(value, one, count).map(({ kind }) => kind);
  assert.deepEqual(kinds(descent, 2), ['batch', 'main']);
  assert.deepEqual(kinds(descent, 3), ['main']);
  assert.deepEqual(kinds({ ...descent, selected: true }, 8), ['batch', 'main']);
});

test('each kind of line is thinned on its own', () => {
  const descent = descentWith(['train_loss', 'test_loss']);
  const value = lossValue(pictureOf({ descents: [descent] }));
  const rows = createSeriesRows();
  const thinners = value.parts.map((part) => rows(descent, value, part, null));
  assert.equal(new Set(thinners).size, 3);
  value.parts.forEach((part, i) => assert.equal(rows(descent, value, part, null), thinners[i]));
});

test('lines of one descent share its colour and are told apart by width and dash', () => {
  const [descent, picture] = [descentWith([], { slot: 3 }), pictureOf()];
  const styles = /** @type {const} */ (['main', 'test', 'batch']).map((kind) => lineStyle(picture, descent, kind));
  assert.equal(new Set(styles.map(({ color }) => color)).size, 1);
  assert.ok(styles[0].width > styles[1].width && styles[1].width > styles[2].width);
  assert.ok(styles[0].dash.length === 0 && styles[1].dash.length > 0);
});

test('the legend stands in a corner that lines leave free, and does not jump for a few points', () => {
  const axis = { isLog: false, range: /** @type {[number, number]} */ ([0, 1]), offset: 40, length: 300 };
  const corners = cornersOf({ x: axis, y: { ...axis, length: 200 } }, 80, 50);
  for (const { left, top, width, height } of corners) assert.ok(left > 40 && left + width < 340 && top > 40 && top + height < 240);
  const flat = { lefts: Array.from({ length: 300 }, (_, i) => 40 + i), tops: new Array(300).fill(60) };
  assert.equal(freeCorner(corners, [], 0), 0);
  assert.equal(freeCorner(corners, [flat], 0), 1);
  assert.equal(freeCorner(corners, [{ lefts: [300, 310], tops: [60, 61] }], 0), 0);
});
