import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editableText, formatCount, formatValue, parseNumber } from '../../frontend/js/format.js';
import { distanceToNearest } from '../../frontend/js/geometry.js';
import { suggestedRate } from '../../frontend/js/rates.js';
import { FIRST_RACE } from '../../frontend/js/recipe.js';
import { stepsToRead } from '../../frontend/js/rows.js';
import { nudge, placeOf, rangeOf, valueAt } from '../../frontend/js/scale.js';
import { SPEEDS, speedAt, stopOf } from '../../frontend/js/speed.js';

/** @type {Array<[number | null | undefined, string]>} */
const SHOWN = [
  [0, '0'], [1, '1.000'], [-1.5, '−1.500'], [181.6165, '181.6'], [12345.6, '12,346'], [99999, '99,999'], [123456, '1.23e5'],
  [0.5, '0.5000'], [0.0123456, '0.01235'], [0.001, '0.00100'], [0.00099, '9.90e−4'], [1.2e-300, '1.20e−300'], [-3e9, '−3.00e9'],
  [NaN, '–'], [null, '–'], [undefined, '–'], [Infinity, '∞'], [-Infinity, '−∞'],
];
for (const [value, text] of SHOWN) {
  test(`${value} is shown as ${text}`, () => assert.equal(formatValue(value, 'en'), text));
}

test('no value other than zero is shown as zero', () => {
  for (let exponent = -320; exponent <= 308; exponent += 1) {
    const value = Number(`1.5e${exponent}`);
    if (value !== 0) assert.doesNotMatch(formatValue(value, 'en', 3), /^0(\.0*)?$/, String(value));
  }
});

test('numbers of every size fit the readout', () => {
  for (let exponent = -307; exponent <= 308; exponent += 1) {
    for (const digits of [3, 4]) assert.ok(formatValue(Number(`-9.87654e${exponent}`), 'zh', digits).length <= 10);
  }
});

test('counts have their thousands set apart', () => assert.equal(formatCount(100000, 'en'), '100,000'));

test('what stands in a field reads back as the same number', () => {
  for (const value of [0, 1, -0.1, 0.1 + 0.2, 1e-8, 5e-324, 1.7976931348623157e308, 123456789.125, -4.6]) {
    assert.equal(parseNumber(editableText(value)), value);
  }
});

for (const text of ['', ' ', 'abc', '1,5', '0x10', 'NaN', 'Infinity', '1e999', '--1', '1 2', 'e5']) {
  test(`"${text}" is no number`, () => assert.ok(Number.isNaN(parseNumber(text))));
}
/** @type {Array<[string, number]>} */
const READ = [['.5', 0.5], ['1e-3', 0.001], ['−2', -2], [' 7. ', 7], ['+3', 3], ['1E5', 1e5]];
for (const [text, value] of READ) {
  test(`"${text}" is read as ${value}`, () => assert.equal(parseNumber(text), value));
}

const LR = { minimum: 1e-6, maximum: 10, log: true, integer: false };
test('a log slider gives each decade the same way', () => {
  assert.equal(placeOf(1e-6, LR), 0);
  assert.equal(placeOf(10, LR), 1);
  assert.ok(Math.abs(placeOf(1e-3, LR) - 3 / 7) < 1e-12);
});
test('values outside a slider stand at its ends, and nothing is NaN', () => {
  for (const value of [-1, 0, 1e9, Infinity]) assert.ok([0, 1].includes(placeOf(value, LR)), String(value));
});
test('a slider gives values that a person would type', () => {
  for (let i = 0; i <= 400; i += 1) {
    const value = valueAt(i / 400, LR);
    assert.equal(value, Number(value.toPrecision(2)));
  }
  assert.equal(valueAt(0.5, { minimum: 0, maximum: 1, log: false, integer: false }), 0.5);
  assert.equal(valueAt(0.5, { minimum: 1, maximum: 100, log: false, integer: true }), 51);
});
test('a slider returns to the place of the value it gave, within one stop', () => {
  for (let i = 0; i <= 400; i += 1) assert.ok(Math.abs(placeOf(valueAt(i / 400, LR), LR) - i / 400) < 1 / 200);
});
test('arrow keys move a log field by its second digit, through powers of ten', () => {
  assert.equal(nudge(0.05, 1, { log: true, integer: false }), 0.051);
  assert.equal(nudge(0.1, -1, { log: true, integer: false }), 0.099);
  assert.equal(nudge(0.099, 1, { log: true, integer: false }), 0.1);
  assert.equal(nudge(3, -1, { log: false, integer: true }), 2);
  assert.equal(nudge(0, 1, { log: false, integer: false }), 0.1);
});
test('a row without ends has no slider; a log row from zero starts above it', () => {
  assert.equal(rangeOf({ minimum: null, maximum: null, scale: 'linear' }), null);
  assert.ok(Number(rangeOf({ minimum: 0, maximum: 1, scale: 'log' })?.minimum) > 0);
});

test('the speed slider ends in full speed, and a speed between its stops stands at the nearest', () => {
  SPEEDS.forEach((speed, stop) => {
    assert.equal(speedAt(stop), speed);
    assert.equal(stopOf(speed), stop);
  });
  assert.equal(SPEEDS.at(-1), null);
  assert.equal(speedAt(-1), 1);
  assert.equal(speedAt(99), null);
  assert.equal(speedAt(stopOf(31)), 30);
});

test('distance is to the nearest minimum, and unknown where none is known', () => {
  assert.equal(distanceToNearest([3, 4], [{ theta: [0, 0] }, { theta: [3, 0] }]), 4);
  assert.equal(distanceToNearest([1], []), null);
  assert.equal(distanceToNearest([NaN, 1], [{ theta: [0, 0] }]), null);
});

test('the plain momentum that RAdam begins with goes down on the first race at the suggested rate', () => {
  /** @type {any} */
  const himmelblau = { id: 'himmelblau', domain: [[-5, 5], [-5, 5]] };
  const lr = suggestedRate('RAdam', himmelblau);
  let [x, y] = FIRST_RACE.start;
  const loss = () => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2;
  const first = loss();
  const mean = [0, 0];
  for (let step = 1; step <= 5; step += 1) {
    const [a, b] = [x * x + y - 11, x + y * y - 7];
    [4 * x * a + 2 * b, 2 * a + 4 * y * b].forEach((slope, i) => { mean[i] = 0.9 * mean[i] + 0.1 * slope; });
    x -= lr * mean[0] / (1 - 0.9 ** step);
    y -= lr * mean[1] / (1 - 0.9 ** step);
    assert.ok(loss() < first, `step ${step}: ${loss()}`);
  }
});

test('descents that go on are read at one step, and those that ended at their own last', () => {
  assert.deepEqual(stepsToRead([240, 235, 8, 237], ['running', 'running', 'diverged', 'running']), [234, 234, 7, 234]);
  assert.deepEqual(stepsToRead([401, 8], ['finished', 'diverged']), [400, 7]);
  assert.deepEqual(stepsToRead([0, 3], ['running', 'running']), [-1, -1]);
});
