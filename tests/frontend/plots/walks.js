/** Histories with a shape that a test knows. */
import { History } from '../../../frontend/js/history.js';
import { Projection } from '../../../frontend/js/plane.js';
import { projectionFor } from '../../../frontend/js/plots/shadows.js';
import { Track } from '../../../frontend/js/plots/track.js';

/** @param {number[][]} thetas @param {(number | null)[]} [losses] @param {number} [block] rows a frame */
export function historyOf(thetas, losses = thetas.map(() => 1), block = thetas.length) {
  const history = new History(thetas[0].length);
  for (let first = 0; first < thetas.length; first += block) {
    const theta = thetas.slice(first, first + block);
    history.append({
      first_step: first,
      count: theta.length,
      theta,
      grad: theta,
      loss: losses.slice(first, first + block),
      grad_norm: theta.map(() => 1),
      lr: theta.map(() => 0.1),
    });
  }
  return history;
}

/** @param {number} length @param {(step: number) => number[]} at */
export function walk(length, at) {
  return Array.from({ length }, (_, step) => at(step));
}

/** A path in all dimensions, as a plane of its first two shows it. @param {History} history */
export function trackOfHistory(history) {
  const axes = Array.from({ length: history.dim }, (_, axis) => axis);
  const plane = { kind: 'axes', axes, anchor: axes.map(() => 0), directions: null, names: ['x', 'y'], explained: null, eigenvalues: null, range: [] };
  return new Track(history, null, new Projection(plane));
}

/** @returns {import('../../../frontend/js/plots/picture.js').Picture} */
export function pictureOf(overrides = {}) {
  const picture = { ...base, viewpoint: {}, ...overrides };
  return { ...picture, projection: picture.surface && projectionFor(picture.surface) };
}

import { themes } from '../../../frontend/js/palette.js';
import { englishStrings } from '../../../frontend/js/plots/picture.js';

const u = Float64Array.from({ length: 21 }, (_, i) => -1 + i / 10);
const z = Array.from(u, (y) => Array.from(u, (x) => x * x + y * y));

/** A round bowl on [-1, 1] squared: its loss is x^2 + y^2. @type {import('../../../frontend/js/plots/picture.js').Picture} */
const base = {
  surface: {
    u, v: u, z, minimum: 0, maximum: 2,
    objective: { dim: 2, domain: [[-1, 1], [-1, 1]], minima: [{ theta: [0, 0], loss: 0 }] },
  },
  height: { kind: 'linear', base: 0, scale: 1, low: 0, high: 2 },
  projection: null,
  revision: 1,
  viewpoint: {},
  labels: { x: 'x', y: 'y' },
  theme: themes.light,
  strings: englishStrings,
  descents: [],
  start: null,
  lossScale: 'log',
  numSteps: null,
  isSoftwareGl: false,
  onStartPicked: () => {},
};
