import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cameraFor } from '../../../frontend/js/plots/camera.js';
import { directions, frame } from '../../../frontend/js/plots/framing.js';
import { bestOutlook } from '../../../frontend/js/plots/outlook.js';
import { boxOf, fromWorld, sidesFor, toWorld } from '../../../frontend/js/plots/scene_box.js';
import { projectPoint } from '../../../frontend/js/plots/sightline.js';
import { pictureOf } from './walks.js';

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
const CUBE = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => ({ at: [x, y, z], room: 10 }))));
const SIDE = { azimuth: -0.5, elevation: 0.7 };

/** The matrices of a camera that stands at `eye` and looks at `center`, as WebGL has them, with an upright angle of 45 degrees.
 * @param {number[]} eye @param {number[]} center @param {number} width @param {number} height */
function sceneOf(eye, center, width, height) {
  const unit = (/** @type {number[]} */ v) => v.map((part) => part / Math.hypot(...v));
  const cross = (/** @type {number[]} */ a, /** @type {number[]} */ b) =>
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const dot = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const back = unit(eye.map((part, i) => part - center[i]));
  const right = unit(cross([0, 0, 1], back));
  const up = cross(back, right);
  const view = [0, 1, 2].flatMap((i) => [right[i], up[i], back[i], 0]).concat([-dot(right, eye), -dot(up, eye), -dot(back, eye), 1]);
  const f = 1 / Math.tan(Math.PI / 8);
  const projection = [(f * height) / width, 0, 0, 0, 0, f, 0, 0, 0, 0, -1, -1, 0, 0, -0.02, 0];
  return { scale: [1, 1, 1], model: IDENTITY, view, projection, width, height };
}

/** @param {import('../../../frontend/js/plots/framing.js').Subject[]} subjects @param {import('../../../frontend/js/plots/framing.js').Room} room */
function seen(subjects, room) {
  const { eye, center } = frame(subjects, SIDE, room);
  const scene = sceneOf(eye, center, room.width, room.height);
  return subjects.map(({ at }) => /** @type {[number, number]} */ (projectPoint(scene, at)));
}

for (const [width, height] of [[600, 600], [1000, 500], [390, 500]]) {
  test(`a cube fills a place of ${width} x ${height} and stays within it`, () => {
    const pixels = seen(CUBE, { width, height, covers: [] });
    const [west, east] = [Math.min(...pixels.map(([left]) => left)), Math.max(...pixels.map(([left]) => left))];
    const [north, south] = [Math.min(...pixels.map(([, top]) => top)), Math.max(...pixels.map(([, top]) => top))];
    assert.ok(west >= 10 && east <= width - 10 && north >= 10 && south <= height - 10, `${west} ${east} ${north} ${south}`);
    assert.ok(Math.max((east - west) / (width - 32), (south - north) / (height - 32)) > 0.97, 'it could be larger');
  });
}

test('what lies over the place stays free', () => {
  const covers = [{ left: 0, top: 0, right: 500, bottom: 120 }, { left: 0, top: 540, right: 260, bottom: 600 }];
  const pixels = seen(CUBE, { width: 600, height: 600, covers });
  for (const [left, top] of pixels) {
    for (const cover of covers) assert.ok(left > cover.right || top < cover.top || top > cover.bottom, `${left} ${top}`);
  }
});

test('the directions of a camera stand square on each other', () => {
  const { back, right, up } = directions(0.4, 0.7);
  const dot = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  for (const [a, b] of [[back, right], [right, up], [up, back]]) assert.ok(Math.abs(dot(a, b)) < 1e-12);
  assert.ok(back[1] < 0 && back[2] > 0 && right[0] > 0, 'x to the right, y away, from above');
});

test('data and units of the camera are the inverse of each other', () => {
  const picture = pictureOf();
  const [box, sides] = [boxOf(picture), sidesFor(0.8)];
  const back = fromWorld(box, sides, toWorld(box, sides, [0.3, -0.7, 1.5]));
  [0.3, -0.7, 1.5].forEach((value, axis) => assert.ok(Math.abs(back[axis] - value) < 1e-12));
  assert.deepEqual(toWorld(box, sides, [1, -1, box[2][1]]), sides.map((side, axis) => (axis === 1 ? -side : side) / 2));
});

test('a narrow place sees a higher box', () => {
  assert.ok(sidesFor(1.3)[2] > sidesFor(0.8)[2]);
});

test('the map lies as on paper where nothing is hidden, and is turned where a wall stands in the way', () => {
  const { surface } = pictureOf();
  const wallAt = (/** @type {number} */ row) => Array.from({ length: 21 }, (_, j) => Array(21).fill(j === row ? 2 : 0));
  const lookAt = (/** @type {number} */ row) => {
    const height = { kind: /** @type {const} */ ('linear'), base: 0, scale: 1, low: 0, high: 2 };
    const picture = pictureOf({ height, surface: { ...surface, z: wallAt(row), objective: { dim: 2, domain: [[-1, 1], [-1, 1]], minima: [{ theta: [0, -0.8], loss: 0 }] } } });
    return bestOutlook(picture, [1, 1, 1.6], 20).azimuth;
  };
  assert.ok(Math.abs(lookAt(20)) < Math.PI / 4, 'the wall is behind');
  assert.ok(Math.abs(lookAt(0)) > Math.PI / 3, 'the wall is in front');
});

test('the first camera looks down on the middle of the surface from outside it', () => {
  const { eye, center, up } = cameraFor(pictureOf(), { width: 600, height: 600, covers: [] });
  assert.deepEqual(up, { x: 0, y: 0, z: 1 });
  assert.ok(eye.z > 0.8 && Math.hypot(center.x, center.y, center.z) < 0.4);
});
