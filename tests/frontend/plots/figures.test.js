import assert from 'node:assert/strict';
import { test } from 'node:test';

import { numSlots, themes } from '../../../frontend/js/palette.js';
import { contourFigure, isEqualScale } from '../../../frontend/js/plots/contour.js';
import { curveFigure } from '../../../frontend/js/plots/curve.js';
import { fieldStride, headArrow, pixelDirection } from '../../../frontend/js/plots/field.js';
import { isSoftwareName } from '../../../frontend/js/plots/gl.js';
import { landscapeFigure, numIsolines, traceIndex } from '../../../frontend/js/plots/landscape.js';
import { scenePath } from '../../../frontend/js/plots/scene_path.js';
import { decadesPerTick, seriesFigure } from '../../../frontend/js/plots/series_figure.js';
import { cardPlace } from '../../../frontend/js/plots/tag.js';
import { historyOf, pictureOf } from './walks.js';

const PLACE = { width: 700, height: 600 };
const NO_CAMERA = { ...PLACE, covers: [], camera: null };

/** @param {Partial<import('../../../frontend/js/plots/picture.js').DrawnDescent>} fields
 * @returns {import('../../../frontend/js/plots/picture.js').DrawnDescent} */
function descentOf(fields) {
  return { label: 'SGD', slot: 0, history: historyOf([[0, 0]]), state: 'running', visible: true, selected: false, ...fields };
}

test('the landscape has its surface and one path a slot, each with a point, or Plotly would give it nothing to update', () => {
  const { data } = landscapeFigure(pictureOf(), NO_CAMERA);
  assert.equal(data.length, 1 + numSlots);
  assert.equal(data[traceIndex.surface].type, 'surface');
  for (const trace of /** @type {any[]} */ (data.slice(traceIndex.firstPath))) {
    assert.equal(trace.type, 'scatter3d');
    assert.equal(trace.x.length, 1);
    assert.equal(trace.hoverinfo, 'skip');
  }
});

test('the surface gets the very numbers of its axes: rounded ones are resampled at six times the cost', () => {
  const picture = pictureOf();
  const surface = /** @type {any} */ (landscapeFigure(picture, NO_CAMERA).data[0]);
  assert.equal(surface.x, picture.surface?.u);
  assert.equal(surface.y, picture.surface?.v);
});

test('a camera that a reader has moved is kept', () => {
  const camera = { eye: { x: 1, y: 2, z: 3 } };
  const { layout } = /** @type {any} */ (landscapeFigure(pictureOf(), { ...NO_CAMERA, camera }));
  assert.equal(layout.scene.camera, camera);
});

test('a surface of many ripples bears fewer lines of equal loss than a bowl, or they would fill it', () => {
  const rippled = (/** @type {number} */ count) => {
    const { surface } = pictureOf();
    const z = Array.from({ length: 21 }, () => Array.from({ length: 21 }, (_, i) => 1 + Math.sin((count * i * Math.PI) / 10)));
    return pictureOf({ surface: { ...surface, z } });
  };
  assert.equal(numIsolines(pictureOf()), 14);
  assert.equal(numIsolines(rippled(1)), 14);
  assert.equal(numIsolines(rippled(5)), 5);
});

test('nothing of the landscape is for Plotly to point at: it would draw everything twice', () => {
  for (const trace of landscapeFigure(pictureOf(), NO_CAMERA).data) assert.equal(trace.hoverinfo, 'skip');
});

test('axes of every figure stand still by themselves', () => {
  const picture = pictureOf();
  const curve = pictureOf({ surface: { ...picture.surface, z: [1, 0, 1], u: [-1, 0, 1], v: null } });
  const axis = { title: 'loss', isLog: true, range: /** @type {[number, number]} */ ([-3, 2]) };
  const layouts = /** @type {any[]} */ ([
    landscapeFigure(picture, NO_CAMERA).layout.scene,
    contourFigure(picture, PLACE).layout,
    curveFigure(curve, PLACE).layout,
    seriesFigure(picture, axis, [0, 100], PLACE, 'key').layout,
  ]);
  for (const { xaxis, yaxis } of layouts) for (const { autorange, range } of [xaxis, yaxis]) assert.ok(autorange === false && range.length === 2);
});

test('every colour of a figure is of its theme', () => {
  for (const theme of Object.values(themes)) {
    const text = JSON.stringify(landscapeFigure(pictureOf({ theme }), NO_CAMERA));
    for (const color of theme.slots) assert.ok(text.includes(color));
    assert.ok(text.includes(theme.paper));
    const other = theme === themes.dark ? themes.light : themes.dark;
    assert.ok(!text.includes(other.isoline) && !text.includes(`"${other.text}"`));
  }
});

test('a map of square cells is drawn to scale unless that would waste half of the place', () => {
  /** @type {[number, number][]} */
  const square = [[-5, 5], [-5, 5]];
  assert.ok(isEqualScale(square, 480, 360) && isEqualScale(square, 400, 400));
  assert.ok(!isEqualScale(square, 1000, 300) && !isEqualScale([[0, 100], [0, 1]], 400, 400));
});

test('a path runs above the surface at the height of its losses and ends in its head', () => {
  const picture = pictureOf();
  const history = historyOf([[1, 0], [0.5, 0], [0, 0]], [1, 0.25, 0]);
  const { line, head, isInside } = scenePath(picture, descentOf({ history }), [0, 1, 2]);
  assert.deepEqual(line?.x, [1, 0.5, 0]);
  const lift = line ? line.z[2] : NaN;
  assert.ok(lift > 0 && lift < 0.1);
  assert.deepEqual(line?.z, [1 + lift, 0.25 + lift, lift]);
  assert.deepEqual(head, [0, 0, lift]);
  assert.equal(isInside, true);
});

test('a path that leaves the domain is cut there and its head stays at the edge', () => {
  const history = historyOf([[0, 0], [1e12, 0], [2e12, 0]], [0, 1, null]);
  const { line, head, isInside } = scenePath(pictureOf(), descentOf({ history, state: 'diverged' }), [0, 1, 2]);
  assert.ok(line?.x.every((x) => Number.isNaN(x) || x <= 1));
  assert.equal(head?.[0], 1);
  assert.equal(isInside, false);
});

test('the arrow at a head has the length 10 + 9 log10(1 + |g|) beyond its marker and points down the gradient', () => {
  const box = {
    x: { offset: 0, length: 100, range: /** @type {[number, number]} */ ([0, 1]), isLog: false },
    y: { offset: 0, length: 100, range: /** @type {[number, number]} */ ([0, 1]), isLog: false },
  };
  const arrow = headArrow(box, [99, 0], 99);
  assert.ok(arrow && Math.abs(arrow[0] + 10 + 9 * 2 + 6) < 1e-9 && Math.abs(arrow[1]) < 1e-12);
  assert.equal(headArrow(box, [0, 0], 0), null);
  assert.equal(headArrow(box, [NaN, 0], NaN), null);
  assert.deepEqual(pixelDirection(box, 0, 1), [0, -1]);
});

test('arrows of the field keep apart on a small map', () => {
  const axis = { offset: 0, length: 160, range: /** @type {[number, number]} */ ([0, 16]), isLog: false };
  assert.equal(fieldStride(axis, [0, 1, 2]), 2);
  assert.equal(fieldStride({ ...axis, length: 400 }, [0, 1, 2]), 1);
  assert.equal(fieldStride(axis, [3]), 1);
});

test('a card keeps within the axes on whichever side there is room', () => {
  const axis = { offset: 0, length: 300, range: /** @type {[number, number]} */ ([0, 1]), isLog: false };
  const box = { x: axis, y: axis };
  assert.deepEqual(cardPlace(box, 50, 150, 100, 40), [62, 130]);
  assert.deepEqual(cardPlace(box, 280, 299, 100, 40), [168, 258]);
  assert.deepEqual(cardPlace(box, 280, 0, 100, 40), [168, 2]);
});

test('a log axis has at most six ticks, at whole decades', () => {
  for (const low of [-18, -7, -3]) assert.ok((2 - low) / decadesPerTick([low, 2]) <= 6);
});

test('processors that draw WebGL are known by name', () => {
  for (const name of ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))', 'llvmpipe (LLVM 15.0.7, 256 bits)', 'Microsoft Basic Render Driver']) {
    assert.ok(isSoftwareName(name));
  }
  for (const name of ['ANGLE (Intel, Mesa Intel(R) UHD Graphics 620)', 'Apple M2', 'NVIDIA GeForce RTX 3060/PCIe/SSE2']) {
    assert.ok(!isSoftwareName(name));
  }
});
