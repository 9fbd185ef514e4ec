/**
 * The bar: any two of the eight colours of a theme, and any of them and a grey of the surface, are at least MIN_DISTANCE apart
 * (CIEDE2000) for normal sight and for simulated protanopia, deuteranopia and tritanopia; on the ground of the plots each has at
 * least MIN_CONTRAST (WCAG 2.1, 1.4.11 asks for 3).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { classShapes, numSlots, slotStyles, themes } from '../../../frontend/js/palette.js';
import { ciede2000, contrast, labOf, sights, toLab } from './sight.js';

/** @type {Record<string, number>} */
const MIN_DISTANCE = { light: 16, dark: 14 };
const MIN_CONTRAST = 3;
/** Of the colours of classes: between the first two, the first four, any two, and to any slot. */
const MIN_CLASS_DISTANCES = { pair: 28, four: 19, any: 10, slot: 7.9 };

test('the distance of colours is that of the published test pairs', () => {
  // Source: Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", 2005, table 1, pairs 1, 7, 17 and 25.
  const pairs = [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  ];
  for (const [a, b, expected] of /** @type {[number[], number[], number][]} */ (pairs)) {
    assert.ok(Math.abs(ciede2000(a, b) - expected) < 5e-5);
  }
});

test('black, white and grey look the same to every sight', () => {
  for (const sight of Object.keys(sights)) {
    for (const color of ['#000000', '#808080', '#ffffff']) assert.ok(ciede2000(labOf(color, sight), toLab(color)) < 0.1);
  }
});

for (const [name, theme] of Object.entries(themes)) {
  const greys = theme.surface.map(([, color]) => color);

  test(`the ${name} theme has a colour for each slot, and no two look alike to any sight`, () => {
    assert.equal(theme.slots.length, numSlots);
    for (const sight of Object.keys(sights)) {
      theme.slots.forEach((color, i) => {
        for (const other of [...theme.slots.slice(0, i), ...greys]) {
          const distance = ciede2000(labOf(color, sight), labOf(other, sight));
          assert.ok(distance >= MIN_DISTANCE[name], `${sight}: ${color} and ${other} are ${distance.toFixed(1)} apart`);
        }
      });
    }
  });

  test(`the ${name} theme has a colour for each class of data, far from each other and from the slots to any sight`, () => {
    assert.equal(theme.classes.length, classShapes.length);
    const { pair, four, any, slot } = MIN_CLASS_DISTANCES;
    for (const sight of Object.keys(sights)) {
      const far = (/** @type {string} */ a, /** @type {string} */ b) => ciede2000(labOf(a, sight), labOf(b, sight));
      theme.classes.forEach((color, i) => {
        for (const other of theme.classes.slice(0, i)) {
          assert.ok(far(color, other) >= (i < 2 ? pair : i < 4 ? four : any), `${sight}: ${color} and ${other} are ${far(color, other)} apart`);
        }
        for (const other of theme.slots) assert.ok(far(color, other) >= slot, `${sight}: ${color} and ${other} are ${far(color, other)} apart`);
      });
    }
    for (const color of theme.classes) assert.ok(contrast(color, theme.paper) >= MIN_CONTRAST, color);
  });

  test(`colours and text of the ${name} theme stand out from its ground`, () => {
    for (const color of theme.slots) assert.ok(contrast(color, theme.paper) >= MIN_CONTRAST, `${color} ${contrast(color, theme.paper)}`);
    for (const color of [theme.text, theme.muted]) assert.ok(contrast(color, theme.paper) >= 4.5, color);
  });
}

test('no two slots share marker and dash, so that colour is never alone', () => {
  const styles = slotStyles.map(({ marker, dash }) => JSON.stringify([marker, dash]));
  assert.equal(new Set(styles).size, numSlots);
  assert.equal(new Set(slotStyles.map(({ marker }) => JSON.stringify(marker))).size, numSlots);
});
