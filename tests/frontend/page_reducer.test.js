import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTIONS, reduce } from '../../frontend/js/reducer.js';
import { suggestedRate } from '../../frontend/js/rates.js';
import { MAX_DESCENTS } from '../../frontend/js/recipe.js';
import { faultsIn, initialState, isLive, labelsIn, startOf } from '../../frontend/js/state.js';

/** @type {any} */
const HIMMELBLAU = { id: 'himmelblau', dim: 2, domain: [[-5, 5], [-5, 5]], start: [-0.5, -0.9], minima: [], parameters: [] };
/** @type {any} */
const BOWL = { id: 'bowl', dim: 2, domain: [[-2, 2], [-2, 2]], start: [1, 1], minima: [], parameters: [] };
/** @type {any} */
const MODEL = { id: 'line', kind: 'model', dim: 2, domain: [[-1, 1], [-1, 1]], start: [0, 0], minima: [], parameters: [],
  suggested: { steps: 20, speed: 5, descents: [{ optimizer: 'SGD', hyperparameters: { lr: 0.1 }, label: 'By the book' }] } };
/** @type {any} */
const FORMULA = { kind: 'formula', expression: 'a*x^2', constants: { a: 2 } };
/** @type {any} */
const FORMULA_ROW = { id: 'formula', kind: 'formula', dim: 1, domain: [[-2, 2]], start: [1.5], minima: [], parameters: [], rate: 0.07 };
const CATALOGUE = { objectives: [HIMMELBLAU, BOWL, MODEL], optimizers: [{ id: 'SGD' }, { id: 'Adam' }, { id: 'AdamW' }].map((row) => ({ ...row, hyperparameters: [] })) };

/** Freeze everything, so that a handler that changes its input throws. @param {any} value */
function frozen(value) {
  if (value && typeof value === 'object') Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** @param {any[]} actions @returns {any} */
const after = (...actions) => actions.reduce((state, action) => reduce(frozen(state), action), initialState());
const ready = { type: 'catalogue', catalogue: CATALOGUE };
/** @param {any} state @returns {string[]} */
const keys = (state) => state.recipe.descents.map((/** @type {any} */ { key }) => key);

test('unknown actions are refused by name', () => {
  assert.throws(() => reduce(initialState(), { type: 'jump' }), /unknown action: jump/);
});

test('no action changes the state it was given', () => {
  for (const type of ACTIONS) {
    const action = { key: 'd0', name: 'lr', value: 1, id: 'bowl', view: {}, catalogue: CATALOGUE, toast: { id: 1, text: '' }, shared: {},
      run: { id: 'r', keys: [], descents: [], state: 'running' }, connection: { phase: 'open', code: null }, field: 'x', text: 'y', descents: [], state: 'running', reason: null, start: null,
      objective: FORMULA, row: FORMULA_ROW, of: FORMULA, domain: [[-1, 1]], data: { seed: 1 }, change: { loss: 'mae' }, type };
    assert.doesNotThrow(() => reduce(frozen(after(ready)), action), type);
  }
});

test('descents are added up to eight, each in a slot of its own', () => {
  const state = after(ready, ...Array.from({ length: 12 }, () => ({ type: 'add' })));
  assert.equal(state.recipe.descents.length, MAX_DESCENTS);
  assert.equal(new Set(state.recipe.descents.map((/** @type {any} */ { slot }) => slot)).size, MAX_DESCENTS);
});

test('an added descent takes an optimizer that is not there yet', () => {
  assert.equal(after(ready, { type: 'add' }).recipe.descents.at(-1).optimizer, 'AdamW');
});

test('a removed slot is the next to be taken, so colours stay where they are', () => {
  const state = after(ready, { type: 'remove', key: 'd1' }, { type: 'add' });
  assert.deepEqual(keys(state), ['d0', 'd2', 'd3', 'd1']);
});

test('the last descent stays', () => {
  const state = after(...['d0', 'd1', 'd2', 'd3'].map((key) => ({ type: 'remove', key })));
  assert.deepEqual(keys(state), ['d3']);
});

test('a duplicate has the same settings and a colour of its own', () => {
  const state = after({ type: 'hyperparameter', key: 'd3', name: 'lr', value: 0.7 }, { type: 'duplicate', key: 'd3' });
  const [original, copy] = [state.recipe.descents[3], state.recipe.descents[4]];
  assert.deepEqual(copy.hyperparameters, original.hyperparameters);
  assert.notEqual(copy.slot, original.slot);
});

test('another objective begins at its own start with rates that suit it, but keeps a rate that a person set', () => {
  const state = after(ready, { type: 'hyperparameter', key: 'd0', name: 'lr', value: 0.7 }, { type: 'pick', id: 'bowl' });
  assert.equal(state.recipe.start, null);
  assert.deepEqual(startOf(state), [1, 1]);
  assert.equal(state.recipe.descents[0].hyperparameters.lr, 0.7);
  assert.equal(state.recipe.descents[3].hyperparameters.lr, suggestedRate('Adam', BOWL));
  assert.equal(state.recipe.descents[1].hyperparameters.momentum, 0.9);
});

test('an objective that is not in the catalogue changes nothing', () => {
  const before = after(ready);
  assert.equal(reduce(before, { type: 'pick', id: 'nowhere' }), before);
});

test('a link to an objective gets suggested rates when the catalogue comes', () => {
  const linked = after();
  const state = reduce({ ...linked, recipe: { ...linked.recipe, objective: { kind: 'function', id: 'bowl', parameters: {} } } }, ready);
  assert.equal(state.recipe.descents[3].hyperparameters.lr, suggestedRate('Adam', BOWL));
});

test('a model brings its own race, and a function afterwards the usual four', () => {
  const onModel = after(ready, { type: 'pick', id: 'line' });
  assert.deepEqual(onModel.recipe.objective, { kind: 'model', id: 'line', parameters: {} });
  assert.deepEqual(onModel.recipe.descents.map((/** @type {any} */ { optimizer, hyperparameters, label }) => [optimizer, hyperparameters, label]), [['SGD', { lr: 0.1 }, 'By the book']]);
  assert.deepEqual([onModel.recipe.steps, onModel.speed], [20, 5]);
  const back = reduce(onModel, { type: 'pick', id: 'bowl' });
  assert.deepEqual(back.recipe.descents.map((/** @type {any} */ { optimizer }) => optimizer), ['SGD', 'SGD', 'RMSprop', 'Adam']);
  assert.equal(back.recipe.descents[3].hyperparameters.lr, suggestedRate('Adam', BOWL));
  assert.deepEqual([back.recipe.steps, back.speed], [400, 30]);
});

for (const change of [
  { type: 'hyperparameter', key: 'd0', name: 'lr', value: 0.7 }, { type: 'hyperparameter', key: 'd1', name: 'momentum', value: 0.5 },
  { type: 'remove', key: 'd1' }, { type: 'add' }, { type: 'optimizer', key: 'd0', optimizer: 'Adam' },
]) {
  test(`descents that a person has changed (${change.type} ${change.name ?? ''}) go along to a model, with its rates where none is set`, () => {
    const before = after(ready, change);
    const state = reduce(before, { type: 'pick', id: 'line' });
    assert.deepEqual(keys(state), keys(before));
    assert.equal(state.recipe.steps, 400);
    for (const { optimizer, tuned, hyperparameters } of state.recipe.descents) {
      if (optimizer === 'SGD' && !tuned) assert.equal(hyperparameters.lr, 0.1);
    }
  });
}

test('steps that a person has set stay where a model goes or comes', () => {
  assert.equal(after(ready, { type: 'steps', steps: 77 }, { type: 'pick', id: 'line' }).recipe.steps, 77);
  assert.equal(after(ready, { type: 'pick', id: 'line' }, { type: 'steps', steps: 77 }, { type: 'pick', id: 'bowl' }).recipe.steps, 77);
});

test('a link that names a model alone gets its race, and one that names descents keeps them', () => {
  const { recipe } = initialState();
  /** @param {any[]} descents */
  const linked = (descents) => after({ type: 'load', shared: { recipe: { ...recipe, objective: { kind: 'model', id: 'line', parameters: {} }, start: null, descents } } }, ready);
  assert.deepEqual([linked([]).recipe.descents.length, linked([]).recipe.steps, linked([]).speed], [1, 20, 5]);
  assert.equal(linked(recipe.descents).recipe.descents.length, 4);
});

test('a link to a model that there is not begins the first race', () => {
  const state = after({ type: 'load', shared: { recipe: { ...initialState().recipe, objective: { kind: 'model', id: 'nowhere', parameters: {} }, descents: [] } } }, ready);
  assert.equal(state.recipe.descents.length, 4);
});

test('a formula begins at its own start, with the rates that the page has found', () => {
  const drawn = after(ready, { type: 'start', start: [9, 9] }, { type: 'formula', objective: FORMULA, row: FORMULA_ROW });
  assert.deepEqual([drawn.recipe.objective, drawn.recipe.start, drawn.playing], [FORMULA, null, true]);
  assert.deepEqual(startOf(drawn), [1.5]);
  assert.equal(drawn.recipe.descents[0].hyperparameters.lr, 0.07);
  const learnt = reduce(drawn, { type: 'learnt', of: FORMULA, row: { ...FORMULA_ROW, rate: 0.2 } });
  assert.equal(learnt.recipe.descents[1].hyperparameters.lr, 0.2);
  const told = reduce(learnt, { type: 'objective', objective: { id: 'formula', kind: 'formula', dim: 1, domain: [[-2, 2]], parameters: [] } });
  assert.equal(suggestedRate('SGD', told.objective), 0.2);
});

test('a slider of a formula keeps its ends while its value is within them', () => {
  /** @param {number} value @param {number} maximum */
  const row = (value, maximum) => ({ ...FORMULA_ROW, expression: 'a*x^2', parameters: [{ name: 'a', default: value, minimum: 0, maximum }] });
  const told = (/** @type {any[]} */ ...rows) => after(ready, { type: 'formula', objective: FORMULA, row: row(2, 5) }, ...rows.map((objective) => ({ type: 'objective', objective }))).objective.parameters[0];
  assert.deepEqual(told(row(4, 10)), { name: 'a', default: 4, minimum: 0, maximum: 5 });
  assert.deepEqual(told(row(40, 100)), { name: 'a', default: 40, minimum: 0, maximum: 100 });
  assert.deepEqual(told({ ...row(4, 10), expression: 'a*x^4' }), { name: 'a', default: 4, minimum: 0, maximum: 10 });
});

test('what was learnt of a formula that is no longer wanted is forgotten', () => {
  const state = after(ready, { type: 'formula', objective: FORMULA, row: FORMULA_ROW }, { type: 'parameter', name: 'a', value: 3 });
  assert.equal(reduce(state, { type: 'learnt', of: FORMULA, row: { ...FORMULA_ROW, rate: 9 } }), state);
});

test('a constant of a formula is changed in the recipe, and its domain with a start that is outside of it', () => {
  const drawn = after(ready, { type: 'formula', objective: FORMULA, row: FORMULA_ROW }, { type: 'start', start: [1.9] });
  assert.deepEqual(reduce(drawn, { type: 'parameter', name: 'a', value: 5 }).recipe.objective, { ...FORMULA, constants: { a: 5 } });
  assert.deepEqual(reduce(drawn, { type: 'parameter', name: 'a', value: 5 }).recipe.start, [1.9]);
  const wide = /** @type {any} */ (reduce(drawn, { type: 'domain', domain: [[-9, 9]] }));
  assert.deepEqual([wide.recipe.objective.domain, wide.recipe.start], [[[-9, 9]], [1.9]]);
  assert.equal(reduce(drawn, { type: 'domain', domain: [[-1, 1]] }).recipe.start, null);
});

test('another number of dimensions begins at its own start, and other parameters keep the start', () => {
  const started = after(ready, { type: 'start', start: [1, 2] });
  assert.equal(reduce(started, { type: 'parameter', name: 'dim', value: 5 }).recipe.start, null);
  assert.deepEqual(reduce(started, { type: 'parameter', name: 'a', value: 5 }).recipe.start, [1, 2]);
});

test("a model's data, loss and batch are changed in the recipe, and undefined leaves them to the model", () => {
  const state = after(ready, { type: 'pick', id: 'line' }, { type: 'data', data: { seed: 3, set: 'moons' } }, { type: 'data', data: { set: undefined } },
    { type: 'model', change: { loss: 'mae', batch_size: 10 } }, { type: 'model', change: { batch_size: undefined } });
  assert.deepEqual(state.recipe.objective, { kind: 'model', id: 'line', parameters: {}, data: { seed: 3 }, loss: 'mae' });
});

test('another optimizer starts from a suggested rate and forgets what only the old one had', () => {
  const state = after(ready, { type: 'hyperparameter', key: 'd1', name: 'lr', value: 9 }, { type: 'optimizer', key: 'd1', optimizer: 'Adam' });
  assert.deepEqual(state.recipe.descents[1].hyperparameters, { lr: suggestedRate('Adam', HIMMELBLAU) });
});

test('a fault goes when its field changes, and only that one', () => {
  const faulty = after({ type: 'fault', field: 'd0/lr', text: 'a' }, { type: 'fault', field: 'd1/lr', text: 'b' }, { type: 'fault', field: 'start', text: 'c' });
  assert.deepEqual(Object.keys(reduce(faulty, { type: 'hyperparameter', key: 'd0', name: 'lr', value: 1 }).faults), ['d1/lr', 'start']);
  assert.deepEqual(Object.keys(reduce(faulty, { type: 'remove', key: 'd1' }).faults), ['d0/lr', 'start']);
  assert.deepEqual(Object.keys(reduce(faulty, { type: 'start', start: [1, 2] }).faults), ['d0/lr', 'd1/lr']);
});

test("what the server said of a field goes as its text changes, and the page's own word on the text stands there", () => {
  const refused = after({ type: 'hyperparameter', key: 'd0', name: 'lr', value: -1 }, { type: 'fault', field: 'd0/lr', text: 'server' });
  const typing = reduce(refused, { type: 'draft', field: 'd0/lr', text: '' });
  assert.equal(faultsIn(typing)['d0/lr'], '');
  const unread = reduce(typing, { type: 'draft', field: 'd0/lr', text: 'page' });
  assert.equal(faultsIn(unread)['d0/lr'], 'page');
  assert.equal(faultsIn(reduce(unread, { type: 'settled', field: 'd0/lr' }))['d0/lr'], 'server');
  assert.deepEqual(faultsIn(reduce(unread, { type: 'hyperparameter', key: 'd0', name: 'lr', value: 1 })), {});
  assert.deepEqual(faultsIn(reduce(unread, { type: 'remove', key: 'd0' })), {});
});

test('a refused value stays in the recipe, so the field keeps what was typed', () => {
  const state = after({ type: 'hyperparameter', key: 'd0', name: 'lr', value: -1 }, { type: 'fault', field: 'd0/lr', text: 'no' });
  assert.equal(state.recipe.descents[0].hyperparameters.lr, -1);
});

/** @type {Array<[string | null, (recipe: any) => boolean]>} */
const REFUSED = [
  ['d0/momentum', (recipe) => !('momentum' in recipe.descents[0].hyperparameters) && recipe.steps === 9],
  ['d0/optimizer', (recipe) => recipe.descents[0].optimizer === 'SGD' && recipe.steps === 9],
  ['d0/clip_grad_norm', (recipe) => recipe.descents[0].clip_grad_norm === null && recipe.steps === 9],
  ['start', (recipe) => recipe.start === null && recipe.steps === 9],
  ['steps', (recipe) => recipe.steps === 400 && recipe.start.length === 3],
  ['objective/a', (recipe) => !('a' in recipe.objective.parameters) && recipe.steps === 9],
  ['objective', (recipe) => recipe.objective.id === 'himmelblau' && recipe.start.length === 2],
  [null, (recipe) => recipe.steps === 400],
];
for (const [field, isMended] of REFUSED) {
  test(`where a link's ${field} is refused, a default takes its place and the rest stays`, () => {
    const state = after({ type: 'steps', steps: 9 }, { type: 'start', start: [1, 2, 3] }, { type: 'parameter', name: 'a', value: 1 },
      { type: 'optimizer', key: 'd0', optimizer: 'Nope' }, { type: 'hyperparameter', key: 'd0', name: 'momentum', value: -1 },
      { type: 'option', key: 'd0', name: 'clip_grad_norm', value: -1 }, { type: 'fault', field: field ?? 'x', text: 'no' }, { type: 'fallback', field });
    assert.ok(isMended(state.recipe), JSON.stringify(state.recipe));
  });
}

test('the page follows when a script pauses or plays the same run', () => {
  const run = { id: 'r', state: 'running', reason: null, keys: [], descents: [], steps: 10 };
  const paused = after({ type: 'run', run }, { type: 'progress', state: 'paused', reason: null, descents: [] });
  assert.equal(paused.playing, false);
  assert.equal(reduce(paused, { type: 'progress', state: 'running', reason: null, descents: [] }).playing, true);
});

test('a run that has ended is not live', () => {
  const run = { id: 'r', state: 'running', reason: null, keys: [], descents: [], steps: 10 };
  const running = after({ type: 'run', run });
  assert.equal(isLive(running), true);
  for (const state of ['finished', 'interrupted', 'failed']) {
    assert.equal(isLive(reduce(running, { type: 'progress', state, reason: null, descents: [] })), false);
  }
});

test('the same message is not shown twice, and no more than three at once', () => {
  const state = after(...['a', 'b', 'b', 'c', 'd'].map((text, id) => ({ type: 'toast', toast: { id, tone: 'info', text } })));
  assert.deepEqual(state.toasts.map((/** @type {any} */ { text }) => text), ['b', 'c', 'd']);
});

test('descents are called by their optimizer, SGD with momentum by its own name, and numbers tell twins apart', () => {
  const state = after({ type: 'duplicate', key: 'd3' }, { type: 'label', key: 'd0', label: 'Plain' });
  assert.deepEqual(labelsIn(state, 'Momentum'), ['Plain', 'Momentum', 'RMSprop', 'Adam', 'Adam 2']);
});
