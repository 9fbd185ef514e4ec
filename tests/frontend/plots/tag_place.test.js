import assert from 'node:assert/strict';
import { test } from 'node:test';

import { placeTag } from '../../../frontend/js/plots/tag_place.js';

const axis = { offset: 0, length: 300, range: /** @type {[number, number]} */ ([0, 1]), isLog: false };
const BOX = { x: axis, y: axis };
const SIZE = { width: 100, height: 30 };

/** @param {import('../../../frontend/js/plots/tag_place.js').Rectangle} place @param {number[]} point */
function covers({ x, y, width, height }, [left, top]) {
  return left > x - 8 && left < x + width + 8 && top > y - 8 && top < y + height + 8;
}

test('a tag stands to the right of its point where nothing is in the way', () => {
  assert.deepEqual(placeTag(BOX, [50, 150], SIZE, [], []), { x: 62, y: 135, ...SIZE });
});

test('a tag covers neither its own point nor the start, a head or a minimum, wherever they are', () => {
  for (let i = 0; i < 400; i++) {
    const at = (/** @type {number} */ k) => [(i * 37 + k * 113) % 300, (i * 71 + k * 59) % 300];
    /** @type {[number, number][]} */
    const marks = [1, 2, 3, 4].map((k) => [at(k)[0], at(k)[1]]);
    const point = /** @type {[number, number]} */ (at(0));
    const place = placeTag(BOX, point, SIZE, marks, []);
    assert.ok(place.x >= 0 && place.x + 100 <= 300 && place.y >= 0 && place.y + 30 <= 300);
    for (const mark of [...marks, point]) assert.ok(!covers(place, mark), `${point} ${marks} ${JSON.stringify(place)}`);
  }
});

test('tags of descents that were lost at one place stand clear of each other', () => {
  /** @type {import('../../../frontend/js/plots/tag_place.js').Rectangle[]} */
  const tags = [];
  for (let i = 0; i < 8; i++) tags.push(placeTag(BOX, [290, 150], SIZE, [], tags));
  for (const a of tags) for (const b of tags) assert.ok(a === b || Math.abs(a.x - b.x) >= 100 || Math.abs(a.y - b.y) >= 30);
});
