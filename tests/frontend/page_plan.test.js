import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldOf } from '../../frontend/js/faults.js';
import { commandOf, SHORTCUTS } from '../../frontend/js/keyboard.js';
import { plan, same, substance } from '../../frontend/js/plan.js';
import { firstRecipe, toWire } from '../../frontend/js/recipe.js';
import { reduce } from '../../frontend/js/reducer.js';
import { initialState } from '../../frontend/js/state.js';

/** @type {Parameters<typeof plan>[2]} */
const LIVE = { live: true, isEditable: () => true, isRefused: () => false };
/** @param {any[]} actions */
const changed = (...actions) => actions.reduce(reduce, initialState()).recipe;
/** @param {string} key @param {number} value */
const lr = (key, value) => ({ type: 'hyperparameter', key, name: 'lr', value });

test('the first recipe needs a run', () => assert.deepEqual(plan(firstRecipe(), null, LIVE), { kind: 'restart' }));
test('a recipe that runs needs nothing', () => assert.deepEqual(plan(firstRecipe(), firstRecipe(), LIVE), { kind: 'none' }));

test('hyperparameters of a live run are edited, and only those that differ', () => {
  const wanted = changed(lr('d1', 0.002), { type: 'hyperparameter', key: 'd3', name: 'eps', value: 0.1 });
  assert.deepEqual(plan(wanted, firstRecipe(), LIVE), {
    kind: 'edits',
    changes: [{ descent: 1, key: 'd1', hyperparameters: { lr: 0.002 } }, { descent: 3, key: 'd3', hyperparameters: { eps: 0.1 } }],
  });
});

test('a run that is over, or a hyperparameter that is read only at the first step, needs a new run', () => {
  assert.equal(plan(changed(lr('d1', 0.002)), firstRecipe(), { ...LIVE, live: false }).kind, 'restart');
  assert.equal(plan(changed(lr('d1', 0.002)), firstRecipe(), { ...LIVE, isEditable: () => false }).kind, 'restart');
});

test('a value that was refused is not sent again with the next edit', () => {
  const wanted = changed(lr('d0', -1), { type: 'hyperparameter', key: 'd0', name: 'momentum', value: 0.5 });
  assert.deepEqual(plan(wanted, firstRecipe(), { ...LIVE, isRefused: (_, name) => name === 'lr' }),
    { kind: 'edits', changes: [{ descent: 0, key: 'd0', hyperparameters: { momentum: 0.5 } }] });
});

for (const action of [
  { type: 'start', start: [1, 1] }, { type: 'steps', steps: 7 }, { type: 'seed', seed: 1 }, { type: 'parameter', name: 'a', value: 2 },
  { type: 'optimizer', key: 'd0', optimizer: 'Adam' }, { type: 'remove', key: 'd0' }, { type: 'duplicate', key: 'd0' },
  { type: 'option', key: 'd0', name: 'maximize', value: true }, { type: 'option', key: 'd0', name: 'clip_grad_norm', value: 1 },
]) {
  test(`${action.type} ${action.name ?? ''} needs a new run`, () => assert.equal(plan(changed(action), firstRecipe(), LIVE).kind, 'restart'));
}

for (const action of [{ type: 'label', key: 'd0', label: 'x' }, { type: 'visible', key: 'd0' }]) {
  test(`${action.type} leaves the run alone`, () => {
    assert.equal(plan(changed(action), firstRecipe(), LIVE).kind, 'none');
    assert.ok(same(substance(changed(action)), substance(firstRecipe())));
  });
}

test('the recipe on the wire has the fields of the contract and no others', () => {
  const wire = toWire(firstRecipe(), ['a', 'b', 'c', 'd']);
  assert.deepEqual(Object.keys(wire).sort(), ['descents', 'objective', 'seed', 'start', 'steps']);
  assert.deepEqual(wire.descents[1], { label: 'b', optimizer: 'SGD', hyperparameters: { lr: 0.0005, momentum: 0.9 }, maximize: false, zero_grad: true, clip_grad_norm: null });
  assert.equal('start' in toWire({ ...firstRecipe(), start: null }, ['a', 'b', 'c', 'd']), false);
});

const FIELDS = [
  ['descents[1].hyperparameters.lr', 'b/lr'], ['descents[0].hyperparameters.betas[1]', 'a/betas'], ['descents[0].optimizer', 'a/optimizer'],
  ['descents[1].clip_grad_norm', 'b/clip_grad_norm'], ['descents[9].optimizer', null], ['start', 'start'], ['start[1]', 'start'], ['steps', 'steps'],
  ['objective.id', 'objective'], ['objective.parameters.a', 'objective/a'],
  ['objective.constants.a', 'objective/a'], ['objective.domain[0]', 'objective/domain'], ['objective.expression', 'objective'],
  ['objective.data.parameters.noise', 'data/noise'], ['objective.data.rows[3][1]', 'data/rows'], ['objective.loss', 'model/loss'], ['objective.batch_size', 'model/batch_size'], ['Host', null], [null, null],
];
for (const [parameter, field] of FIELDS) {
  test(`a problem with ${parameter} is shown at ${field}`, () => assert.equal(fieldOf(parameter, ['a', 'b']), field));
}
test('a problem of an edit is shown at the card it was about', () => {
  assert.equal(fieldOf('hyperparameters.lr', ['a', 'b'], 'b'), 'b/lr');
  assert.equal(fieldOf(null, ['a', 'b'], 'b'), 'b/');
});

/** @param {string} key @param {any} [target] @param {object} [modifiers] */
const press = (key, target = null, modifiers = {}) => commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, target, ...modifiers });
test('every shortcut does its command', () => {
  for (const { codes, command } of SHORTCUTS) for (const code of codes) assert.equal(press(code), command);
  assert.equal(press('R'), 'again');
});
test('no key has two commands', () => {
  const codes = SHORTCUTS.flatMap((shortcut) => shortcut.codes);
  assert.equal(new Set(codes).size, codes.length);
});
test('keys belong to the field that has the focus', () => {
  assert.equal(press('r', { tagName: 'INPUT', type: 'text' }), null);
  assert.equal(press(' ', { tagName: 'BUTTON' }), null);
  assert.equal(press('ArrowRight', { tagName: 'INPUT', type: 'range' }), null);
  assert.equal(press(' ', { tagName: 'INPUT', type: 'range' }), 'toggle');
  assert.equal(press('r', { tagName: 'BUTTON' }), 'again');
  assert.equal(press('o', { tagName: 'BUTTON', role: 'option' }), null);
});
test('shortcuts of the browser stay its own', () => {
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) assert.equal(press('r', null, { [modifier]: true }), null);
});
