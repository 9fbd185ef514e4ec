import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReader, unknownName } from '../../frontend/js/reading.js';
import { found, groupOf } from '../../frontend/js/search.js';
import { plainRate, steepness } from '../../frontend/js/steepness.js';

/** A clock that a test turns. */
function fakeClock() {
  let now = 0;
  /** @type {Map<number, {at: number, run: () => void}>} */
  const timers = new Map();
  let last = 0;
  return {
    setTimeout: (/** @type {() => void} */ run, /** @type {number} */ ms) => (timers.set(++last, { at: now + ms, run }), last),
    clearTimeout: (/** @type {number} */ id) => void timers.delete(id),
    /** @param {number} ms */
    async pass(ms) {
      now += ms;
      for (const [id, { at, run }] of [...timers]) if (at <= now && timers.delete(id)) run();
      for (let i = 0; i < 12; i += 1) await null;
    },
  };
}

/** A server that a test answers for, and a reader that asks it. @param {any} [first] */
function desk(first = { text: '', constants: {}, variables: [] }) {
  const clock = fakeClock();
  /** @type {Array<{formula: any, answer: (variables: string[]) => Promise<void>, refuse: (problem: any) => Promise<void>}>} */
  const asked = [];
  /** @type {any[]} */
  const shown = [];
  const settle = () => clock.pass(0);
  const reader = createReader(first, {
    clock,
    onChange: (reading) => shown.push(reading),
    read: (formula) => new Promise((resolve, reject) => asked.push({
      formula,
      answer: (variables) => (resolve(/** @type {any} */ ({ variables, constants: formula.constants, latex: formula.expression })), settle()),
      refuse: (problem) => (reject(Object.assign(new Error(), { problem })), settle()),
    })),
  });
  return { clock, asked, shown, reader };
}

test('a formula is read once the hand rests, not at every key', async () => {
  const { clock, asked, reader } = desk();
  for (const text of ['x', 'x^', 'x^2']) {
    reader.type(text);
    await clock.pass(100);
  }
  assert.equal(asked.length, 0);
  await clock.pass(100);
  assert.deepEqual(asked.map(({ formula }) => formula), [{ expression: 'x^2', constants: {} }]);
  await asked[0].answer(['x']);
  assert.deepEqual([reader.get().isCurrent, reader.get().answer?.latex], [true, 'x^2']);
});

test('an answer that comes after a newer question counts for nothing', async () => {
  const { clock, asked, reader } = desk();
  reader.type('x^2');
  await clock.pass(200);
  reader.type('x^3');
  await clock.pass(200);
  await asked[1].answer(['x']);
  await asked[0].answer(['x']);
  assert.equal(reader.get().answer?.latex, 'x^3');
  reader.type('x^4');
  await clock.pass(200);
  reader.type('x^5');
  await clock.pass(200);
  await asked[2].refuse({ detail: 'late', column: 1 });
  await clock.pass(5000);
  assert.equal(reader.get().problem, null);
});

test('what is wrong is said when the hand rests, or at once on Enter, and goes at the next key', async () => {
  const { clock, asked, reader } = desk();
  reader.type('x^');
  await clock.pass(200);
  await asked[0].refuse({ detail: 'wrong', column: 3 });
  assert.equal(reader.get().problem, null);
  await clock.pass(700);
  assert.equal(reader.get().problem?.column, 3);
  reader.type('x^^');
  assert.equal(reader.get().problem, null);
  const submitted = reader.submit();
  await clock.pass(0);
  await asked[1].refuse({ detail: 'still wrong', column: 3 });
  await submitted;
  assert.equal(reader.get().problem?.detail, 'still wrong');
});

test('what was typeset stays while the text is wrong, and goes with the text', async () => {
  const { clock, asked, reader } = desk();
  reader.type('x^2');
  await clock.pass(200);
  await asked[0].answer(['x']);
  reader.type('x^2+');
  assert.deepEqual([reader.get().answer?.latex, reader.get().isCurrent], ['x^2', false]);
  reader.type('  ');
  assert.equal(reader.get().answer, null);
  await clock.pass(1000);
  assert.equal(asked.length, 1);
});

test('letters beside x and y become constants, and stay variables where they stand alone', async () => {
  const { clock, asked, reader } = desk();
  reader.type('a*x^2 + b');
  await clock.pass(200);
  await asked[0].answer(['x', 'a', 'b']);
  assert.deepEqual(asked[1].formula, { expression: 'a*x^2 + b', constants: { a: 1, b: 1 } });
  await asked[1].answer(['x']);
  assert.deepEqual(reader.get().constants, { a: 1, b: 1 });
  reader.type('u^2 + v^2');
  await clock.pass(200);
  assert.deepEqual(asked[2].formula.constants, {});
  await asked[2].answer(['u', 'v']);
  assert.deepEqual([reader.get().isCurrent, reader.get().constants, asked.length], [true, {}, 3]);
});

test('a letter takes the role that a person gives it, and keeps it while the text changes', async () => {
  const { clock, asked, reader } = desk();
  reader.type('a*x');
  await clock.pass(200);
  await asked[0].answer(['x', 'a']);
  await asked[1].answer(['x']);
  reader.setRole('a', false);
  await clock.pass(200);
  assert.deepEqual(asked[2].formula.constants, {});
  await asked[2].answer(['x', 'a']);
  assert.deepEqual([reader.get().isCurrent, reader.get().constants], [true, {}]);
  reader.type('a*x + 1');
  await clock.pass(200);
  await asked[3].answer(['x', 'a']);
  assert.equal(asked.length, 4);
  reader.setRole('a', true);
  await clock.pass(200);
  assert.deepEqual(asked[4].formula.constants, { a: 1 });
});

test('a formula that is opened again keeps its constants and its variables', async () => {
  const { clock, asked } = desk({ text: 'k*x + w', constants: { k: 7 }, variables: ['x', 'w'] });
  await clock.pass(200);
  assert.deepEqual(asked[0].formula, { expression: 'k*x + w', constants: { k: 7 } });
  await asked[0].answer(['x', 'w']);
  assert.equal(asked.length, 1);
});

test('a closed field hears no answer', async () => {
  const { clock, asked, shown, reader } = desk();
  reader.type('x');
  await clock.pass(200);
  const before = shown.length;
  reader.close();
  await asked[0].answer(['x']);
  assert.equal(shown.length, before);
});

test('an unknown name can become a constant where it stands, counted in characters', () => {
  const reading = (/** @type {string} */ text, /** @type {any} */ problem) => unknownName(/** @type {any} */ ({ text, problem }));
  const allowed = ['sin', 'pi', 'e'];
  assert.equal(reading('x + rate*y', { column: 5, allowed }), 'rate');
  assert.equal(reading('\u{1d465} + rate_2 y', { column: 5, allowed }), 'rate_2');
  assert.equal(reading('x + foo(y)', { column: 5, allowed: ['sin'] }), null);
  assert.equal(reading('x + )', { column: 5, allowed }), null);
  assert.equal(reading('x', null), null);
});

const ROWS = [
  { id: 'rosenbrock', title: { en: 'Rosenbrock', zh: '香蕉函数' } }, { id: 'cross-in-tray', title: { en: 'Cross-in-tray', zh: '十字托盘' } },
  { id: 'three-hump-camel', title: { en: 'Three-hump camel', zh: '三峰驼' } }, { id: 'six-hump-camel', title: { en: 'Six-hump camel', zh: '六峰驼' } },
];
/** @type {Array<[string, string[]]>} */
const QUERIES = [['', ROWS.map(({ id }) => id)], ['ROS', ['rosenbrock', 'cross-in-tray']], ['camel', ['three-hump-camel', 'six-hump-camel']],
  ['six camel', ['six-hump-camel']], ['驼', ['three-hump-camel', 'six-hump-camel']], ['香蕉', ['rosenbrock']], ['crossintray', ['cross-in-tray']], ['c', ['cross-in-tray', 'three-hump-camel', 'six-hump-camel', 'rosenbrock']], ['nothing', []]];
for (const [query, ids] of QUERIES) {
  test(`"${query}" finds ${ids.length} objectives`, () => assert.deepEqual(found(ROWS, query).map(({ id }) => id), ids));
}

test('every objective stands in one group', () => {
  const kinds = [{ kind: 'model', dim: 1 }, { kind: 'function', dim: 1 }, { kind: 'function', dim: 2 }].map((row) => groupOf(/** @type {any} */ (row)));
  assert.deepEqual(kinds, ['model', 'line', 'plane']);
});

const AXIS = Array.from({ length: 129 }, (_, i) => -2 + i / 32);
/** @param {(x: number, y: number) => number} f */
const surfaceOf = (f) => ({ u: AXIS, v: AXIS, z: AXIS.map((y) => AXIS.map((x) => (Number.isFinite(f(x, y)) ? f(x, y) : null))) });
/** @param {(x: number) => number} f */
const curveOf = (f) => ({ u: AXIS, v: null, z: AXIS.map((x) => (Number.isFinite(f(x)) ? f(x) : null)) });
/** @param {number} actual @param {number} expected */
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) <= 1e-6 * Math.abs(expected), `${actual} is not ${expected}`);

test('slope and curvature of quadratics are those of their Hessian, rotated or not, and of a curve its second derivative', () => {
  const bowl = steepness(surfaceOf((x, y) => x * x + 3 * y * y), [1, -1]);
  near(bowl.slope, Math.hypot(2, 6));
  near(bowl.curvature, 6);
  const rotated = steepness(surfaceOf((x, y) => (x + y) ** 2), [1, 0.5]);
  near(rotated.curvature, 4);
  const parabola = steepness(curveOf((x) => 5 * x * x), [-1]);
  near(parabola.slope, 10);
  near(parabola.curvature, 10);
});

test('only what lies below the start counts, and neither gaps nor kinks do', () => {
  near(steepness(surfaceOf((x, y) => x ** 2 + y ** 2 + (x > 1 ? 50 * (x - 1) ** 2 : 0)), [0.5, 0]).curvature, 2);
  near(steepness(surfaceOf((x, y) => Math.abs(x) + y * y), [1, 1]).curvature, 2);
  near(steepness(curveOf((x) => (x < 0 ? NaN : x * x)), [1]).curvature, 2);
});

test('a suggested rate is one that plain gradient descent can bear, and a first step is short', () => {
  for (const curvature of [0.01, 1, 600, 1e9]) for (const slope of [0, 1e-3, 1, 1e6]) {
    const rate = plainRate([{ slope, curvature }], 4) ?? NaN;
    assert.ok(rate * curvature < 1 && rate * slope <= 4 * 0.05, `${rate} for ${slope}, ${curvature}`);
  }
  assert.equal(plainRate([{ slope: 0, curvature: 0 }], 4), null);
});
