/** Drives the plots alone with invented data. */
import { History } from '../js/history.js';
import { themes } from '../js/palette.js';
import { createPlots } from '../js/plots/plots.js';
import { inventedData, inventedFit, inventedFits } from './invented_fit.js';
import { createWalker, inventedObjectives, inventedRules, inventedSurface } from './invented.js';

/** @typedef {import('../js/plots/plots.js').DrawnDescent & {walk: ReturnType<typeof createWalker>}} WalkingDescent */

const LIMIT = 1e9;
const field = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (document.getElementById(id));
const asked = new URLSearchParams(location.search);
for (const id of Object.keys(inventedObjectives)) field('objective').append(new Option(id));
for (const id of Object.keys(inventedFits)) field('fit').append(new Option(id));
for (const id of ['objective', 'theme', 'scale', 'count', 'speed', 'fit', 'points']) field(id).value = asked.get(id) ?? field(id).value;

/** @type {WalkingDescent[]} */
let descents = [];
const plots = createPlots(
  { landscape: field('landscape'), contour: field('contour'), loss: field('loss') },
  { theme: themeName(), onStartPicked: start, onPointAdded: addPoint, onPointRemoved: removePoint, softwareGL: asked.has('gl') ? asked.get('gl') === 'software' : undefined },
);

function themeName() {
  return /** @type {'light' | 'dark'} */ (field('theme').value);
}

/** @param {number[]} [theta] */
function start(theta) {
  const objective = { ...inventedObjectives[field('objective').value] };
  if (theta) objective.start = theta;
  descents = inventedRules.slice(0, Number(field('count').value)).map((label, slot) => ({
    label, slot, history: new History(objective.dim), state: 'running', visible: true, selected: false, walk: createWalker(objective, label),
  }));
  plots.setStart(objective.start);
  plots.showDescents(descents);
  showLegend();
}

function showLegend() {
  field('legend').replaceChildren(
    ...descents.map(({ label, slot }) => {
      const swatch = document.createElement('i');
      swatch.style.background = themes[themeName()].slots[slot];
      const entry = document.createElement('span');
      entry.append(swatch, label);
      return entry;
    }),
  );
}

async function showObjective() {
  start();
  if (asked.has('alone')) return;
  await plots.showSurface(inventedSurface(inventedObjectives[field('objective').value]));
}

function showTheme() {
  document.documentElement.dataset.theme = themeName();
  showLegend();
  return plots.setTheme(themeName());
}

/** @param {WalkingDescent} descent @param {number} count */
function advance(descent, count) {
  if (descent.state !== 'running') return;
  const frame = descent.walk(count);
  const lost = frame.loss.findIndex((loss) => !(Math.abs(loss) < LIMIT));
  const kept = lost < 0 ? count : lost + 1;
  const cut = (/** @type {any[]} */ column) => column.slice(0, kept);
  descent.history.append({
    ...frame, count: kept, loss: cut(frame.loss), theta: cut(frame.theta), grad: cut(frame.grad), grad_norm: cut(frame.grad_norm),
    lr: cut(frame.lr),
  });
  if (lost >= 0) descent.state = 'diverged';
}

/** @type {any} */
let data = null;
let moment = 0;

/** @param {any} next */
async function showData(next) {
  data = next;
  await plots.showData(data);
  await plots.setSide(data ? 'fit' : 'map');
  showFits();
}

function showFits() {
  if (!data) return;
  for (const { slot, label } of descents) plots.setFit(slot, inventedFit(data, label, slot, moment));
}

function editingNow() {
  const task = data?.task ?? 'classification';
  return field('editing').checked ? { task, classes: data?.classes ?? ['0', '1'], activeClass: 1 } : null;
}

/** @param {number} u @param {number} v */
function addPoint(u, v) {
  const isPlane = data.kind === 'regions';
  const { x, y } = data.train;
  void showData({ ...data, train: { x: [...x, isPlane ? [u, v] : [u]], y: [...y, isPlane ? 1 : v] } });
}

/** @param {number} index @param {{part: 'train' | 'test'}} point */
function removePoint(index, { part }) {
  const without = (/** @type {any[]} */ list) => list.filter((_, i) => i !== index);
  void showData({ ...data, [part]: { x: without(data[part].x), y: without(data[part].y) } });
}

const choose = () => showData(field('fit').value ? inventedData(field('fit').value, Number(field('points').value)) : null);

let owed = 0;
let before = performance.now();
/** @param {number} [total] rows at once, for measurements */
function tick(total) {
  const now = performance.now();
  owed += (Number(field('speed').value) * Math.min(200, now - before)) / 1000;
  before = now;
  const count = total ?? Math.floor(owed);
  owed -= Math.floor(owed);
  if (count > 0 && data) {
    moment = asked.has('moment') ? Number(asked.get('moment')) : moment + count;
    showFits();
  }
  if (count > 0) {
    for (const descent of descents) advance(descent, count);
    plots.update();
  }
}

field('objective').addEventListener('change', () => void showObjective());
field('theme').addEventListener('change', () => void showTheme());
field('count').addEventListener('change', () => start());
field('scale').addEventListener('change', () => plots.setLossScale(/** @type {'log' | 'linear'} */ (field('scale').value)));
for (const id of ['fit', 'points']) field(id).addEventListener('change', () => void choose());
field('editing').addEventListener('change', () => void plots.setEditing(editingNow()));
field('reset').addEventListener('click', () => plots.resetCamera());
plots.setLossScale(/** @type {'log' | 'linear'} */ (field('scale').value));
document.documentElement.dataset.theme = themeName();
showLegend();
await showObjective();
await choose();
setInterval(tick, 16);
Object.assign(window, { plots, tick, descents: () => descents, showData, data: () => data });
