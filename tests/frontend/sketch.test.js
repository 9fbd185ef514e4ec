import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyData } from '../../frontend/js/plots/fit_data.js';
import { cleared, dataOf, dataOnPlane, inHand, indexOf, missingIn, newSketch, undone, withClass, withPoint, withoutPoint } from '../../frontend/js/sketch.js';

/** @typedef {import('../../frontend/js/sketch.js').Sketch} Sketch */

test('a click on the plane of a regression is an input and its target', () => {
  const sketch = withPoint(withPoint(newSketch('regression'), 1.23456, -2), 3, 4);
  assert.deepEqual(dataOf(sketch), { columns: ['x', 'y'], rows: [[1.235, -2], [3, 4]] });
});

test('a click on the plane of a classification is two inputs of the class in hand', () => {
  const sketch = withPoint(inHand(withPoint(newSketch('classification'), 1, 2), 1), 3, 4);
  assert.deepEqual(dataOf(sketch), { columns: ['x1', 'x2', 'class'], rows: [[1, 2, 'A'], [3, 4, 'B']] });
});

test('a class can be added, and is then in hand, up to ten', () => {
  let sketch = newSketch('classification');
  for (let i = 0; i < 20; i += 1) sketch = withClass(sketch);
  assert.deepEqual(sketch.classes, ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J']);
  assert.equal(sketch.activeClass, 9);
});

test('every change of the points can be taken back, one after another', () => {
  const changes = [
    (/** @type {Sketch} */ sketch) => withPoint(sketch, 1, 1),
    (/** @type {Sketch} */ sketch) => withPoint(sketch, 2, 2),
    (/** @type {Sketch} */ sketch) => withoutPoint(sketch, 0),
    cleared,
    (/** @type {Sketch} */ sketch) => withPoint(sketch, 5, 5),
    cleared,
  ];
  const states = changes.reduce((all, change) => [...all, change(all[all.length - 1])], [newSketch('regression')]);
  let sketch = states[states.length - 1];
  for (const before of states.slice(0, -1).reverse()) {
    sketch = undone(sketch);
    assert.deepEqual(sketch.points, before.points);
  }
  assert.equal(undone(sketch), sketch);
});

test('nothing is fitted before there are two points, and of a classification two classes', () => {
  assert.equal(missingIn(withPoint(newSketch('regression'), 1, 1)), 'points');
  assert.equal(missingIn(withPoint(withPoint(newSketch('regression'), 1, 1), 2, 2)), null);
  const one = withPoint(withPoint(newSketch('classification'), 1, 1), 2, 2);
  assert.equal(missingIn(one), 'classes');
  assert.equal(missingIn(withPoint(inHand(one, 1), 3, 3)), null);
});

test('a point that is not there is not taken away', () => {
  const sketch = withPoint(newSketch('regression'), 1, 1);
  assert.equal(withoutPoint(sketch, 4), sketch);
  assert.equal(cleared(newSketch('regression')).past.length, 0);
});

test('the share of held back points stays with other points', () => {
  assert.equal(dataOf(newSketch('regression'), { set: 'moons', test_fraction: 0.4 }).test_fraction, 0.4);
  assert.equal(dataOf(newSketch('regression'), { set: 'moons' }).set, undefined);
});

test('clicked points stand on the plane at once, all of them to be learnt from', () => {
  const sketch = withPoint(inHand(withPoint(newSketch('classification'), 1, 2), 1), 3, 4);
  const data = dataOnPlane(sketch, emptyData(sketch));
  assert.deepEqual([data.kind, data.train, data.test], ['regions', { x: [[1, 2], [3, 4]], y: [0, 1] }, null]);
});

test('once the server has the same points, those it holds back are shown so', () => {
  const sketch = withPoint(withPoint(newSketch('regression'), 1, 2), 3, 4);
  const ground = { ...emptyData(sketch), train: { x: [[3]], y: [4] }, test: { x: [[1]], y: [2] } };
  assert.equal(dataOnPlane(sketch, ground), ground);
  const more = withPoint(sketch, 5, 6);
  assert.deepEqual([dataOnPlane(more, ground).train.y, dataOnPlane(more, ground).test], [[2, 4, 6], null]);
  assert.equal(indexOf(sketch, { x: [3], y: 4 }), 1);
  assert.equal(indexOf(sketch, { x: [3], y: 5 }), -1);
});
