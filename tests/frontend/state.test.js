import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isAnother } from '../../frontend/js/state.js';

/** @param {string} expression @param {[number, number][]} domain */
const formula = (expression, domain) => ({ kind: /** @type {const} */ ('formula'), expression, constants: {}, domain });
/** @param {string} id @param {any} [settings] */
const named = (id, settings = {}) => ({ kind: /** @type {const} */ ('function'), id, parameters: {}, ...settings });

test('another name or another formula is another objective; other settings of the same are not', () => {
  assert.equal(isAnother(named('saddle'), named('beale')), true);
  assert.equal(isAnother(named('saddle', { parameters: { a: 1 } }), named('saddle', { parameters: { a: 2 } })), false);
  assert.equal(isAnother(formula('x^2', [[0, 1]]), formula('x^4', [[0, 1]])), true);
  assert.equal(isAnother(formula('x^2', [[0, 1]]), formula('x^2', [[0, 2]])), false);
  assert.equal(isAnother(formula('x^2', [[0, 1]]), named('saddle')), true);
});
