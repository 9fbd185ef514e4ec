import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { createTranslate, guessLanguage, LANGUAGES } from '../../frontend/js/i18n.js';
import { SHORTCUTS } from '../../frontend/js/keyboard.js';
import { ANCHORS, PLANE_KINDS } from '../../frontend/js/plane_choice.js';
import { GROUPS } from '../../frontend/js/search.js';
import { ENDED } from '../../frontend/js/state.js';

const frontend = new URL('../../frontend/', import.meta.url);
/** @type {Record<string, Record<string, string>>} */
const strings = Object.fromEntries(LANGUAGES.map((language) => [language, JSON.parse(readFileSync(new URL(`lang/${language}.json`, frontend), 'utf8'))]));
const sources = ['js/', 'js/components/', 'js/components/model/', 'js/components/data/', 'js/components/plane/'].flatMap((folder) => readdirSync(new URL(folder, frontend))
  .filter((name) => name.endsWith('.js')).map((name) => [folder + name, readFileSync(new URL(folder + name, frontend), 'utf8')]));

/** Keys that the code puts together; each with every part it can have. */
/** @type {Record<string, string[]>} */
const COMPOSED = {
  'loss.${scale}': ['loss.log', 'loss.linear'],
  'connection.${state.connection.phase}': [],
  'run.${runState}': ['created', 'running', 'paused', ...ENDED].map((state) => `run.${state}`),
  'connection.${phase}': ['starting', 'connecting', 'offline', 'reconnecting', 'unreachable'].map((phase) => `connection.${phase}`),
  'objective.group.${name}': GROUPS.map((name) => `objective.group.${name}`),
  'table.misfit.${found.reason}': ['none', 'label', 'few', 'many', 'number', 'classes'].map((reason) => `table.misfit.${reason}`),
  'plane.kind.${id}': PLANE_KINDS.map((kind) => `plane.kind.${kind}`),
  'plane.kind.${id}.note': PLANE_KINDS.map((kind) => `plane.kind.${kind}.note`),
  'plane.kind.${choice.kind}.short': PLANE_KINDS.filter((kind) => kind !== 'axes').map((kind) => `plane.kind.${kind}.short`),
  'plane.anchor.${id}': ANCHORS.map((anchor) => `plane.anchor.${anchor}`),
  'plane.${kind}.name': PLANE_KINDS.filter((kind) => kind !== 'axes').map((kind) => `plane.${kind}.name`),
  'connection.refused.${code}': [4401, 4403, 4404, 4429].map((code) => `connection.refused.${code}`),
};

function usedKeys() {
  const used = new Set(SHORTCUTS.map(({ text }) => text));
  for (const [path, source] of sources) {
    for (const [, argument] of source.matchAll(/\b(?:t|translate\(\))\(([^()]*?)(?:,\s*\{[^}]*\})?\)/g)) {
      for (const [, key] of argument.matchAll(/'([\w]+(?:\.[\w]+)+)'/g)) used.add(key);
      for (const [, key] of argument.matchAll(/`([^`]*)`/g)) {
        assert.ok(key in COMPOSED, `${path} composes a key that no test knows: ${key}`);
        COMPOSED[key].forEach((one) => used.add(one));
      }
    }
  }
  return used;
}

test('every language has the same keys', () => {
  for (const language of LANGUAGES) assert.deepEqual(Object.keys(strings[language]).sort(), Object.keys(strings.en).sort());
});

test('every key that the code asks for exists, and every key is asked for', () => {
  assert.deepEqual([...usedKeys()].sort(), Object.keys(strings.en).sort());
});

test('a string has the same {values} in every language, and none is empty', () => {
  /** @param {string} text */
  const values = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, text] of Object.entries(strings.en)) {
    for (const language of LANGUAGES) {
      assert.ok(strings[language][key].trim(), `${language} ${key}`);
      assert.deepEqual(values(strings[language][key]), values(text), `${language} ${key}`);
    }
  }
});

test('no Chinese string was left in English', () => {
  const same = Object.keys(strings.en).filter((key) => strings.en[key] === strings.zh[key]);
  assert.deepEqual(same, []);
  for (const [key, text] of Object.entries(strings.zh)) assert.match(text, /[\u4e00-\u9fff]/, key);
});

test('no component writes words of its own', () => {
  for (const [path, source] of sources) {
    if (!path.includes('components/')) continue;
    for (const [, text] of source.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)*)\s*</g)) {
      assert.ok(['None', 'Downslope', 'English'].includes(text), `${path}: ${text}`);
    }
  }
});

test('the language is the first that a browser prefers and the page knows', () => {
  assert.equal(guessLanguage(['zh-CN', 'en']), 'zh');
  assert.equal(guessLanguage(['fr', 'zh-Hant-TW']), 'zh');
  assert.equal(guessLanguage(['en-GB', 'zh']), 'en');
  assert.equal(guessLanguage(['de']), 'en');
  assert.equal(guessLanguage([]), 'en');
});

test('values are put where their names stand', () => {
  assert.equal(createTranslate({ a: '{x} of {y}' })('a', { x: 1, y: 'n' }), '1 of n');
  assert.equal(createTranslate({ a: '{x}' })('a'), '{x}');
});
