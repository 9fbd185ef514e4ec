import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENTRIES, readAddress, writeAddress } from '../../frontend/js/address.js';
import { makeDescent } from '../../frontend/js/recipe.js';
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
      objective: { kind: 'function', id: pick(['himmelblau', 'rosenbrock', 'monkey-saddle']), parameters: pick([{}, { a: number(), b: number() }]) },
      start: pick([null, [number()], [number(), number()]]),
      seed: pick([0, 7, 2 ** 53 - 1]),
      steps: pick([400, 1, 1e6]),
      descents,
    },
    speed: pick([null, 1, 30, 12.5, 1000]),
    view: { theme: pick([null, 'light', 'dark']), language: pick([null, 'en', 'zh']), lossScale: pick(['log', 'linear']) },
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
  assert.equal(shared.recipe.objective.id, 'rosenbrock');
  assert.equal(shared.recipe.start, null);
});

const BAD = ['start=1,NaN', 'start=', 'steps=1.5', 'steps=-3', 'seed=x', 'speed=fast', 'theme=pink', 'language=fr', 'loss=cubic',
  'descent=;lr:1', 'descent=SGD;lr:0x10;b ad:1', 'parameters=a', 'objective=<script>', 'steps=%E0%A4%A'];

for (const text of BAD) {
  test(`${text} is reported and falls back, and the rest is kept`, () => {
    const { shared, bad } = readAddress(`#${text}&seed=9`.replace('seed=x&seed=9', 'seed=x'), standardShared());
    assert.equal(bad.length, 1, JSON.stringify(bad));
    const expected = text.startsWith('seed') ? standardShared() : { ...standardShared(), recipe: { ...standardShared().recipe, seed: 9 } };
    assert.deepEqual(shared, expected);
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
