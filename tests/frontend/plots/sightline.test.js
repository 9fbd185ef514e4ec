import assert from 'node:assert/strict';
import { test } from 'node:test';

import { eyeOf, isHidden, projectPoint, surfaceHeight } from '../../../frontend/js/plots/sightline.js';
import { pictureOf } from './walks.js';

/** A camera at (0, 0, 5) that looks down, in a figure of 200 x 100 pixels; data axes are scaled by 2, 2 and 1.
 * @type {import('../../../frontend/js/plots/sightline.js').SceneView} */
const SCENE = {
  scale: [2, 2, 1],
  model: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  view: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, -5, 1],
  projection: [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, -1, -1, 0, 0, -0.02, 0],
  width: 200,
  height: 100,
};

test('the point that the camera looks at is in the middle', () => {
  assert.deepEqual(projectPoint(SCENE, [0, 0, 0]), [100, 50]);
});

test('a point to the right and up is to the right and up, by its angle', () => {
  assert.deepEqual(projectPoint(SCENE, [0.5, 0.5, 0]), [120, 30]);
});

test('a point behind the camera has no pixel', () => {
  assert.equal(projectPoint(SCENE, [0, 0, 6]), null);
});

test('the eye is where the camera stands, in data', () => {
  assert.deepEqual(eyeOf(SCENE).map((value) => value + 0), [0, 0, 5]);
  const moved = { ...SCENE, scale: [2, 4, 0.5], view: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -8, -8, -5, 1] };
  assert.deepEqual(eyeOf(moved), [4, 2, 10]);
});

test('the surface between grid points is the straight line between them', () => {
  const picture = pictureOf();
  assert.ok(Math.abs(surfaceHeight(picture, 0.5, 0.5) - 0.5) < 1e-12);
  assert.ok(Math.abs(surfaceHeight(picture, 0.05, 0) - 0.005) < 1e-12);
  assert.ok(Number.isNaN(surfaceHeight(picture, 1.01, 0)));
});

test('the bottom of a bowl is seen from above and hidden from the side', () => {
  const picture = pictureOf();
  const bottom = [0, 0, 0.02];
  assert.equal(isHidden(picture, [0, 0, 9], bottom), false);
  assert.equal(isHidden(picture, [9, 0, 0.3], bottom), true);
  assert.equal(isHidden(picture, [9, 9, 9], [-0.9, -0.9, 1.7]), false);
});
