import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pathPointAt } from '../../../frontend/js/plots/scene_marks.js';
import { scenePath } from '../../../frontend/js/plots/scene_path.js';
import { historyOf, pictureOf } from './walks.js';

/** A camera at (0, 0, 5) that looks down on u to the right and v up, 40 pixels a unit near the origin.
 * @type {import('../../../frontend/js/plots/sightline.js').SceneView} */
const SCENE = {
  scale: [2, 2, 1],
  model: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  view: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, -5, 1],
  projection: [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, -1, -1, 0, 0, -0.02, 0],
  width: 200,
  height: 100,
};

const bowl = pictureOf();
const plane = { kind: 'axes', axes: [0, 1], anchor: [0, 0, 0], directions: null, names: ['x', 'y'], explained: null, eigenvalues: null, range: [] };
/** @type {any} */
const surface = { ...bowl.surface, plane, objective: { dim: 3, domain: [[-1, 1], [-1, 1], [-1, 1]], minima: [] } };
/** A descent that walks off the plane and comes back. */
const history = historyOf([[-0.5, 0, 0], [0, 0, 0.75], [0.5, 0, 0]], [0.25, 1.5, 0.25]);
/** @type {import('../../../frontend/js/plots/picture.js').DrawnDescent} */
const descent = { label: 'Adam', slot: 0, history, state: 'running', visible: true, selected: false };
const picture = pictureOf({ surface, descents: [descent] });
const rowsOf = () => ({ steps: [0, 1, 2] });

test('the point of a path under the pointer tells its step, its true loss and how far off the plane it was', () => {
  const found = pathPointAt(SCENE, picture, { left: 101, top: 50 }, rowsOf);
  assert.equal(found?.descent, descent);
  assert.deepEqual(found?.point, { step: 1, u: 0, v: 0, off: 0.75, loss: 1.5 });
});

test('far from every path, and where all paths lie on the surface, there is none', () => {
  assert.equal(pathPointAt(SCENE, picture, { left: 100, top: 80 }, rowsOf), null);
  const flat = { ...descent, history: historyOf([[0, 0]], [0]) };
  assert.equal(pathPointAt(SCENE, pictureOf({ descents: [flat] }), { left: 100, top: 50 }, () => ({ steps: [0] })), null);
});

test('off the plane a path is as high as its true loss, on it at least as high as the surface', () => {
  const walked = { ...descent, history: historyOf([[-0.5, 0, 0], [0, 0, 0.75], [0.5, 0, 0.75]], [0.2, 1.5, 0.1]) };
  const { line, offs, head, newest } = scenePath(picture, walked, [0, 1, 2]);
  assert.deepEqual(line?.z.map((z) => Number(z.toFixed(9))), [0.25, 1.5, 0.1]);
  assert.deepEqual(offs, [0, 0.75, 0.75]);
  assert.deepEqual(head, [0.5, 0, 0.1]);
  assert.equal(newest?.step, 2);
});
