import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anotherSeed, batchOf, keptData, lossOf, rowsOf, shortTitle, shortValue, tellingRows, valuesOf } from '../../frontend/js/model.js';

/** @param {string} en */
const titled = (en) => ({ en, zh: `${en}\u8bcd` });
/** @type {any[]} */
const ROWS = [
  { name: 'hidden', type: 'sizes', title: titled('Hidden'), default: [8], group: 'net' },
  { name: 'degree', type: 'integer', title: titled('Degree'), default: 3 },
  { name: 'kind', type: 'choice', title: titled('Kind'), default: 'none', group: 'regularization', choices: [{ id: 'none', title: titled('None') }, { id: 'l2', title: titled('L2') }] },
  { name: 'rate', type: 'number', title: titled('Rate'), default: 0.1, group: 'regularization', when: { kind: ['l1', 'l2'] } },
];
/** @param {object} parameters @param {object} [rest] @returns {any} */
const stateWith = (parameters, rest = {}) => ({ recipe: { objective: { kind: 'model', id: 'm', parameters, ...rest } }, objective: { parameters: ROWS, values: { degree: 5 }, loss: 'mse', batch_size: 10 } });

test('a parameter is what a person wants, else what the server says, else its default', () => {
  assert.deepEqual(valuesOf(stateWith({ hidden: [2, 2] })), { hidden: [2, 2], degree: 5, kind: 'none', rate: 0.1 });
});

test('a parameter is shown only where it matters, and one of no group belongs to the net', () => {
  const { objective } = stateWith({});
  const names = (/** @type {string} */ group, /** @type {any} */ values) => rowsOf(objective, group, values).map(({ name }) => name);
  assert.deepEqual(names('regularization', { kind: 'none' }), ['kind']);
  assert.deepEqual(names('regularization', { kind: 'l2' }), ['kind', 'rate']);
  assert.deepEqual(names('net', {}), ['hidden', 'degree']);
});

test('values are said in a few letters', () => {
  const t = (/** @type {string} */ key) => key;
  assert.equal(shortValue(ROWS[0], [8, 4], 'en', t), '8\u20134');
  assert.equal(shortValue(ROWS[0], [], 'en', t), 'model.noHidden');
  assert.equal(shortValue(ROWS[1], 3, 'en', t), 'Degree 3');
  assert.equal(shortValue(ROWS[2], 'l2', 'zh', t), 'L2\u8bcd');
});

test('a net without a hidden layer is told without its activation', () => {
  /** @type {any[]} */
  const rows = [ROWS[0], { name: 'activation', type: 'choice' }, { name: 'inputs', type: 'choices' }];
  const told = (/** @type {number[]} */ hidden) => tellingRows(rows, { hidden }).map(({ name }) => name);
  assert.deepEqual([told([]), told([8])], [['hidden'], ['hidden', 'activation']]);
});

test('a long title has a short form, a short one stays', () => {
  const t = (/** @type {string} */ key) => key;
  assert.deepEqual([['mse', 'Mean squared error'], ['default', 'Default of nn.Linear'], ['zeros', 'Zeros']].map(([id, title]) => shortTitle(id, title, t)), ['MSE', 'short.default', 'Zeros']);
});

test('loss and batch are the model\u2019s own until a person sets them', () => {
  assert.deepEqual([lossOf(stateWith({})), batchOf(stateWith({}))], ['mse', 10]);
  assert.deepEqual([lossOf(stateWith({}, { loss: 'mae' })), batchOf(stateWith({}, { batch_size: 3 }))], ['mae', 3]);
});

test('another seed is never the one that is there, and short', () => {
  for (const random of [0, 0.0409, 0.5, 0.999999]) {
    for (let seed = 0; seed < 1001; seed += 1) {
      const next = anotherSeed(seed, random);
      assert.ok(next !== seed && Number.isInteger(next) && next >= 0 && next <= 1000);
    }
  }
});

test('own data stay with a model of the same task that takes as many inputs and classes', () => {
  const data = { columns: ['x', 'y'], rows: [[1, 2], [2, 3]] };
  const had = { task: 'classification', inputs: ['a', 'b'], classes: ['p', 'q', 'r'] };
  /** @param {any} own @param {any} [of] */
  const kept = (own, of = data) => keptData(/** @type {any} */ ({ recipe: { objective: { kind: 'model', id: 'm', parameters: {}, data: of } }, objective: { data: had } }), /** @type {any} */ ({ data: { own } }));
  const own = { task: 'classification', min_inputs: 1, max_inputs: 8, max_classes: 10 };
  assert.equal(kept(own), data);
  assert.equal(kept(own, { set: 'moons' }), null);
  assert.equal(kept(null), null);
  assert.equal(kept({ ...own, task: 'regression' }), null);
  assert.equal(kept({ ...own, max_inputs: 1 }), null);
  assert.equal(kept({ ...own, max_classes: 2 }), null);
});
