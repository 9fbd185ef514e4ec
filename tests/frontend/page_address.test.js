import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENTRIES, readAddress, writeAddress } from '../../frontend/js/address.js';
import { MAX_CELLS, fitsInAddress } from '../../frontend/js/address_objective.js';
import { makeDescent } from '../../frontend/js/recipe.js';
import { FIRST_CHOICE } from '../../frontend/js/plane_choice.js';
import { standardShared } from '../../frontend/js/state.js';

/** A small generator of its own (mulberry32), so that a failure can be repeated. @param {number} seed */
function randomFrom(seed) {
  let a = seed;
  const next = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  /** @param {any[]} items */
  const pick = (items) => items[Math.floor(next() * items.length)];
  const number = () => pick([0, 1, -1, 0.1, 1e-8, 6.02e23, -5e-324, (next() - 0.5) * 10 ** Math.floor(next() * 40 - 20)]);
  return { next, pick, number };
}

const LABELS = [null, 'Adam', 'a;b=c&d#e', '学习率 0.1', 'x:y,z', '100%', ' ', '+1+', '"<>', '\u{1F3D4}'];

const EXPRESSIONS = ['x^2', '(1-x)^2 + 100*(y-x^2)^2', 'a*x & b=c', '\u03b1\u00b7x\u00b2 ; # %', "min(x, y)'"];
const COLUMNS = ['x1', 'a, b', '"q"', "it's", '(c)', 'null', '1e3', ''];

/** @param {any} random @returns {any} any kind of objective, with any of its parts */
function anyObjective({ next, pick, number }) {
  /** @param {object} fields */
  const some = (fields) => Object.fromEntries(Object.entries(fields).filter(() => next() < 0.5));
  const domain = () => pick([[[-2, 2]], [[-1e-8, 3], [0, 6.02e23]]]);
  const set = () => some({ set: 'moons', parameters: { noise: number(), num_points: 200 }, seed: 7, test_fraction: 0.25, inputs: pick([COLUMNS, []]), target: pick(COLUMNS) });
  const rows = () => ({ columns: ['u', 'v'], rows: pick([[], [[1, -2.5], [null, 'a b'], ['true', '']]]) });
  return pick([
    () => ({ kind: 'function', id: pick(['himmelblau', 'rosenbrock', 'monkey-saddle']), parameters: pick([{}, { a: number(), b: number() }]) }),
    () => ({ kind: 'formula', expression: pick(EXPRESSIONS), constants: pick([{}, { a: number(), rate_2: number() }]), ...some({ variables: ['x', 'y'], domain: domain() }) }),
    () => ({ kind: 'model', id: 'mlp', parameters: some({ hidden: pick([[], [16], [16, 32]]), activation: 'tanh', l2: number(), bias: false, features: ['x', 'x^2'], odd: '12' }),
      ...some({ data: pick([set, rows])(), loss: 'mse', batch_size: 10 }) }),
  ])();
}

/** @param {number} seed @returns {any} */
function anyShared(seed) {
  const { next, pick, number } = randomFrom(seed);
  const value = () => pick([number(), true, false, null, [number(), number()], [null, number()], 'strong_wolfe']);
  const slots = [0, 1, 2, 3, 4, 5, 6, 7].sort(() => next() - 0.5).slice(0, 1 + Math.floor(next() * 8));
  const descents = slots.map((slot) => makeDescent(slot, pick(['SGD', 'Adam', 'LBFGS']),
    Object.fromEntries(['lr', 'betas', 'momentum', 'nesterov'].filter(() => next() < 0.5).map((name) => [name, value()])), {
      label: pick(LABELS), visible: next() < 0.7, maximize: next() < 0.2, zero_grad: next() < 0.8,
      clip_grad_norm: pick([null, 1, 0.25]), tuned: next() < 0.5,
    }));
  return {
    recipe: {
      objective: anyObjective({ next, pick, number }),
      start: pick([null, [number()], [number(), number()]]),
      seed: pick([0, 7, 2 ** 53 - 1]),
      steps: pick([400, 1, 1e6]),
      descents,
    },
    speed: pick([null, 1, 30, 12.5, 1000]),
    view: { theme: pick([null, 'light', 'dark']), language: pick([null, 'en', 'zh']), lossScale: pick(['log', 'linear']), side: pick(['fit', 'map']),
      plane: pick([null, null, { ...FIRST_CHOICE, axes: [3, 608] }, { ...FIRST_CHOICE, kind: 'random', seed: 12, anchor: 'end', descent: 2 },
        { ...FIRST_CHOICE, kind: 'pca' }, { ...FIRST_CHOICE, kind: 'hessian', anchor: 'current', follow: true }]) },
  };
}

test('any recipe and view come back from their address as they were', () => {
  for (let seed = 0; seed < 2000; seed += 1) {
    const shared = anyShared(seed);
    const text = writeAddress(shared, standardShared());
    assert.doesNotMatch(text, /[\s"<>]/, `seed ${seed}`);
    const { shared: back, bad } = readAddress(`#${text}`, standardShared());
    assert.deepEqual(bad, [], `seed ${seed}: ${text}`);
    assert.deepEqual(back, shared, `seed ${seed}: ${text}`);
  }
});

test('what a first visitor sees has an empty address', () => {
  assert.equal(writeAddress(standardShared(), standardShared()), '');
  assert.deepEqual(readAddress('', standardShared()), { shared: standardShared(), bad: [] });
});

test('an objective alone begins at its own start', () => {
  const { shared } = readAddress('#objective=rosenbrock', standardShared());
  assert.deepEqual(shared.recipe.objective, { kind: 'function', id: 'rosenbrock', parameters: {} });
  assert.equal(shared.recipe.start, null);
});

test('a link from before there were formulas and models reads as it did', () => {
  const old = '#objective=ravine&parameters=kappa:50;alpha:30&start=1,2&steps=300&descent=SGD;lr:0.02;momentum:0.9;Auto&descent=Adam;lr:0.1;Label:a%2520b&speed=max';
  const { shared, bad } = readAddress(old, standardShared());
  assert.deepEqual(bad, []);
  assert.deepEqual(shared.recipe.objective, { kind: 'function', id: 'ravine', parameters: { kappa: 50, alpha: 30 } });
  assert.deepEqual([shared.recipe.start, shared.recipe.steps, shared.speed], [[1, 2], 300, null]);
  assert.deepEqual(shared.recipe.descents.map(({ optimizer, label, tuned }) => [optimizer, label, tuned]), [['SGD', null, false], ['Adam', 'a b', true]]);
});

test('a link that a person writes by hand is read', () => {
  const { shared, bad } = readAddress('#formula=a*x^2+b*y^2&constants=a:1;b:3&domain=-2:2;-3:3', standardShared());
  assert.deepEqual(bad, []);
  assert.deepEqual(shared.recipe.objective, { kind: 'formula', expression: 'a*x^2+b*y^2', constants: { a: 1, b: 3 }, domain: [[-2, 2], [-3, 3]] });
  assert.equal(shared.recipe.start, null);
});

test('a link that names a model alone leaves the descents to the model', () => {
  const { shared } = readAddress('#model=mlp', standardShared());
  assert.deepEqual(shared.recipe.descents, []);
});

test('a table that is too large for an address is left out, and one that is not comes along', () => {
  const rows = (/** @type {number} */ length) => ({ columns: ['x', 'y'], rows: Array.from({ length }, (_, i) => [i, i * i]) });
  for (const [length, fits] of /** @type {Array<[number, boolean]>} */ ([[MAX_CELLS / 2, true], [MAX_CELLS / 2 + 1, false]])) {
    const data = { seed: 1, ...rows(length) };
    const standard = standardShared();
    const shared = { ...standard, recipe: { ...standard.recipe, objective: { kind: /** @type {const} */ ('model'), id: 'm', parameters: {}, data } } };
    const back = readAddress(writeAddress(shared, standard), standard);
    assert.equal(fitsInAddress(data), fits);
    assert.deepEqual(back.bad, []);
    assert.deepEqual(/** @type {any} */ (back.shared.recipe.objective).data, fits ? data : { seed: 1 });
  }
});

const BAD = ['start=1,NaN', 'start=', 'steps=1.5', 'steps=-3', 'seed=x', 'speed=fast', 'theme=pink', 'language=fr', 'loss=cubic',
  'descent=;lr:1', 'descent=SGD;lr:0x10;b ad:1', 'parameters=a', 'objective=<script>', 'steps=%E0%A4%A',
  'formula=', 'formula=%20', `formula=${'x+'.repeat(1001)}`, 'constants=a:1', 'domain=-2:2', 'variables=x', 'model=a b', 'data=moons', 'batch=10', 'objectiveLoss=mse'];
const BAD_PARTS = ['formula=x&constants=a', 'formula=x&constants=a:b', 'formula=x&domain=2:-2', 'formula=x&domain=1', 'formula=x&variables=x,', 'formula=x&parameters=a:1',
  'model=m&parameters=a:(1', 'model=m&parameters=a:null', 'model=m&data=;Rows:(1,2)', 'model=m&data=;Columns:(a,b);Rows:(1,2,3)', 'model=m&data=moons;Seed:-1',
  'model=m&data=;noise:x', 'model=m&batch=0', 'model=m&batch=2.5', 'model=m&objectiveLoss=', "model=m&parameters=a:'%25zz", 'model=m&constants=a:1'];

for (const text of BAD) {
  test(`${text} is reported and falls back, and the rest is kept`, () => {
    const { shared, bad } = readAddress(`#${text}&seed=9`.replace('seed=x&seed=9', 'seed=x'), standardShared());
    assert.equal(bad.length, 1, JSON.stringify(bad));
    const expected = text.startsWith('seed') ? standardShared() : { ...standardShared(), recipe: { ...standardShared().recipe, seed: 9 } };
    assert.deepEqual(shared, expected);
  });
}

for (const text of BAD_PARTS) {
  test(`${text} keeps what it can`, () => {
    const { shared, bad } = readAddress(`#${text}`, standardShared());
    assert.equal(bad.length, 1, JSON.stringify(bad));
    assert.deepEqual(shared, readAddress(text.split('&')[0], standardShared()).shared);
  });
}

test('parts that nobody knows are reported', () => {
  assert.deepEqual(readAddress('#colour=red', standardShared()).bad, ['colour']);
});

test('nine descents are too many', () => {
  const { shared, bad } = readAddress(`#${'descent=SGD&'.repeat(9)}`, standardShared());
  assert.equal(bad.length, 1);
  assert.deepEqual(shared, standardShared());
});

test('two descents never share a slot', () => {
  const { shared } = readAddress('#descent=SGD;Slot:2&descent=Adam;Slot:2', standardShared());
  assert.deepEqual(shared.recipe.descents.map(({ slot }) => slot), [0, 1]);
});

test('every entry has a name of its own', () => {
  assert.equal(new Set(ENTRIES.map(({ key }) => key)).size, ENTRIES.length);
});

test('a plane that cannot be read is reported, and the usual one holds', () => {
  for (const text of ['spiral', 'axes:0', 'axes:2,2', 'axes:0,-1', 'random:x', 'pca;Anchor:middle', 'pca;Follow', 'hessian;Speed:2']) {
    const { shared, bad } = readAddress(`#plane=${text}`, standardShared());
    assert.equal(shared.view.plane, null, text);
    assert.deepEqual(bad, [`plane=${text}`]);
  }
});
