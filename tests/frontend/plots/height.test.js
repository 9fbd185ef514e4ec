import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chooseHeight, heightOf, heightTicks, lossOf, slopeOf } from '../../../frontend/js/plots/height.js';

/** @param {[number, number][]} domain @param {(x: number, y: number) => number} loss */
function gridOf([[x0, x1], [y0, y1]], loss) {
  const parts = Array.from({ length: 61 }, (_, i) => i / 60);
  return parts.map((t) => parts.map((s) => loss(x0 + s * (x1 - x0), y0 + t * (y1 - y0))));
}

const rosenbrock = gridOf([[-2, 2], [-1, 3]], (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2);
const himmelblau = gridOf([[-5, 5], [-5, 5]], (x, y) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2);
const bowl = gridOf([[-2, 2], [-2, 2]], (x, y) => x * x + y * y);
const saddle = gridOf([[-2, 2], [-2, 2]], (x, y) => x * x - y * y);

test('a logarithm is used where the range needs it, and only there', () => {
  assert.equal(chooseHeight(rosenbrock, 0).kind, 'log');
  assert.equal(chooseHeight(himmelblau, 0).kind, 'log');
  assert.equal(chooseHeight(bowl, 0).kind, 'linear');
  assert.equal(chooseHeight(saddle, null).kind, 'linear');
  assert.equal(chooseHeight([4, 1, 0, 1, 9], 0).kind, 'linear');
});

test('a known minimum below the grid is the base', () => {
  assert.equal(chooseHeight([[3, 5], [9, 4]], 1).base, 1);
  assert.equal(chooseHeight([[3, 5], [9, 4]], null).base, 3);
});

test('holes of a grid are no values, and a grid of nothing else has a height all the same', () => {
  const height = chooseHeight([[null, 2], [4, null]], null);
  assert.deepEqual([height.low, height.high], [2, 4]);
  const flat = chooseHeight([[null]], null);
  assert.ok(flat.high > flat.low);
  assert.ok(Number.isNaN(heightOf(height, NaN)));
});

for (const [name, grid] of Object.entries({ rosenbrock, himmelblau, bowl, saddle })) {
  const height = chooseHeight(grid, null);

  test(`heights of ${name} give their losses back and rise with them`, () => {
    let before = -Infinity;
    for (const part of [0, 0.001, 0.1, 0.5, 1]) {
      const loss = Math.min(...grid.flat()) * (1 - part) + Math.max(...grid.flat()) * part;
      const at = heightOf(height, loss);
      assert.ok(Math.abs(lossOf(height, at) - loss) < 1e-9 * Math.max(1, Math.abs(loss)));
      assert.ok(at > before);
      before = at;
    }
  });

  test(`the slope of the height of ${name} is its central difference`, () => {
    const loss = 0.3 * Math.max(...grid.flat());
    const step = 1e-5 * loss;
    const difference = (heightOf(height, loss + step) - heightOf(height, loss - step)) / (2 * step);
    assert.ok(Math.abs(slopeOf(height, loss) - difference) < 1e-6 * Math.abs(difference));
  });

  test(`ticks of ${name} stand apart, on the surface, at the loss that they name`, () => {
    const { tickvals, ticktext } = heightTicks(height);
    assert.ok(tickvals.length >= 3);
    tickvals.forEach((at, i) => {
      assert.ok(at >= height.low - 1e-9 && at <= height.high + 1e-9);
      if (i > 0) assert.ok(at - tickvals[i - 1] > 0.1 * (height.high - height.low));
      const named = Number(ticktext[i].replace('\u2212', '-'));
      assert.ok(Math.abs(lossOf(height, at) - named) < 1e-6 * Math.max(1, Math.abs(named)), ticktext[i]);
    });
  });
}
