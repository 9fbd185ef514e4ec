import assert from 'node:assert/strict';
import { test } from 'node:test';
import './resolve.js';
import { createStream, waitBefore } from '../../frontend/js/stream.js';

const { encode } = await import('@msgpack/msgpack');
const { readMessage, rowsFrom, toSingles } = await import('../../frontend/js/messages.js');

/** A clock that only moves when told. */
function fakeClock() {
  let now = 0;
  let lastId = 0;
  /** @type {Map<number, {f: () => void, at: number}>} */
  const timers = new Map();
  return {
    now: () => now,
    /** @param {() => void} f @param {number} ms */
    setTimeout(f, ms) {
      timers.set((lastId += 1), { f, at: now + ms });
      return lastId;
    },
    /** @param {number} id */
    clearTimeout: (id) => timers.delete(id),
    /** @param {number} ms */
    pass(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (!due) break;
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].f();
      }
      now = end;
    },
  };
}

/** The far side: every socket that was opened, and what was said on it. */
function scene({ online = true } = {}) {
  const clock = fakeClock();
  /** @type {any} */
  const world = { online, step: 0, phases: [], data: [], sockets: [], clock };
  const surroundings = {
    clock,
    random: () => 0.5,
    isOnline: () => world.online,
    /** @param {string} address */
    open(address) {
      /** @type {any} */
      const socket = {
        address, sent: [], isClosed: false, onopen: null, onmessage: null, onclose: null, onerror: null,
        /** @param {string} text */
        send(text) {
          assert.equal(socket.isClosed, false, 'nothing is sent on a closed socket');
          socket.sent.push(JSON.parse(text));
        },
        close() { socket.isClosed = true; },
        accept() { socket.onopen?.({}); },
        /** @param {unknown} data */
        say(data) { socket.onmessage?.({ data }); },
        /** @param {number} code */
        drop(code) {
          socket.isClosed = true;
          socket.onclose?.({ code });
        },
      };
      world.sockets.push(socket);
      return socket;
    },
  };
  world.stream = createStream((since) => `ws://run?since=${since}`, 'secret', {
    nextStep: () => world.step,
    onData: (data) => world.data.push(data),
    onPhase: (phase, code) => world.phases.push(code === null ? phase : `${phase} ${code}`),
  }, surroundings);
  return world;
}
/** @param {any[]} items */
const last = (items) => items[items.length - 1];

test('the first word on a stream is the control key, and it is in no address', () => {
  const { sockets } = scene();
  sockets[0].accept();
  assert.deepEqual(sockets[0].sent, [{ type: 'control', key: 'secret' }]);
  assert.doesNotMatch(sockets[0].address, /secret/);
});

test('messages are handed on as they came', () => {
  const { sockets, data } = scene();
  sockets[0].accept();
  sockets[0].say('a');
  sockets[0].say('b');
  assert.deepEqual(data, ['a', 'b']);
});

test('rows are acknowledged once a second, with the newest step', () => {
  const world = scene();
  const [socket] = world.sockets;
  socket.accept();
  for (let i = 0; i < 40; i += 1) {
    world.step = 10 * (i + 1);
    socket.say('frame');
    world.clock.pass(50);
  }
  assert.deepEqual(socket.sent.filter((/** @type {any} */ { type }) => type === 'ack').map((/** @type {any} */ { step }) => step), [199, 399]);
});

for (const code of [1006, 1012, 1011, 4008]) {
  test(`after ${code} the stream comes back and goes on at the first missing step`, () => {
    const world = scene();
    world.sockets[0].accept();
    world.step = 123;
    world.sockets[0].drop(code);
    assert.equal(last(world.phases), `reconnecting ${code}`);
    world.clock.pass(250);
    assert.equal(world.sockets.length, 2);
    assert.equal(world.sockets[1].address, 'ws://run?since=123');
    world.sockets[1].accept();
    assert.equal(last(world.phases), 'open');
  });
}

for (const code of [4401, 4403, 4404, 4429]) {
  test(`after ${code} the stream stays closed and says why`, () => {
    const world = scene();
    world.sockets[0].accept();
    world.sockets[0].drop(code);
    world.clock.pass(600_000);
    world.stream.networkChanged(true);
    assert.equal(world.sockets.length, 1);
    assert.equal(last(world.phases), `refused ${code}`);
  });
}

test('the wait doubles up to eight seconds, with jitter below it', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 20].map((attempt) => waitBefore(attempt, 1)), [250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  for (let attempt = 0; attempt < 10; attempt += 1) assert.equal(waitBefore(attempt, 0), waitBefore(attempt, 1) / 2);
});

test('a server that stays away is asked ever more rarely, and a word from it resets the wait', () => {
  const world = scene();
  world.sockets[0].drop(1006);
  for (let i = 0; i < 40; i += 1) {
    world.clock.pass(1000);
    const socket = last(world.sockets);
    if (!socket.isClosed) socket.drop(1006);
  }
  assert.ok(world.sockets.length < 14, `${world.sockets.length} attempts in 40 s`);
  world.clock.pass(8000);
  const { length } = world.sockets;
  last(world.sockets).accept();
  last(world.sockets).say('run');
  last(world.sockets).drop(1012);
  world.clock.pass(250);
  assert.equal(world.sockets.length, length + 1);
});

test('a line on which nothing was heard for longer than the heartbeat is given up', () => {
  const world = scene();
  world.sockets[0].accept();
  world.clock.pass(5000);
  world.sockets[0].say('beat');
  world.clock.pass(11_000);
  assert.equal(world.sockets.length, 1);
  world.clock.pass(1500);
  assert.equal(world.sockets[0].isClosed, true);
  assert.equal(world.sockets.length, 2);
});

test('when the network goes the line is left at once, and when it is back it is tried at once', () => {
  const world = scene();
  world.sockets[0].accept();
  world.step = 7;
  world.online = false;
  world.stream.networkChanged(false);
  assert.equal(last(world.phases), 'offline 1006');
  world.clock.pass(60_000);
  assert.equal(world.sockets.length, 1, 'nothing is tried without a network');
  world.online = true;
  world.stream.networkChanged(true);
  assert.equal(world.sockets[1].address, 'ws://run?since=7');
});

test('what a socket that was left still says is not heard', () => {
  const world = scene();
  world.sockets[0].accept();
  world.online = false;
  world.stream.networkChanged(false);
  world.sockets[0].say('late');
  world.sockets[0].onclose?.({ code: 1006 });
  assert.deepEqual(world.data, []);
  assert.equal(last(world.phases), 'offline 1006');
});

test('commands wait for the line, in order, behind the key', () => {
  const world = scene();
  world.stream.send({ type: 'pause' });
  world.stream.send({ type: 'step', count: 1 });
  world.sockets[0].accept();
  assert.deepEqual(world.sockets[0].sent.map((/** @type {any} */ { type }) => type), ['control', 'pause', 'step']);
});

test('a command that may have died with the line is sent again under the same id; an old one is not', () => {
  const world = scene();
  world.sockets[0].accept();
  world.stream.send({ type: 'pause' });
  world.clock.pass(6000);
  world.sockets[0].say('beat');
  const id = world.stream.send({ type: 'play' });
  world.sockets[0].drop(1006);
  world.clock.pass(300);
  world.sockets[1].accept();
  assert.deepEqual(world.sockets[1].sent.slice(1), [{ type: 'play', command_id: id }]);
});

test('every command has an id of its own', () => {
  const world = scene();
  const ids = Array.from({ length: 50 }, () => world.stream.send({ type: 'step' }));
  assert.equal(new Set(ids).size, 50);
});

test('a stream that was left stays left', () => {
  const world = scene();
  world.sockets[0].accept();
  world.stream.send({ type: 'stop' });
  world.stream.close();
  world.clock.pass(60_000);
  assert.equal(world.sockets.length, 1);
  assert.equal(world.sockets[0].isClosed, true);
  assert.equal(last(world.phases), 'closed');
});

/** @param {number[]} values */
const bytes = (values) => new Uint8Array(Float64Array.from(values).buffer);
/** @param {number} first_step @param {number} count @returns {any} */
const frameOf = (first_step, count) => ({
  type: 'frame', descent: 0, first_step, count,
  loss: Float64Array.from({ length: count }, (_, i) => first_step + i),
  theta: Float64Array.from({ length: 2 * count }, (_, i) => 2 * first_step + i),
  grad: Float64Array.from({ length: 2 * count }, (_, i) => -(2 * first_step + i)),
  grad_norm: Float64Array.from({ length: count }, (_, i) => 10 + first_step + i),
  lr: Float64Array.from({ length: count }, () => 0.1),
});

test('binary columns are read bit by bit, wherever they stand in the message', () => {
  for (const label of ['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg']) {
    const packed = encode({ type: 'frame', label, count: 2, loss: bytes([Number.NaN, 5e-324]), theta: bytes([1, -0, Infinity, 4]) });
    const message = readMessage(packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength));
    assert.deepEqual([...message.loss], [Number.NaN, 5e-324]);
    assert.ok(Object.is(message.theta[1], -0));
    assert.equal(message.theta[2], Infinity);
    assert.equal(message.grad.length, 0);
  }
});

test('JSON columns are read the same way, with null for what is not finite', () => {
  const message = readMessage(JSON.stringify({ type: 'frame', count: 2, loss: [1, null], theta: [[1, 2], [3, null]] }));
  assert.deepEqual([...message.loss], [1, Number.NaN]);
  assert.deepEqual([...message.theta], [1, 2, 3, Number.NaN]);
});

test('messages that are no frames are left as they are', () => {
  assert.deepEqual(readMessage('{"type":"beat","head":5}'), { type: 'beat', head: 5 });
});

test('of a frame that overlaps what is there only the new rows are taken, in every column', () => {
  for (let known = 0; known <= 12; known += 1) {
    const rows = /** @type {any} */ (rowsFrom(frameOf(3, 6), known, 2));
    if (known >= 9) {
      assert.equal(rows, null);
    } else {
      const first = Math.max(3, known);
      const expected = frameOf(first, 9 - first);
      for (const name of ['loss', 'theta', 'grad', 'grad_norm', 'lr']) assert.deepEqual([...rows[name]], [...expected[name]]);
      assert.equal(rows.first_step, first);
      assert.equal(rows.count, 9 - first);
    }
  }
});

test('columns that a model adds are read and cut like all others', () => {
  const packed = encode({ type: 'frame', descent: 0, first_step: 3, count: 2, loss: bytes([1, 2]), test_loss: bytes([5, Number.NaN]) });
  const message = readMessage(packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength));
  assert.deepEqual([...message.test_loss], [5, Number.NaN]);
  const rows = /** @type {any} */ (rowsFrom(message, 4, 0));
  assert.deepEqual([...rows.test_loss], [Number.NaN]);
  const text = readMessage(JSON.stringify({ type: 'frame', descent: 0, first_step: 0, count: 2, loss: [1, 2], train_loss: [null, 4] }));
  assert.deepEqual([...text.train_loss], [Number.NaN, 4]);
});

test('fits and samples are read in single precision from either encoding', () => {
  const singles = (/** @type {number[]} */ ...values) => new Uint8Array(Float32Array.from(values).buffer);
  const packed = encode({ type: 'fit', descent: 1, step: 7, shape: [2], values: singles(0.5, Number.NaN), train_accuracy: 1, test_accuracy: null, theta: null });
  const fit = readMessage(packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength));
  assert.deepEqual([...fit.values], [0.5, Number.NaN]);
  assert.equal(fit.theta, null);
  const text = readMessage(JSON.stringify({ type: 'samples', descent: 0, steps: [0, 4], theta: [[1, null], [3, 4]] }));
  assert.ok(text.theta instanceof Float32Array);
  assert.deepEqual([...text.theta], [1, Number.NaN, 3, 4]);
  assert.equal(toSingles(undefined), null);
});
