import assert from 'node:assert/strict';
import { test } from 'node:test';

import { formatNumber, niceBound, niceStep } from '../../../frontend/js/plots/ticks.js';

test('numbers are short and read as they are written', () => {
  const expected = /** @type {[number, string][]} */ ([
    [0, '0'], [1, '1'], [-2.5, '\u22122.5'], [0.123456, '0.1235'], [1234.56, '1235'], [1e5, '10\u2075'],
    [2.5e-7, '2.5\u00d710\u207b\u2077'], [-1e12, '\u221210\u00b9\u00b2'], [NaN, '\u2013'], [Infinity, '\u2013'],
  ]);
  for (const [value, text] of expected) assert.equal(formatNumber(value), text);
});

test('a nice step is 1, 2 or 5 times a power of ten and makes no more parts than asked for', () => {
  for (const span of [0.003, 1, 7, 99, 12345]) {
    for (const count of [3, 5, 8]) {
      const step = niceStep(span, count);
      assert.match(step.toExponential(0), /^[125]e/);
      assert.ok(span / step <= count + 1e-9 && span / step > count / 2.6, `${span} ${count} ${step}`);
    }
  }
});

test('the bound of a growing axis covers the length, wastes less than half, and changes seldom', () => {
  const bounds = new Set();
  for (let length = 1; length <= 100_000; length = Math.ceil(length * 1.01)) {
    const bound = niceBound(length, 50);
    assert.ok(bound >= length && (length <= 50 || bound <= 1.6 * length), `${length} ${bound}`);
    bounds.add(bound);
  }
  assert.equal(niceBound(1, 50), 50);
  assert.equal(niceBound(100_000, 50), 100_000);
  assert.ok(bounds.size < 35, String(bounds.size));
});
