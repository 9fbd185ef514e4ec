import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataOf, guessMapping, lineSpan, linesAround, misfit, possibleTakers, takers, toggledInput, withTarget, writtenOut } from '../../frontend/js/upload.js';

/** @param {string} name @param {Partial<import('../../frontend/js/types.js').TableColumn>} [rest] @returns {import('../../frontend/js/types.js').TableColumn} */
const number = (name, rest = {}) => ({ name, type: 'number', num_distinct: 50, minimum: 0, maximum: 9, labels: null, ...rest });
/** @param {string} name @param {string[]} labels @returns {import('../../frontend/js/types.js').TableColumn} */
const label = (name, labels) => ({ name, type: 'label', num_distinct: labels.length, minimum: null, maximum: null, labels });
/** @param {import('../../frontend/js/types.js').TableColumn[]} columns @returns {import('../../frontend/js/types.js').Table} */
const table = (...columns) => ({ id: 'abc', columns, num_rows: 50, delimiter: ',', has_header: true, preview: [] });
/** @type {any} */
const LINE = { id: 'line', data: { own: { task: 'regression', min_inputs: 1, max_inputs: 1 } } };
/** @type {any} */
const WIDE = { id: 'wide', data: { own: { task: 'regression', min_inputs: 1, max_inputs: 8 } } };
/** @type {any} */
const CLASSES = { id: 'classes', data: { own: { task: 'classification', min_inputs: 2, max_inputs: 8 } } };
/** @type {any} */
const CLOSED = { id: 'closed', data: { own: null } };
/** @type {any} */
const FUNCTION = { id: 'himmelblau' };
const ALL = [FUNCTION, CLOSED, LINE, WIDE, CLASSES];
const IRIS = table(number('length'), number('width'), label('species', ['setosa', 'virginica']));
const HOUSES = table(number('area'), number('rooms', { num_distinct: 6 }), number('price'));

test('labels are what is to be told apart, and numbers go in', () => {
  assert.deepEqual(guessMapping(IRIS, CLASSES.data.own), { inputs: ['length', 'width'], target: 'species' });
  assert.deepEqual(guessMapping(IRIS, null), { inputs: ['length', 'width'], target: 'species' });
});

test('a regression predicts the last column of numbers from as many of the others as the model takes', () => {
  assert.deepEqual(guessMapping(HOUSES, WIDE.data.own), { inputs: ['area', 'rooms'], target: 'price' });
  assert.deepEqual(guessMapping(HOUSES, LINE.data.own), { inputs: ['area'], target: 'price' });
  assert.deepEqual(guessMapping(IRIS, LINE.data.own), { inputs: ['length'], target: 'width' });
});

test('of numbers alone a classification tells apart those with few different values', () => {
  assert.equal(guessMapping(HOUSES, CLASSES.data.own).target, 'rooms');
});

for (const [why, own, mapping, reason] of /** @type {Array<[string, any, any, any]>} */ ([
  ['no table at all', null, { inputs: ['area'], target: 'price' }, 'none'],
  ['labels as an input', WIDE.data.own, { inputs: ['species'], target: 'width' }, 'label'],
  ['too few inputs', CLASSES.data.own, { inputs: ['length'], target: 'species' }, 'few'],
  ['too many inputs', LINE.data.own, { inputs: ['length', 'width'], target: 'length' }, 'many'],
  ['labels to predict as a number', WIDE.data.own, { inputs: ['length'], target: 'species' }, 'number'],
  ['fifty different numbers as classes', { ...CLASSES.data.own, min_inputs: 1 }, { inputs: ['length'], target: 'width' }, 'classes'],
])) {
  test(`a model does not take ${why}`, () => assert.equal(misfit(own ? IRIS : HOUSES, mapping, own)?.reason, reason));
}

test('the models that take a mapping are named, and else those that take the table in another way', () => {
  const mapping = { inputs: ['length', 'width'], target: 'species' };
  assert.deepEqual(takers(ALL, IRIS, mapping).map(({ id }) => id), ['classes']);
  assert.deepEqual(possibleTakers(ALL, IRIS).map(({ row }) => row.id), ['line', 'wide', 'classes']);
});

test('inputs are ticked and unticked in the order of the columns', () => {
  const mapping = { inputs: ['rooms'], target: 'price' };
  assert.deepEqual(toggledInput(mapping, 'area', HOUSES).inputs, ['area', 'rooms']);
  assert.deepEqual(toggledInput(mapping, 'rooms', HOUSES).inputs, []);
});

test('a column that becomes the target gives its place among the inputs to the old one', () => {
  assert.deepEqual(withTarget({ inputs: ['area', 'rooms'], target: 'price' }, 'rooms'), { inputs: ['area', 'price'], target: 'rooms' });
  assert.deepEqual(withTarget({ inputs: ['area'], target: 'price' }, 'rooms'), { inputs: ['area'], target: 'rooms' });
});

test('a recipe names a table by its id and its columns', () => {
  assert.deepEqual(dataOf(IRIS, { inputs: ['length'], target: 'width' }, { set: 'line', test_fraction: 0.2 }), { test_fraction: 0.2, table: 'abc', inputs: ['length'], target: 'width' });
});

test('written out, a table has the points that the server read in it, those held back last', () => {
  /** @type {any} */
  const points = { train: { x: [[1], [2]], y: [0, 1] }, test: { x: [[3]], y: [1] }, classes: ['no', 'yes'] };
  const data = { table: 'abc', inputs: ['x'], target: 'c', test_fraction: 0.3 };
  assert.deepEqual(writtenOut(data, points), { test_fraction: 0.3, columns: ['x', 'c'], rows: [[1, 'no'], [2, 'yes'], [3, 'yes']] });
  assert.deepEqual(writtenOut(data, { ...points, classes: ['2', '10'] }).rows, [[1, 2], [2, 10], [3, 10]]);
  assert.deepEqual(writtenOut(data, { ...points, classes: null, train: { x: [[1]], y: [0.5] }, test: null }).rows, [[1, 0.5]]);
});

test('the line that is at fault is found in a text with any ends of lines', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['a,b', '1,2', '3,x'].join(end);
    assert.equal(text.slice(...lineSpan(text, 3)), '3,x');
    assert.equal(text.slice(...lineSpan(text, 1)), 'a,b');
    assert.deepEqual(linesAround(text, 3), [{ number: 2, text: '1,2' }, { number: 3, text: '3,x' }]);
  }
  assert.deepEqual(lineSpan('', 1), [0, 0]);
  assert.deepEqual(linesAround('a\nb\nc\nd', 2).map(({ number }) => number), [1, 2, 3]);
});
