import assert from 'node:assert/strict';
import { test } from 'node:test';

import { History } from '../../frontend/js/history.js';

/** @param {number} first @param {(number | null)[]} losses */
function frame(first, losses) {
  return {
    first_step: first,
    count: losses.length,
    loss: losses,
    theta: losses.map((_, i) => [first + i, -(first + i)]),
    grad: losses.map((_, i) => [0.5 * i, null]),
    grad_norm: losses.map(() => 2),
    lr: losses.map(() => 0.1),
  };
}

test('rows come back as they were appended, and null comes back as NaN', () => {
  const history = new History(2);
  history.append(frame(0, [3, null]));
  history.append(frame(2, [1]));
  assert.equal(history.length, 3);
  assert.deepEqual(history.at(0), { step: 0, loss: 3, theta: [0, -0], grad: [0, NaN], gradNorm: 2, lr: 0.1 });
  assert.ok(Number.isNaN(history.at(1).loss));
  assert.deepEqual(history.last(), history.at(2));
});

test('flat columns of doubles give the same rows as nested ones', () => {
  const nested = new History(2);
  nested.append({ ...frame(0, [5, 4]), grad: [[1, 2], [3, 4]] });
  const flat = new History(2);
  flat.append({
    first_step: 0,
    count: 2,
    loss: Float64Array.of(5, 4),
    theta: Float64Array.of(0, -0, 1, -1),
    grad: Float64Array.of(1, 2, 3, 4),
    grad_norm: Float64Array.of(2, 2),
    lr: Float64Array.of(0.1, 0.1),
  });
  for (const step of [0, 1]) assert.deepEqual(flat.at(step), nested.at(step));
});

test('a frame that leaves a gap, overlaps, or has a short column is refused and changes nothing', () => {
  const history = new History(2);
  history.append(frame(0, [1, 2]));
  assert.throws(() => history.append(frame(3, [1])), /must start at step 2 but starts at 3/);
  assert.throws(() => history.append(frame(1, [1])), /must start at step 2 but starts at 1/);
  assert.throws(() => history.append({ ...frame(2, [1]), lr: [] }), /lr must have 1 values but has 0/);
  assert.throws(() => history.append({ ...frame(2, [1]), theta: null }), /missing theta/);
  assert.equal(history.length, 2);
  assert.throws(() => history.at(2), /from 0 to 1 but is 2/);
});

test('the best row is the first with the lowest finite loss', () => {
  const history = new History(2);
  assert.equal(history.best(), null);
  history.append(frame(0, [null, 4, 2, null, 2, 9]));
  assert.equal(history.best()?.step, 2);
});

test('a hundred thousand rows survive the growth of the arrays', () => {
  const history = new History(2);
  for (let first = 0; first < 100_000; first += 1_000) {
    history.append(frame(first, Array.from({ length: 1_000 }, (_, i) => first + i)));
  }
  for (const step of [0, 255, 256, 65_537, 99_999]) {
    assert.equal(history.loss(step), step);
    assert.deepEqual(history.at(step).theta, [step, -step]);
  }
});

test('an objective whose theta is not sent has a history of losses', () => {
  const history = new History(0);
  history.append({ first_step: 0, count: 1, loss: [7], grad_norm: [1], lr: [0.1] });
  assert.deepEqual(history.last(), { step: 0, loss: 7, theta: [], grad: [], gradNorm: 1, lr: 0.1 });
});

test('a cleared history starts again at step 0 and is another generation', () => {
  const history = new History(2);
  history.append(frame(0, [1]));
  const { generation } = history;
  history.clear();
  assert.equal(history.last(), null);
  assert.equal(history.best(), null);
  assert.notEqual(history.generation, generation);
  history.append(frame(0, [8]));
  assert.equal(history.last()?.loss, 8);
});

test('columns that a model adds are kept by name, and the full loss is that over all training points', () => {
  const history = new History(2, ['train_loss', 'test_loss']);
  for (let first = 0; first < 300; first += 100) {
    const losses = Array.from({ length: 100 }, (_, i) => first + i);
    history.append({ ...frame(first, losses), train_loss: losses.map((loss) => 2 * loss), test_loss: losses.map((loss) => (loss === 7 ? null : -loss)) });
  }
  assert.deepEqual(history.at(299).extras, { train_loss: 598, test_loss: -299 });
  assert.equal(history.extra('test_loss', 12), -12);
  assert.ok(Number.isNaN(history.extra('test_loss', 7)));
  assert.equal(history.fullLoss(5), 10);
  assert.ok(history.has('test_loss') && !history.has('accuracy'));
  assert.ok(Number.isNaN(history.extra('accuracy', 0)));
});

test('a frame without a column that was promised is refused', () => {
  const history = new History(2, ['test_loss']);
  assert.throws(() => history.append(frame(0, [1])), /test_loss must have 1 values but has 0/);
});

test('without such columns the full loss is the loss', () => {
  const history = new History(2);
  history.append(frame(0, [4]));
  assert.equal(history.fullLoss(0), 4);
  assert.equal(history.at(0).extras, undefined);
});
