import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equationParts, spoken } from '../../frontend/js/equation.js';

const fixed = (/** @type {number} */ value) => String(value).replace('-', '\u2212');
/** @param {string} template @param {number[]} theta */
const said = (template, theta) => spoken(equationParts(template, theta, fixed)).replace(/[\u2009\u00a0]/g, ' ');

test('numbers stand where theta belongs, and a negative one takes the place of its plus', () => {
  assert.equal(said('y = {0} * x + {1}', [9.98, 5.01]), 'y = 9.98 x + 5.01');
  assert.equal(said('y = {0} * x + {1}', [-9.98, -5.01]), 'y = \u22129.98 x \u2212 5.01');
  assert.equal(said('y = {0} * x1 + {1} * x2 + {2}', [2, -3.4, 4.2]), 'y = 2 x1 \u2212 3.4 x2 + 4.2');
});

test('powers and indices are told apart from the letters of a function', () => {
  assert.deepEqual(equationParts('y = {0} * x^2 + {1}', [1, 2], fixed).filter(({ kind }) => kind === 'variable'),
    [{ kind: 'variable', text: 'y' }, { kind: 'variable', text: 'x', sup: '2' }]);
  assert.deepEqual(equationParts('{0} * x12', [1], fixed).at(-1), { kind: 'variable', text: 'x', sub: '12' });
  assert.equal(said('p = 1 / (1 + exp(-({0} * x + {1})))', [2, -1]), 'p = 1 / (1 + exp(-(2 x \u2212 1)))');
});

test('a template names components of theta in any order', () => {
  assert.equal(said('y = {4} * sigmoid({0} * x + {2}) + {5} * sigmoid({1} * x + {3}) + {6}', [0, 1, 2, -3, 4, -5, 6]),
    'y = 4 \u03c3(0 x + 2) \u2212 5 \u03c3(1 x \u2212 3) + 6');
});

test('names of columns are left as they are, and the numbers that standardize them are shortened', () => {
  const short = (/** @type {number} */ value) => value.toPrecision(3);
  const text = spoken(equationParts('petal_l = {0} * ((sepal_l - 4.975123) / 0.584523) + {1}', [1.1534, 2], short)).replace(/[\u2009\u00a0]/g, ' ');
  assert.equal(text, 'petal_l = 1.15 ((sepal_l \u2212 4.98) / 0.585) + 2.00');
});
