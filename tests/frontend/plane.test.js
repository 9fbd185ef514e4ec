import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Projection } from '../../frontend/js/plane.js';
import { namesOf, percentOf, planeTitles } from '../../frontend/js/plane_titles.js';

/** @param {Partial<import('../../frontend/js/types.js').Plane>} fields @returns {import('../../frontend/js/types.js').Plane} */
const planeOf = (fields) => ({ kind: 'axes', axes: null, anchor: [0, 0], directions: null, names: ['u', 'v'], explained: null, eigenvalues: null, range: [], ...fields });

/** Numbers without a pattern. @param {number} count @param {number} seed */
const noise = (count, seed) => Array.from({ length: count }, (_, i) => ((Math.sin(12.9898 * (i + 1) + 78.233 * seed) * 43758.5453) % 1) * 3);

/** @param {number[]} a @param {number[]} b */
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** @param {Projection} projection @param {number[]} theta */
const shadow = (projection, theta) => projection.shadow((axis) => theta[axis]);

const anchor = noise(9, 1);
const skew = new Projection(planeOf({ kind: 'random', anchor, directions: [noise(9, 2), noise(9, 3)] }));
const axes = new Projection(planeOf({ anchor, axes: [6, 2] }));

/** @type {Array<[string, Projection, number[], number[]]>} */
const SPANNED = [
  ['directions that are not orthogonal', skew, noise(9, 2), noise(9, 3)],
  ['axes', axes, [0, 0, 0, 0, 0, 0, 1, 0, 0], [0, 0, 1, 0, 0, 0, 0, 0, 0]],
];
for (const [name, projection, d1, d2] of SPANNED) {
  test(`along ${name}, what is left of a point is square to the plane and as long as it is off it`, () => {
    const theta = noise(9, 4);
    const { u, v, off, reach } = shadow(projection, theta);
    const foot = projection.lift(u, v);
    const rest = theta.map((value, i) => value - foot[i]);
    assert.ok(Math.abs(dot(rest, d1)) < 1e-12 && Math.abs(dot(rest, d2)) < 1e-12);
    assert.ok(Math.abs(Math.hypot(...rest) - off) < 1e-12);
    assert.ok(Math.abs(Math.hypot(...theta.map((value, i) => value - anchor[i])) ** 2 - reach) < 1e-9);
  });

  test(`along ${name}, a point of the plane comes to lie where it was lifted from`, () => {
    const { u, v, off } = shadow(projection, projection.lift(0.7, -1.3));
    assert.ok(Math.abs(u - 0.7) < 1e-12 && Math.abs(v + 1.3) < 1e-12 && off < 1e-12);
  });

  test(`along ${name}, slopes are the change of a linear loss by one unit of u and of v`, () => {
    const gradient = noise(9, 5);
    const at = (/** @type {number} */ u, /** @type {number} */ v) => dot(gradient, projection.lift(u, v));
    const [du, dv] = projection.slopes(gradient);
    assert.ok(Math.abs(at(1, 0) - at(0, 0) - du) < 1e-12 && Math.abs(at(0, 1) - at(0, 0) - dv) < 1e-12);
  });
}

test('along axes u and v are components of theta itself, wherever the anchor is', () => {
  const theta = noise(9, 6);
  const { u, v } = shadow(axes, theta);
  assert.deepEqual([u, v], [theta[6], theta[2]]);
  assert.deepEqual(axes.lengths(), [1, 1]);
  assert.equal(axes.isWhole, false);
});

test('a plane of all axes holds every theta', () => {
  const whole = new Projection(planeOf({ axes: [0, 1], anchor: [5, 5] }));
  assert.equal(whole.isWhole, true);
  assert.deepEqual(shadow(whole, [1, 2]), { u: 1, v: 2, off: 0, reach: 25 });
});

test('the distance to the plane is right to the last digits where the way along it is long', () => {
  const plane = new Projection(planeOf({ kind: 'pca', anchor: [0, 0, 0], directions: [[0.6, 0.8, 0], [0.8, -0.6, 0]] }));
  assert.ok(Math.abs(shadow(plane, [6e6, 8e6, 1e-3]).off - 1e-3) < 1e-8);
});

test('a theta that is not finite has no place and no distance', () => {
  const { u, off } = shadow(skew, anchor.map(() => NaN));
  assert.ok(Number.isNaN(u) && Number.isNaN(off));
});

const t = (/** @type {string} */ key, /** @type {any} */ values = {}) => `${key} ${Object.values(values).join(' ')}`.trim();

test('titles say what components explain and how strongly the loss curves along eigenvectors', () => {
  const pca = planeOf({ kind: 'pca', names: ['PC 1', 'PC 2'], directions: [[1, 0], [0, 1]], explained: [0.714, 0.16] });
  assert.equal(planeTitles(pca, t, 'en')?.xTitle, 'plane.explained plane.pca.name 1 71');
  assert.equal(planeTitles(pca, t, 'en')?.yLabel, 'plane.pca.name 2');
  const hessian = planeOf({ kind: 'hessian', names: ['a', 'b'], directions: [[1, 0], [0, 1]], eigenvalues: [12.345, -0.5] });
  assert.equal(planeTitles(hessian, t, 'en')?.yTitle, 'plane.eigenvalue plane.hessian.name 2 \u22120.500');
  assert.deepEqual(namesOf(planeOf({ axes: [0, 1], names: ['fc1.weight[0]', 'fc1.bias[0]'] }), t), ['fc1.weight[0]', 'fc1.bias[0]']);
});

test('a share that is not all is never called all, and one that is not nothing never nothing', () => {
  assert.deepEqual([1, 0.9996, 0.997, 0.874, 0.002, 0.0001, 0].map(percentOf), ['100', '100', '>99', '87', '<1', '0', '0']);
});
