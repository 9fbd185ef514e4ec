import assert from 'node:assert/strict';
import { test } from 'node:test';

import { History } from '../../../frontend/js/history.js';
import { Projection } from '../../../frontend/js/plane.js';
import { Track, shareShown } from '../../../frontend/js/plots/track.js';
import { Trail } from '../../../frontend/js/trail.js';
import { historyOf } from './walks.js';

const plane = { kind: 'axes', axes: [0, 1], anchor: [0, 0, 0], directions: null, names: ['x', 'y'], explained: null, eigenvalues: null, range: [] };
const THETAS = [[0, 0, 0], [1, 0, 0], [1, 2, 2], [3, 4, 12]];

test('a path tells where each row lies in the plane and how far off it', () => {
  const track = new Track(historyOf(THETAS, [9, 8, 7, 6]), null, new Projection(plane));
  assert.equal(track.length, 4);
  assert.deepEqual(track.point(2), { step: 2, u: 1, v: 2, off: 2, loss: 7 });
  assert.deepEqual(track.newest(), { step: 3, u: 3, v: 4, off: 12, loss: 6 });
});

test('the share of the movement is that of the squared distances from the anchor, over all paths together', () => {
  const track = new Track(historyOf(THETAS), null, new Projection(plane));
  // 1 + 5 + 25 of 1 + 9 + 169.
  assert.deepEqual(track.movement(), { inside: 31, all: 179 });
  assert.equal(shareShown([track.movement()]), 31 / 179);
  assert.equal(shareShown([track.movement(), { inside: 0, all: 21 }]), 31 / 200);
  assert.equal(shareShown([{ inside: 0, all: 0 }]), null);
});

test('a diverged end counts for nothing', () => {
  const track = new Track(historyOf([...THETAS, [NaN, 1, 1], [1e200, 0, 0]]), null, new Projection(plane));
  assert.deepEqual(track.movement(), { inside: 31, all: 179 });
});

/** @param {number} length @returns {History} rows without theta */
function bare(length) {
  const history = new History(0, ['train_loss']);
  const losses = Array.from({ length }, (_, k) => 10 - k);
  history.append(/** @type {any} */ ({ first_step: 0, count: length, loss: losses, grad_norm: losses, lr: losses, train_loss: losses.map((loss) => loss + 100) }));
  return history;
}

test('samples are points where the rows hold no theta; their height is the loss over all training points', () => {
  const trail = new Trail(3);
  trail.append({ steps: [0, 2, 4], theta: Float32Array.from([0, 0, 0, 3, 4, 12, 1, 1, 1]) });
  const track = new Track(bare(4), trail, new Projection(plane));
  assert.equal(track.length, 2, 'the row of step 4 has not come yet');
  assert.deepEqual(track.point(1), { step: 2, u: 3, v: 4, off: 12, loss: 108 });
  assert.deepEqual(track.movement(), { inside: 25, all: 169 });
});

test('the newest point may be newer than all samples, but not than its own row', () => {
  const trail = new Trail(3);
  trail.append({ steps: [0, 2], theta: new Float32Array(6) });
  const track = new Track(bare(4), trail, new Projection(plane));
  trail.setNewest(3, Float32Array.of(1, 2, 2));
  assert.deepEqual(track.newest(), { step: 3, u: 1, v: 2, off: 2, loss: 107 });
  trail.setNewest(4, Float32Array.of(5, 5, 5));
  assert.equal(track.newest()?.step, 2);
});

test('a plane of another objective shows nothing of a path', () => {
  const track = new Track(historyOf([[0, 0], [1, 1]]), null, new Projection(plane));
  assert.deepEqual([track.length, track.newest()], [0, null]);
});

test('after a cleared history the path begins anew', () => {
  const history = historyOf(THETAS);
  const track = new Track(history, null, new Projection(plane));
  track.movement();
  history.clear();
  history.append({ first_step: 0, count: 1, loss: [1], grad_norm: [1], lr: [1], theta: [[0, 3, 4]], grad: [[0, 0, 0]] });
  assert.deepEqual(track.movement(), { inside: 9, all: 25 });
});
