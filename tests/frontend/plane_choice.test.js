import assert from 'node:assert/strict';
import { test } from 'node:test';

import { History } from '../../frontend/js/history.js';
import { FIRST_CHOICE, choiceFor, hasPlanes, isOfPath, planeRequest } from '../../frontend/js/plane_choice.js';
import { hasLeft, numMoves } from '../../frontend/js/plane_heads.js';
import { Trail } from '../../frontend/js/trail.js';
import { historyOf } from './plots/walks.js';

const objective = (/** @type {any} */ fields) => /** @type {import('../../frontend/js/types.js').Objective} */ ({ dim: 7, kind: 'function', ...fields });

test('up to two dimensions there is nothing to choose', () => {
  assert.deepEqual([1, 2, 3].map((dim) => hasPlanes(objective({ dim }))), [false, false, true]);
  assert.equal(hasPlanes(null), false);
});

test('a model is looked at along the components of its path, a function and a formula along their first axes', () => {
  assert.equal(choiceFor(null, objective({ kind: 'model' }), 1).kind, 'pca');
  for (const kind of ['function', 'formula']) assert.deepEqual(choiceFor(null, objective({ kind }), 4), FIRST_CHOICE);
});

test('axes and descents that are no longer there fall back to the first ones', () => {
  const choice = { ...FIRST_CHOICE, axes: [3, 6], descent: 1 };
  assert.deepEqual(choiceFor(choice, objective({}), 2), choice);
  assert.deepEqual(choiceFor(choice, objective({ dim: 6 }), 1), FIRST_CHOICE);
});

test('a request names the run, and all its paths where the anchor is not one descent\u2019s own', () => {
  assert.deepEqual(planeRequest({ ...FIRST_CHOICE, axes: [2, 0] }, 'r1'), { kind: 'axes', axes: [2, 0], anchor: 'start', run: 'r1', descent: null });
  assert.deepEqual(planeRequest({ ...FIRST_CHOICE, kind: 'random', seed: 9, descent: 2 }, 'r1'), { kind: 'random', seed: 9, anchor: 'start', run: 'r1', descent: null });
  assert.deepEqual(planeRequest({ ...FIRST_CHOICE, kind: 'hessian', anchor: 'end', descent: 2 }, 'r1'), { kind: 'hessian', anchor: 'end', run: 'r1', descent: 2 });
});

test('what is found from the path is another one in another run', () => {
  assert.equal(isOfPath({ ...FIRST_CHOICE, kind: 'pca' }), true);
  assert.equal(isOfPath({ ...FIRST_CHOICE, kind: 'hessian', anchor: 'current' }), true);
  assert.equal(isOfPath({ ...FIRST_CHOICE, kind: 'random' }), false);
});

/** @param {string} kind @param {[number, number][]} range */
const surfaceOf = (kind, range) => ({ plane: { kind, axes: [0, 1], anchor: [0, 0, 0], directions: null, names: ['x', 'y'], explained: null, eigenvalues: null, range } });
/** @type {[number, number][]} */
const UNIT = [[-1, 1], [-1, 1]];
/** @param {number[][]} thetas */
const walked = (...thetas) => () => [{ history: historyOf([[0, 0, 0], ...thetas]), trail: null }];

test('a descent has left the surface where its newest point is beside it, not where an older one was', () => {
  assert.equal(hasLeft(surfaceOf('axes', UNIT), walked([0.5, 0.5, 99])), false);
  assert.equal(hasLeft(surfaceOf('axes', UNIT), walked([0.5, 1.5, 0])), true);
  assert.equal(hasLeft(surfaceOf('axes', UNIT), walked([3, 3, 0], [0, 0, 0])), false);
});

test('one that is lost is not followed, but the path of components may be as long as it likes', () => {
  assert.equal(hasLeft(surfaceOf('axes', UNIT), walked([1e6, 0, 0])), false);
  assert.equal(hasLeft(surfaceOf('axes', UNIT), walked([NaN, 0, 0])), false);
  assert.equal(hasLeft(surfaceOf('pca', UNIT), walked([1e6, 0, 0])), true);
});

test('where rows hold no theta, the newest sample or what is newer than it counts', () => {
  const history = new History(0);
  const trail = new Trail(3);
  const heads = () => [{ history, trail }];
  assert.equal(hasLeft(surfaceOf('axes', UNIT), heads), false);
  trail.append({ steps: [0], theta: Float32Array.of(2, 0, 0) });
  assert.equal(hasLeft(surfaceOf('axes', UNIT), heads), true);
  trail.setNewest(3, Float32Array.of(0, 0, 0));
  assert.equal(hasLeft(surfaceOf('axes', UNIT), heads), false);
});

test('the number of moves is that of the descent which is farthest', () => {
  assert.equal(numMoves(() => []), 0);
  assert.equal(numMoves(() => [...walked([1, 1, 1])(), ...walked([1, 1, 1], [2, 2, 2])()]), 2);
});
