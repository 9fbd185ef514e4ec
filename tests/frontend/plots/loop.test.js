import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createCostMeter } from '../../../frontend/js/plots/cost.js';
import { createLoop } from '../../../frontend/js/plots/loop.js';

/** Animation frames that come when the test says so. */
function fakeFrames() {
  /** @type {((now: number) => void)[]} */
  let waiting = [];
  return {
    request: (/** @type {(now: number) => void} */ callback) => waiting.push(callback),
    cancel: () => (waiting = []),
    frame(/** @type {number} */ now) {
      const due = waiting;
      waiting = [];
      for (const callback of due) callback(now);
    },
    numWaiting: () => waiting.length,
  };
}

/** @param {number} interval of the second task */
function loopOf(interval) {
  const frames = fakeFrames();
  const drawn = { flat: 0, deep: 0 };
  const loop = createLoop(
    {
      flat: { draw: () => (drawn.flat += 1), interval: () => 0 },
      deep: { draw: () => (drawn.deep += 1), interval: () => interval },
    },
    frames,
  );
  return { frames, drawn, loop };
}

test('any number of updates between two frames is one drawing', () => {
  const { frames, drawn, loop } = loopOf(0);
  for (let i = 0; i < 50; i++) loop.invalidate();
  assert.equal(frames.numWaiting(), 1);
  frames.frame(16);
  assert.deepEqual(drawn, { flat: 1, deep: 1 });
  assert.equal(loop.numFrames(), 1);
});

test('no frame is asked for while nothing is new', () => {
  const { frames, loop } = loopOf(0);
  loop.invalidate();
  frames.frame(16);
  assert.equal(frames.numWaiting(), 0);
});

test('an expensive task rests while the others go on, and its last update is not lost', () => {
  const { frames, drawn, loop } = loopOf(100);
  for (let now = 0; now <= 96; now += 16) {
    loop.invalidate();
    frames.frame(now);
  }
  assert.deepEqual(drawn, { flat: 7, deep: 1 });
  assert.equal(frames.numWaiting(), 1);
  frames.frame(112);
  assert.deepEqual(drawn, { flat: 7, deep: 2 });
});

test('only what was named is drawn, and nothing after the end', () => {
  const { frames, drawn, loop } = loopOf(0);
  loop.invalidate('flat');
  frames.frame(0);
  assert.deepEqual(drawn, { flat: 1, deep: 0 });
  loop.invalidate();
  loop.stop();
  frames.frame(16);
  assert.deepEqual(drawn, { flat: 1, deep: 0 });
});

test('a draw that holds up the next frames earns a rest of three times its cost', () => {
  const frames = fakeFrames();
  const meter = createCostMeter(frames.request);
  assert.equal(meter.interval(), 0);
  for (let now = 0; now < 60_000; now += 600) {
    meter.measure(now);
    frames.frame(now + 150);
    frames.frame(now + 300);
  }
  assert.ok(Math.abs(meter.cost() - 300) < 1 && Math.abs(meter.interval() - 900) < 3);
});

test('a draw at the pace of the screen needs no rest', () => {
  const frames = fakeFrames();
  const meter = createCostMeter(frames.request);
  for (let now = 0; now < 3_000; now += 50) {
    meter.measure(now);
    frames.frame(now + 16);
    frames.frame(now + 33);
  }
  assert.equal(meter.interval(), 0);
});
