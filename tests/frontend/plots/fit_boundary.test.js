import assert from 'node:assert/strict';
import { test } from 'node:test';

import { themes } from '../../../frontend/js/palette.js';
import { boundaryLines, segmentsOf } from '../../../frontend/js/plots/fit_boundary.js';
import { fieldPixels } from '../../../frontend/js/plots/fit_field.js';
import { joinSegments } from '../../../frontend/js/plots/fit_lines.js';
import { oddsOf } from '../../../frontend/js/plots/fit_odds.js';
import { boundaryPath } from '../../../frontend/js/plots/fit_regions.js';
import { toData } from '../../../frontend/js/plots/projection.js';
import { planeData, planeFit, sigmoid, SQUARE } from './fits.js';

/** The lines of a fit in data. @param {import('../../../frontend/js/plots/fit_data.js').Fit} fit @returns {[number, number][][]} */
function linesOf(fit) {
  const { x, y } = boundaryLines(fit);
  /** @type {[number, number][][]} */
  const lines = [[]];
  x.forEach((at, i) => (Number.isNaN(at) ? lines.push([]) : lines.at(-1)?.push([-1 + at / 10, -1 + y[i] / 10])));
  return lines.filter((line) => line.length > 0);
}

/** Softmax of one linear score a class. @param {number[][]} weights u, v and bias of each */
function softmax(weights) {
  return weights.map((_, c) => (/** @type {number} */ u, /** @type {number} */ v) => {
    const scores = weights.map(([a, b, bias]) => Math.exp(a * u + b * v + bias));
    return scores[c] / scores.reduce((sum, score) => sum + score);
  });
}

test('the boundary of a linear model is its straight line, whatever the slope and however steep the sigmoid', () => {
  for (const [a, b, bias] of [[1, 2, 0.3], [-30, 7, 2], [0.01, -0.02, 0.003], [40, 0, -3]]) {
    const lines = linesOf(planeFit((u, v) => sigmoid(a * u + b * v + bias)));
    assert.equal(lines.length, 1);
    for (const [u, v] of lines[0]) {
      const away = Math.abs(a * u + b * v + bias) / Math.hypot(a, b);
      assert.ok(away < 2e-3, `${u}, ${v} is ${away} from ${a} u + ${b} v + ${bias} = 0`);
    }
  }
});

test('a boundary reaches from border to border', () => {
  const [line] = linesOf(planeFit((u, v) => sigmoid(3 * u + v)));
  const ends = [line[0][1], line[line.length - 1][1]].sort((a, b) => a - b);
  assert.ok(Math.abs(ends[0] + 1) < 1e-9 && Math.abs(ends[1] - 1) < 1e-9);
});

test('the boundary of a disc is one closed line on its circle', () => {
  const lines = linesOf(planeFit((u, v) => sigmoid(8 * (0.36 - u * u - v * v))));
  assert.equal(lines.length, 1);
  assert.deepEqual(lines[0][0], lines[0].at(-1));
  for (const [u, v] of lines[0]) assert.ok(Math.abs(Math.hypot(u, v) - 0.6) < 0.01);
});

test('three classes meet in one point, with each boundary drawn once', () => {
  const weights = [[4, 1, 0], [-3, 3, 0.2], [-1, -5, 0.1]];
  const fit = planeFit(...softmax(weights));
  const lines = linesOf(fit);
  assert.equal(lines.length, 3);
  for (const line of lines) {
    for (const [u, v] of line) {
      const [first, second] = weights.map(([a, b, bias]) => a * u + b * v + bias).sort((p, q) => q - p);
      assert.ok(first - second < 0.25, `${u}, ${v}: ${first - second}`);
    }
  }
  const ends = lines.map((line) => [line[0], line[line.length - 1]].map(String));
  assert.ok(ends[0].some((end) => ends[1].includes(end) && ends[2].includes(end)));
  const [, segments] = segmentsOf(oddsOf(fit));
  assert.equal(new Set(segments.map(([a, b]) => [a, b].sort().join())).size, segments.length);
});

test('where nothing is known there is no boundary, and none where all is one class', () => {
  assert.deepEqual(boundaryLines(planeFit(() => 0.5)), { x: [], y: [] });
  assert.deepEqual(boundaryLines(planeFit(() => NaN)), { x: [], y: [] });
  const cut = planeFit((u, v) => (v > 0.15 ? NaN : sigmoid(5 * u)));
  assert.equal(boundaryLines(cut).x.filter(Number.isNaN).length, 1);
  assert.ok(linesOf(cut)[0].every(([u, v]) => Math.abs(u) < 1e-6 && v < 0.15));
});

test('segments that share ends are one line, in order', () => {
  /** @type {Map<number, [number, number]>} */
  const points = new Map([1, 2, 3, 4].map((name) => [name, [name, 10 * name]]));
  const { x, y } = joinSegments(points, [[2, 1], [3, 4], [2, 3]]);
  assert.deepEqual(x.slice(0, -1), x[0] === 1 ? [1, 2, 3, 4] : [4, 3, 2, 1]);
  assert.ok(Number.isNaN(x[4]) && y[0] === 10 * x[0]);
});

test('a boundary lies on the plot where its data are', () => {
  const [lefts, tops] = boundaryPath(SQUARE, planeData(), planeFit((u, v) => sigmoid(2 * u - v + 0.4)));
  lefts.forEach((left, i) => {
    if (Number.isNaN(left)) return;
    const [u, v] = toData(SQUARE, left, tops[i]);
    assert.ok(Math.abs(2 * u - v + 0.4) < 2e-3);
  });
  assert.ok(lefts.length > 10);
});

test('the ground has the colour of the likelier class, fuller where it is surer, and up is up', () => {
  const theme = themes.light;
  const { pixels, width, height } = fieldPixels(planeFit((_, v) => sigmoid(4 * v)), theme);
  const bytes = new Uint8ClampedArray(pixels.buffer);
  const at = (/** @type {number} */ row) => [...bytes.slice(4 * (row * width), 4 * (row * width) + 4)];
  const hex = (/** @type {number[]} */ [r, g, b]) => `#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  assert.equal(hex(at(0)), theme.classes[1]);
  assert.equal(hex(at(height - 1)), theme.classes[0]);
  assert.ok(at(0)[3] > 2 * at(Math.floor(height / 2) - 1)[3]);
});

test('the ground is empty where a fit has no value', () => {
  const { pixels } = fieldPixels(planeFit(() => NaN), themes.dark);
  assert.ok(pixels.every((pixel) => pixel === 0));
});
