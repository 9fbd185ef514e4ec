import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { replaceOnce } from '../../../frontend/vendor/build/patches.js';

const PATCH = { file: /x/, from: 'old', to: 'new $&' };

test('a patch replaces its one place, letter by letter', () => {
  assert.equal(replaceOnce('an old line', PATCH), 'an new $& line');
});

test('a patch whose place is gone, or is not the only one, ends the build', () => {
  assert.throws(() => replaceOnce('a line', PATCH), /must be once in \/x\/ but is 0 times: old/);
  assert.throws(() => replaceOnce('old and old', PATCH), /but is 2 times/);
});

test('the vendored plotly.js is patched', () => {
  const script = readFileSync(new URL('../../../frontend/vendor/plotly/plotly.js', import.meta.url), 'utf8');
  assert.match(script, /willReadFrequently:!0/);
});
