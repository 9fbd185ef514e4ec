import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createFitting } from '../../frontend/js/fitting.js';
import { NO_DATA, createIntake } from '../../frontend/js/intake.js';
import { newSketch, withPoint } from '../../frontend/js/sketch.js';
import { initialState } from '../../frontend/js/state.js';
import { createStore } from '../../frontend/js/store.js';

const OWN = { task: 'regression', min_inputs: 1, max_inputs: 8 };
/** @type {any} */
const MODEL = { id: 'line', kind: 'model', title: {}, dim: 2, domain: [], start: [0, 0], minima: [], parameters: [],
  suggested: { steps: 20, speed: 5, descents: [{ optimizer: 'SGD', hyperparameters: { lr: 0.1 } }] },
  data: { task: 'regression', inputs: ['x'], classes: null, own: OWN, set: 'line', sets: [] } };
/** @type {any} */
const HILL = { id: 'himmelblau', kind: 'function', title: {}, dim: 2, domain: [[-5, 5], [-5, 5]], start: [0, 0], minima: [], parameters: [] };
/** @param {number} num_rows */
const tableOf = (num_rows) => ({ id: 'abc', num_rows, delimiter: ',', has_header: true, preview: [], columns: ['weight', 'price'].map((name) =>
  ({ name, type: 'number', num_distinct: num_rows, minimum: 0, maximum: 9, labels: null })) });
const POINTS = { kind: 'curve', task: 'regression', inputs: ['weight'], target: 'price', classes: null, train: { x: [[1], [2]], y: [3, 4] }, test: null, grid: { u: [0, 1], v: null }, truth: null };

/** The far side: answers by path, and what was asked. @param {Record<string, any>} answers an array is a problem */
function server(answers) {
  /** @type {Array<{path: string, body: any}>} */
  const asked = [];
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ path, /** @type {any} */ { body } = {}) => {
    asked.push({ path, body });
    const [, answer] = Object.entries(answers).find(([name]) => path.startsWith(name)) ?? ['', null];
    const isProblem = Array.isArray(answer);
    return { ok: !isProblem, status: isProblem ? 422 : 200, json: async () => (isProblem ? answer[0] : answer) };
  });
  return asked;
}
const { fetch } = globalThis;
afterEach(() => { globalThis.fetch = fetch; });

/** @param {string | null} model */
function desk(model = 'line') {
  const store = createStore(initialState());
  store.dispatch({ type: 'catalogue', catalogue: { objectives: [HILL, MODEL], optimizers: [] } });
  if (model) store.dispatch({ type: 'pick', id: model });
  /** @type {string[]} */
  const toasts = [];
  const intake = createIntake(store, () => (key, values) => `${key} ${JSON.stringify(values ?? {})}`, (text) => toasts.push(text));
  return { store, intake, toasts, data: () => /** @type {any} */ (store.get().recipe.objective).data };
}

test('a small table is written out into the recipe, a larger one is named', async () => {
  for (const [numRows, isNamed] of /** @type {Array<[number, boolean]>} */ ([[300, false], [301, true]])) {
    server({ 'api/tables': tableOf(numRows), 'api/data': POINTS });
    const { store, intake, data } = desk();
    await intake.read('prices.csv', 'text');
    assert.equal(store.get().panel, 'data');
    await intake.use({ inputs: ['weight'], target: 'price' });
    assert.equal(data().table, isNamed ? 'abc' : undefined);
    assert.deepEqual(data().rows, isNamed ? undefined : [[1, 3], [2, 4]]);
    assert.equal(data().set, undefined);
  }
});

test('a table that cannot be read changes nothing but what is said of it', async () => {
  server({ 'api/tables': [{ status: 422, detail: 'mend it', code: 'table', line: 4, column: 2 }] });
  const { store, intake } = desk();
  const { recipe } = store.get();
  await intake.read(null, 'a,b\n1,x');
  assert.equal(store.get().recipe, recipe);
  assert.deepEqual([store.get().upload?.problem?.line, store.get().upload?.text, store.get().panel], [4, 'a,b\n1,x', 'data']);
});

test('data that the model refuses leave those that were there', async () => {
  server({ 'api/tables': tableOf(5), 'api/data': [{ status: 422, detail: 'too few', code: 'invalid_value' }] });
  const { store, intake } = desk();
  await intake.read('prices.csv', 'text');
  const { recipe } = store.get();
  await intake.use({ inputs: ['weight'], target: 'price' });
  assert.equal(store.get().recipe, recipe);
  assert.equal(store.get().upload?.problem?.detail, 'too few');
});

test('a file that comes while points are clicked ends the clicking', async () => {
  server({ 'api/tables': tableOf(5) });
  const { store, intake } = desk();
  store.dispatch({ type: 'sketch', sketch: newSketch('regression') });
  await intake.read('prices.csv', 'text');
  assert.equal(store.get().sketch, null);
});

test('own data outlast an objective that cannot take them, until generated ones are asked for', async () => {
  server({ 'api/tables': tableOf(5), 'api/data': POINTS });
  const { store, intake, data } = desk();
  await intake.read('prices.csv', 'text');
  await intake.use({ inputs: ['weight'], target: 'price' });
  intake.pick('himmelblau');
  assert.equal(data(), undefined);
  intake.pick('line');
  assert.deepEqual(data().rows, [[1, 3], [2, 4]]);
  store.dispatch({ type: 'data', data: { ...NO_DATA, set: 'line' } });
  intake.pick('himmelblau');
  intake.pick('line');
  assert.equal(data()?.rows, undefined);
});

test('an empty file is called empty', async () => {
  server({ 'api/tables': [{ status: 422, detail: 'the body must be the text of a file but is empty', code: 'invalid_value' }] });
  const { store, intake } = desk();
  await intake.read('none.csv', /** @type {any} */ (new Blob([])));
  assert.match(store.get().upload?.problem?.detail ?? '', /^data\.empty/);
});

test('on a function a table brings a model, and a broken one is told with its line and column', async () => {
  server({ 'api/tables': tableOf(5) });
  const first = desk(null);
  await first.intake.read('prices.csv', 'text');
  assert.equal(first.store.get().objective?.id, 'line');
  server({ 'api/tables': [{ status: 422, detail: 'mend it', code: 'table', line: 4, column: 2 }] });
  const second = desk(null);
  await second.intake.read('prices.csv', 'text');
  assert.deepEqual(second.toasts, ['data.faultAt {"line":4,"column":2} mend it']);
  assert.deepEqual([second.store.get().objective?.id, second.store.get().upload], ['himmelblau', null]);
});

test('what an earlier reading brings is no longer heard', async () => {
  /** @type {Array<(table: any) => void>} */
  const waiting = [];
  globalThis.fetch = /** @type {any} */ (() => new Promise((resolve) => waiting.push((table) => resolve({ ok: true, status: 200, json: async () => table }))));
  const { store, intake } = desk();
  const readings = [intake.read('old.csv', 'old'), intake.read('new.csv', 'new')];
  waiting[1](tableOf(7));
  waiting[0](tableOf(3));
  await Promise.all(readings);
  assert.deepEqual([store.get().upload?.name, store.get().upload?.table?.num_rows], ['new.csv', 7]);
});

/** Plots that only note what they are told. */
function notes() {
  /** @type {Array<[string, any]>} */
  const told = [];
  const note = (/** @type {string} */ name) => (/** @type {any[]} */ ...values) => void told.push([name, values.length > 1 ? values : values[0]]);
  return { told, plots: { showData: note('data'), setFit: note('fit'), setSide: note('side'), setEditing: note('editing') } };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));
const runOf = (/** @type {string} */ id) => ({ type: 'run', run: { id, state: 'running', keys: ['d0'], descents: [], steps: 5, reason: null } });

test('points are asked for once for as long as data and model are the same, and fits are shown in the colour of their descent', async () => {
  const asked = server({ 'api/data': POINTS });
  const { store } = desk();
  const { told, plots } = notes();
  const fitting = createFitting(store, () => plots, (key) => (key === 'd0' ? /** @type {any} */ ({ step: 3 }) : null));
  store.dispatch(runOf('a'));
  await settled();
  store.dispatch(runOf('b'));
  await settled();
  assert.equal(asked.length, 1);
  assert.deepEqual(told, [['data', POINTS], ['fit', [0, { step: 3 }]]]);
  store.dispatch({ type: 'data', data: { seed: 3 } });
  store.dispatch(runOf('c'));
  await settled();
  assert.equal(asked.length, 2);
  fitting.showFit('d7', /** @type {any} */ ({}));
  assert.equal(told.filter(([name]) => name === 'fit').length, 2);
});

test('clicked points are shown at once and become the data when they are enough', async () => {
  const { store, data } = desk();
  const { told, plots } = notes();
  const fitting = createFitting(store, () => plots, () => null);
  store.dispatch({ type: 'sketch', sketch: newSketch('regression') });
  await settled();
  assert.deepEqual(told.at(-1), ['editing', { task: 'regression', classes: null, activeClass: 0 }]);
  fitting.add(1, 2);
  assert.equal(data(), undefined);
  assert.deepEqual(told.findLast(([name]) => name === 'data')?.[1].train, { x: [[1]], y: [2] });
  fitting.add(3, 4);
  assert.deepEqual(data(), { columns: ['x', 'y'], rows: [[1, 2], [3, 4]] });
  fitting.remove(0, { part: 'test', index: 0, x: [3], y: 4 });
  assert.deepEqual(store.get().sketch?.points, [{ x: [1], y: 2 }]);
  assert.equal(data().rows.length, 2);
});

test('another model ends the clicking', () => {
  const { store } = desk();
  store.dispatch({ type: 'sketch', sketch: withPoint(newSketch('regression'), 1, 1) });
  store.dispatch({ type: 'pick', id: 'himmelblau' });
  assert.equal(store.get().sketch, null);
});
