import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Projection } from '../../frontend/js/plane.js';
import { turnedLike } from '../../frontend/js/turning.js';

/** A surface whose loss is 3 x + 10 y + 100 x y along d1 and d2. @param {number[]} d1 @param {number[]} d2 */
function surfaceOf(d1, d2, kind = 'pca') {
  const plane = { kind, axes: null, anchor: [0, 0], directions: [d1, d2], names: ['PC 1', 'PC 2'], explained: [0.9, 0.1], eigenvalues: null, range: [[-1, 2], [-3, 4]] };
  const loss = (/** @type {number} */ u, /** @type {number} */ v) => {
    const [x, y] = new Projection(/** @type {any} */ (plane)).lift(u, v);
    return 3 * x + 10 * y + 100 * x * y;
  };
  const slopes = (/** @type {number} */ u, /** @type {number} */ v) => {
    const [x, y] = new Projection(/** @type {any} */ (plane)).lift(u, v);
    return new Projection(/** @type {any} */ (plane)).slopes([3 + 100 * y, 10 + 100 * x]);
  };
  const [u, v] = [[-1, 0.5, 2], [-3, 4]];
  const gradient = { u, v, du: v.map((b) => u.map((a) => slopes(a, b)[0])), dv: v.map((b) => u.map((a) => slopes(a, b)[1])) };
  return { u, v, z: v.map((b) => u.map((a) => loss(a, b))), gradient, plane };
}

/** Loss and slopes of every grid point, by where it is in all dimensions. @param {any} surface */
function facts({ u, v, z, gradient, plane }) {
  const projection = new Projection(plane);
  return v.flatMap((/** @type {number} */ b, /** @type {number} */ j) => u.map((/** @type {number} */ a, /** @type {number} */ i) => {
    const [du, dv] = [gradient.du[j][i], gradient.dv[j][i]];
    const steepest = projection.lift(du, dv);
    return [...projection.lift(a, b), z[j][i], ...steepest].map((value) => value + 0);
  })).sort((/** @type {number[]} */ p, /** @type {number[]} */ q) => p[0] - q[0] || p[1] - q[1]);
}

for (const [d1, d2] of [[[-1, 0], [0, 1]], [[1, 0], [0, -1]], [[-1, 0], [0, -1]]]) {
  test(`directions ${d1} and ${d2} are turned like those before, and every point keeps its loss and its slope`, () => {
    const before = surfaceOf([1, 0], [0, 1]);
    const surface = surfaceOf(d1, d2);
    const turned = turnedLike(surface, /** @type {any} */ (before.plane));
    assert.deepEqual(turned.plane.directions.map((/** @type {number[]} */ row) => row.map((value) => value + 0)), [[1, 0], [0, 1]]);
    assert.deepEqual(facts(turned), facts(surface));
    assert.ok([turned.u, turned.v].every((axis) => axis.every((/** @type {number} */ value, /** @type {number} */ i) => i === 0 || value > axis[i - 1])));
    assert.deepEqual(turned.plane.range, [[turned.u[0], turned.u.at(-1)], [turned.v[0], turned.v.at(-1)]]);
  });
}

test('what already lies like the plane before, or is of another kind, is left as it is', () => {
  const surface = surfaceOf([-1, 0], [0, 1]);
  assert.equal(turnedLike(surface, /** @type {any} */ (surface.plane)), surface);
  assert.equal(turnedLike(surface, /** @type {any} */ (surfaceOf([1, 0], [0, 1], 'hessian').plane)), surface);
  const drawn = surfaceOf([-1, 0], [0, 1], 'random');
  assert.equal(turnedLike(drawn, /** @type {any} */ (surfaceOf([1, 0], [0, 1], 'random').plane)), drawn);
});
