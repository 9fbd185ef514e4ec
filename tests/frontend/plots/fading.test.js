import assert from 'node:assert/strict';
import { test } from 'node:test';

import { piecesOf } from '../../../frontend/js/plots/fading.js';
import { pictureOf } from './walks.js';
import { solidityOn } from '../../../frontend/js/plots/shadows.js';

test('a path of one look is one piece', () => {
  assert.deepEqual(piecesOf([1, 1, 1], []), [{ from: 0, to: 2, level: 1, isHidden: false }]);
});

test('a path is split where it fades and where it goes behind the surface, without a gap between its pieces', () => {
  const pieces = piecesOf([1, 1, 0.5, 0.5, 0.5], [false, false, false, true, true]);
  assert.deepEqual(pieces.map(({ from, to, level, isHidden }) => [from, to, level, isHidden]), [[0, 2, 1, false], [2, 3, 0.5, false], [3, 4, 0.5, true]]);
});

test('a gap in the path stays one', () => {
  assert.deepEqual(piecesOf([1, 1, NaN, 1, 1], []).map(({ from, to }) => [from, to]), [[0, 1], [3, 4]]);
  assert.deepEqual(piecesOf([NaN, 1, NaN], []), []);
});

test('on the whole plane everything is solid; off a plane it fades with the distance, and never to nothing', () => {
  assert.equal(solidityOn(pictureOf())(5), 1);
  const surface = { ...pictureOf().surface, objective: { dim: 3, domain: [[-1, 1], [-1, 1], [-1, 1]], minima: [] } };
  const plane = { kind: 'axes', axes: [0, 1], anchor: [0, 0, 0], directions: null, names: ['x', 'y'], explained: null, eigenvalues: null, range: [] };
  const solidity = solidityOn(pictureOf({ surface: { ...surface, plane } }));
  const levels = [0, 0.1, 1, 10, 1e9].map(solidity);
  assert.equal(levels[0], 1);
  assert.ok(levels.every((level, i) => i === 0 || level < levels[i - 1]));
  assert.ok(levels[1] > 0.95 && levels[4] > 0.25);
});
