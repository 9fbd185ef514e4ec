import assert from 'node:assert/strict';
import { test } from 'node:test';

import { layGround, needsRoom } from '../../../frontend/js/plots/ground.js';
import { historyOf, pictureOf } from './walks.js';

/** A plane through a bowl in three dimensions, x^2 + y^2 + 1 on it. @param {number} resolution @param {object} [fields] of the plane */
function surfaceOf(resolution, fields = {}, reach = 1) {
  const u = Float64Array.from({ length: resolution }, (_, i) => reach * (-1 + (2 * i) / (resolution - 1)));
  const z = Array.from(u, (y) => Array.from(u, (x) => x * x + y * y + 1));
  const plane = { kind: 'axes', axes: [0, 1], anchor: [0, 0, 1], directions: null, names: ['x', 'y'], explained: null, eigenvalues: null, range: [], ...fields };
  return { u, v: u, z, minimum: 1, maximum: 3, plane, objective: { id: 'bowl', dim: 3, domain: [[-1, 1], [-1, 1], [-1, 1]], minima: [] } };
}

/** @param {any} picture */
const kept = (picture) => [picture.revision, picture.viewpoint, picture.projection];

test('a finer surface of the same ground keeps the zoom, the camera and the paths', () => {
  const picture = pictureOf({ surface: null });
  layGround(picture, /** @type {any} */ (surfaceOf(17)));
  const before = kept(picture);
  layGround(picture, /** @type {any} */ (surfaceOf(129)));
  kept(picture).forEach((value, i) => assert.equal(value, before[i]));
  assert.equal(picture.surface?.u.length, 129);
});

test('a finer surface keeps the kind of height and its scale, whatever its values', () => {
  const picture = pictureOf({ surface: null });
  layGround(picture, /** @type {any} */ (surfaceOf(17)));
  const steep = surfaceOf(33);
  steep.z.splice(20, 13, ...steep.z.slice(20).map((row) => row.map((loss) => 1e5 * loss)));
  layGround(picture, /** @type {any} */ (steep));
  assert.equal(picture.height.kind, 'linear');
  assert.equal(picture.height.high, 3e5);
});

test('a wider range keeps the camera and the paths, not the zoom', () => {
  const picture = pictureOf({ surface: null });
  layGround(picture, /** @type {any} */ (surfaceOf(17)));
  const [revision, viewpoint, projection] = kept(picture);
  layGround(picture, /** @type {any} */ (surfaceOf(17, {}, 2)));
  assert.ok(picture.revision > revision && picture.viewpoint === viewpoint && picture.projection === projection);
});

test('a plane that follows keeps the camera; other axes are seen from their own side', () => {
  const picture = pictureOf({ surface: null });
  layGround(picture, /** @type {any} */ (surfaceOf(17)));
  const [, viewpoint, projection] = kept(picture);
  layGround(picture, /** @type {any} */ (surfaceOf(17, { anchor: [0, 0, 0.5] })));
  assert.ok(picture.viewpoint === viewpoint && picture.projection !== projection);
  layGround(picture, /** @type {any} */ (surfaceOf(17, { axes: [0, 2] })));
  assert.notEqual(picture.viewpoint, viewpoint);
});

test('a path below the slice has a place; one that falls lower asks for it', () => {
  const picture = pictureOf({ surface: null });
  layGround(picture, /** @type {any} */ (surfaceOf(17)));
  assert.equal(picture.height.low, 1);
  picture.descents = [{ label: 'SGD', slot: 0, history: historyOf([[0, 0, 1], [0, 0, 0.5]], [1, 0.25]), state: 'running', visible: true, selected: false }];
  assert.equal(needsRoom(picture), true);
  layGround(picture, /** @type {any} */ (surfaceOf(33)));
  assert.equal(picture.height.low, 0.25);
  assert.equal(needsRoom(picture), false);
});
