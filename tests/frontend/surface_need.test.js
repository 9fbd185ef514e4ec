import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FIRST_CHOICE } from '../../frontend/js/plane_choice.js';
import { needOf } from '../../frontend/js/surface_need.js';

const PCA = { ...FIRST_CHOICE, kind: /** @type {const} */ ('pca') };
const FOLLOWING = { ...FIRST_CHOICE, anchor: /** @type {const} */ ('current'), follow: true };

/** A race that has gone on for ten seconds, with a picture of it that was asked for five seconds ago. @param {any} [change] @param {any} [askedChange] */
function need({ choice = FIRST_CHOICE, ...change } = {}, askedChange = {}) {
  const asked = { look: 'this', run: 'r1', isStandIn: false, isLast: false, at: 5000, steps: 50, ...askedChange };
  return needOf({
    asked, look: 'this', choice, run: 'r1', steps: 100, hasEnded: false, isShown: true, isDrawing: false, age: 10_000, now: 10_000,
    hasLeft: () => false, lost: () => 0, ...change,
  });
}

test('what was never asked for, or another plane, is drawn at once', () => {
  assert.equal(need({ asked: null }), 'another');
  assert.equal(need({ look: 'that', isDrawing: true }), 'another');
});

test('a plane of the start is left alone while the paths are on it', () => {
  assert.equal(need(), 'later');
  assert.equal(need({ hasEnded: true }), 'never');
});

test('a path that leaves the picture, or components that no longer fit it, make a new one', () => {
  assert.equal(need({ hasLeft: () => true }), 'again');
  assert.equal(need({ choice: PCA, lost: () => 0.02 }), 'later');
  assert.equal(need({ choice: PCA, lost: () => 0.04 }), 'again');
});

test('a new picture waits for the one before, and a longer race waits longer', () => {
  const hasLeft = () => true;
  assert.equal(need({ hasLeft, isDrawing: true }), 'later');
  assert.equal(need({ hasLeft }, { at: 9500 }), 'later');
  assert.equal(need({ hasLeft, age: 10_000 }, { at: 7001 }), 'later');
  assert.equal(need({ hasLeft, age: 10_000 }, { at: 7000 }), 'again');
});

test('a race that stood still for an hour waits five seconds at most, and one that has ended a second', () => {
  const [hasLeft, age] = [() => true, 3_600_000];
  assert.equal(need({ hasLeft, age }, { at: 5001 }), 'later');
  assert.equal(need({ hasLeft, age }, { at: 5000 }), 'again');
  assert.equal(need({ hasLeft, age, hasEnded: true }, { at: 9001 }), 'later');
  assert.equal(need({ hasLeft, age, hasEnded: true }, { at: 9000 }), 'again');
});

test('a plane that follows is drawn anew every second while there is something to follow', () => {
  assert.equal(need({ choice: FOLLOWING, age: 60_000 }, { at: 9001 }), 'later');
  assert.equal(need({ choice: FOLLOWING, age: 60_000 }, { at: 9000 }), 'again');
  assert.equal(need({ choice: FOLLOWING }, { steps: 100 }), 'later');
});

test('components wait for a path; where none comes, two axes stand in until one does', () => {
  assert.equal(need({ choice: PCA, asked: null, steps: 3, isShown: false, age: 500 }), 'later');
  assert.equal(need({ choice: PCA, asked: null, steps: 3, isShown: false, age: 1000 }), 'another');
  assert.equal(need({ choice: PCA, asked: null, steps: 3, isShown: true, age: 1000 }), 'later');
  assert.equal(need({ choice: PCA, steps: 3, hasLeft: () => true }, { isStandIn: true }), 'later');
  assert.equal(need({ choice: PCA, steps: 4 }, { isStandIn: true }), 'another');
});

test('the end of a run is seen once by a plane that depends on it', () => {
  assert.equal(need({ choice: PCA, hasEnded: true }), 'again');
  assert.equal(need({ choice: PCA, hasEnded: true }, { isLast: true }), 'never');
});

test('another run has other components, as soon as it has moved; a plane of the start is the same', () => {
  assert.equal(need({ choice: PCA, run: 'r2', steps: 3 }), 'later');
  assert.equal(need({ choice: PCA, run: 'r2' }, { isLast: true }), 'again');
  assert.equal(need({ run: 'r2' }), 'later');
  assert.equal(need({ choice: PCA, run: 'r2', hasEnded: true }, { isLast: true }), 'again');
  assert.equal(need({ run: 'r2', hasEnded: true, hasLeft: () => true }, { isLast: true }), 'again');
});
