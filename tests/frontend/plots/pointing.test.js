import assert from 'node:assert/strict';
import { test } from 'node:test';

import { surfaceAt } from '../../../frontend/js/plots/pointing.js';
import { projectPoint } from '../../../frontend/js/plots/sightline.js';
import { pictureOf } from './walks.js';

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
const PROJECTION = [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, -1, -1, 0, 0, -0.02, 0];

/** A camera at (0, -4, 4) that looks at the origin. */
const h = Math.SQRT1_2;
const SCENE = {
  scale: [1, 1, 1], model: IDENTITY, projection: PROJECTION, width: 200, height: 100,
  view: [1, 0, 0, 0, 0, h, -h, 0, 0, h, h, 0, 0, 0, -4 / h, 1],
};

test('a point of the surface is found again under its pixel', () => {
  const picture = pictureOf();
  for (const [u, v] of [[0, 0.1], [0.4, 0.2], [-0.5, 0.7], [0.13, 0.31]]) {
    const from = surfaceAtPixelOf(picture, u, v);
    assert.ok(from && Math.hypot(from[0] - u, from[1] - v) < 0.02, `${u} ${v} ${from}`);
  }
});

/** @param {import('../../../frontend/js/plots/picture.js').Picture} picture @param {number} u @param {number} v */
function surfaceAtPixelOf(picture, u, v) {
  const pixel = projectPoint(SCENE, [u, v, u * u + v * v]);
  assert.ok(pixel);
  return surfaceAt(picture, SCENE, pixel[0], pixel[1]);
}

test('of two points under a pixel it is the nearer one', () => {
  const { surface } = pictureOf();
  const ridge = Array.from({ length: 21 }, (_, j) => Array(21).fill(j === 5 ? 2 : 0));
  const picture = pictureOf({ surface: { ...surface, z: ridge } });
  const behind = projectPoint(SCENE, [0, 0.3, 0]);
  const found = behind && surfaceAt(picture, SCENE, behind[0], behind[1]);
  assert.ok(found && found[1] < -0.4, String(found));
});

test('beside the surface there is no point', () => {
  assert.equal(surfaceAt(pictureOf(), SCENE, 1, 50), null);
  assert.equal(surfaceAt(pictureOf(), SCENE, 100, 1), null);
});
