import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chooseLossScale, drawnLoss, growRange, rangeOf } from '../../../frontend/js/plots/loss_scale.js';

/** @param {Partial<import('../../../frontend/js/plots/loss_scale.js').Extent>} fields */
function extent(fields) {
  return { first: 100, low: 1, high: 100, lowPositive: 1, isDiverged: false, ...fields };
}

test('a log axis shows the loss where it can, loss - minimum below zero, and a symlog where no minimum is known', () => {
  assert.deepEqual(chooseLossScale('log', 0, 0), { kind: 'log', reference: 0 });
  assert.deepEqual(chooseLossScale('log', 3, 3), { kind: 'log', reference: 0 });
  assert.deepEqual(chooseLossScale('log', -78.3, -78), { kind: 'log', reference: -78.3 });
  assert.deepEqual(chooseLossScale('log', null, -4), { kind: 'symlog', reference: 0 });
  assert.deepEqual(chooseLossScale('log', null, 0.5), { kind: 'log', reference: 0 });
  assert.deepEqual(chooseLossScale('linear', -78.3, -78), { kind: 'linear', reference: 0 });
});

test('drawn losses are what the axis is said to show', () => {
  assert.equal(drawnLoss({ kind: 'log', reference: -78 }, -77), 1);
  assert.equal(drawnLoss({ kind: 'linear', reference: 0 }, -4), -4);
  assert.equal(drawnLoss({ kind: 'symlog', reference: 0 }, 99), 2);
  assert.equal(drawnLoss({ kind: 'symlog', reference: 0 }, -999), -3);
});

test('a log range covers every positive loss', () => {
  const range = rangeOf({ kind: 'log', reference: 0 }, [extent({ high: 340, lowPositive: 2e-7 })]);
  assert.ok(range && range[0] <= Math.log10(2e-7) && range[1] >= Math.log10(340));
});

test('losses that are all zero still have a range, and no row has none', () => {
  assert.deepEqual(rangeOf({ kind: 'log', reference: 0 }, [extent({ first: 0, low: 0, high: 0, lowPositive: NaN })]), [-2, 1]);
  assert.equal(rangeOf({ kind: 'log', reference: 0 }, [extent({ high: NaN })]), null);
  assert.equal(rangeOf({ kind: 'linear', reference: 0 }, []), null);
});

test('a diverged descent does not squash the others', () => {
  const lost = extent({ high: 1e12, isDiverged: true });
  const log = rangeOf({ kind: 'log', reference: 0 }, [extent({}), lost]);
  assert.ok(log && log[1] < 7);
  const linear = rangeOf({ kind: 'linear', reference: 0 }, [extent({}), lost]);
  assert.ok(linear && linear[1] < 120 && linear[1] > 100);
  const alone = rangeOf({ kind: 'linear', reference: 0 }, [lost]);
  assert.ok(alone && alone.every(Number.isFinite));
});

test('where every descent has diverged, they are shown as far as a thousand times the loss they began at', () => {
  const symlog = /** @type {const} */ ({ kind: 'symlog', reference: 0 });
  const lost = extent({ first: Math.log10(3), low: -30, high: Math.log10(3), isDiverged: true });
  const range = rangeOf(symlog, [lost]);
  assert.ok(range && range[0] <= -Math.log10(2001) && range[0] > -4 && range[1] > Math.log10(3), String(range));
  const linear = rangeOf({ kind: 'linear', reference: 0 }, [extent({ first: 2, low: -40, high: 9, isDiverged: true })]);
  assert.ok(linear && linear[0] <= -40 && linear[1] >= 9);
});

test('a range only grows, and stays the same while it suffices', () => {
  assert.deepEqual(growRange(null, [0, 1], 'other'), [0, 1]);
  assert.deepEqual(growRange([-3, 2], [-2, 1], 'log'), [-3, 2]);
  const grown = growRange([-3, 2], [-4, 1], 'log');
  assert.ok(grown[0] <= -4 && grown[1] === 2);
});
