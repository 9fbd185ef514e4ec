/**
 * The only module that touches a WebSocket: a connection to one run that comes back by itself and goes on where it was.
 *
 * Everything it needs from outside is handed in, so that a test can play the server, the clock and the network.
 */

/**
 * @typedef {object} SocketLike
 * @property {(data: string) => void} send
 * @property {(code?: number) => void} close
 * @property {string} [binaryType]
 * @property {((event: any) => void) | null} onopen
 * @property {((event: {data: any}) => void) | null} onmessage
 * @property {((event: {code: number}) => void) | null} onclose
 * @property {((event: any) => void) | null} onerror
 *
 * @typedef {object} Surroundings
 * @property {(address: string) => SocketLike} open
 * @property {{now: () => number, setTimeout: (f: () => void, ms: number) => any, clearTimeout: (id: any) => void}} clock
 * @property {() => number} random from 0 to 1
 * @property {() => boolean} isOnline
 *
 * @typedef {object} Listener
 * @property {() => number} nextStep the first step that is missing
 * @property {(data: any) => void} onData called for every message as it came; does no work
 * @property {(phase: string, code: number | null) => void} onPhase `connecting open reconnecting offline refused closed`
 */

/** Closing with one of these is an answer: trying again would be answered the same way. */
const FINAL_CODES = [4401, 4403, 4404, 4429];
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8000;
const ACK_INTERVAL_MS = 1000;
/** The server says something every 5 s, so this long without a word is a dead line that nobody closed. */
const SILENCE_MS = 12_000;
/** Commands sent shortly before a line died may be lost with it; they carry ids, so sending them again is safe. */
const RESEND_MS = 5000;

/** How long to wait before the next attempt: doubling, with jitter so that a class does not come back as one. */
export function waitBefore(/** @type {number} */ attempt, /** @type {number} */ random) {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return Math.round(longest * (0.5 + random / 2));
}

/**
 * Connect to a run and stay connected.
 *
 * @param {(since: number) => string} address
 * @param {string} controlKey
 * @param {Listener} listener
 * @param {Surroundings} surroundings
 */
export function createStream(address, controlKey, listener, { open, clock, random, isOnline }) {
  /** @type {SocketLike | null} */
  let socket = null;
  let isOpen = false;
  let isDone = false;
  let attempt = 0;
  /** @type {any} */
  let retry = null;
  /** @type {any} */
  let ackTimer = null;
  /** @type {any} */
  let silence = null;
  /** @type {Array<{text: string, sentAt: number | null}>} */
  let outbox = [];
  let numCommands = 0;
  const name = Math.floor(random() * 2 ** 48).toString(36);

  function connect() {
    retry = null;
    if (isDone || socket) return;
    if (!isOnline()) return wait('offline');
    if (attempt === 0) listener.onPhase('connecting', null);
    const current = open(address(listener.nextStep()));
    socket = current;
    current.binaryType = 'arraybuffer';
    current.onopen = () => current === socket && opened();
    current.onmessage = ({ data }) => current === socket && received(data);
    current.onclose = ({ code }) => current === socket && lost(code);
    current.onerror = null;
    listenForSilence();
  }

  function opened() {
    isOpen = true;
    socket?.send(JSON.stringify({ type: 'control', key: controlKey }));
    const now = clock.now();
    outbox = outbox.filter(({ sentAt }) => sentAt === null || now - sentAt < RESEND_MS);
    outbox.forEach(transmit);
    listener.onPhase('open', null);
  }

  /** @param {any} data */
  function received(data) {
    attempt = 0;
    listenForSilence();
    listener.onData(data);
    ackTimer ??= clock.setTimeout(acknowledge, ACK_INTERVAL_MS);
  }

  function acknowledge() {
    ackTimer = null;
    const step = listener.nextStep() - 1;
    if (isOpen && step >= 0) socket?.send(JSON.stringify({ type: 'ack', step }));
  }

  function listenForSilence() {
    clock.clearTimeout(silence);
    silence = clock.setTimeout(() => {
      const dead = socket;
      if (dead) dead.onclose = null;
      dead?.close();
      lost(1006);
    }, SILENCE_MS);
  }

  /** @param {number} code */
  function lost(code) {
    socket = null;
    isOpen = false;
    clock.clearTimeout(silence);
    clock.clearTimeout(ackTimer);
    ackTimer = null;
    if (isDone) return;
    if (FINAL_CODES.includes(code)) {
      isDone = true;
      listener.onPhase('refused', code);
    } else {
      wait(isOnline() ? 'reconnecting' : 'offline', code);
    }
  }

  /** @param {string} phase @param {number | null} [code] */
  function wait(phase, code = null) {
    listener.onPhase(phase, code);
    retry = clock.setTimeout(connect, waitBefore(attempt, random()));
    attempt += 1;
  }

  /** @param {{text: string, sentAt: number | null}} entry */
  function transmit(entry) {
    entry.sentAt = clock.now();
    socket?.send(entry.text);
  }

  connect();
  return {
    /** Send a command now, or as soon as the line is back. @param {Record<string, unknown>} command @returns {string} its id */
    send(command) {
      numCommands += 1;
      const id = `${name}-${numCommands}`;
      const now = clock.now();
      const entry = { text: JSON.stringify({ ...command, command_id: id }), sentAt: null };
      outbox = outbox.filter(({ sentAt }) => sentAt === null || now - sentAt < RESEND_MS);
      outbox.push(entry);
      if (isOpen) transmit(entry);
      return id;
    },
    /** The network came or went: try at once, or stop believing in a line that is dead. @param {boolean} online */
    networkChanged(online) {
      if (isDone) return;
      if (!online) {
        const dead = socket;
        if (dead) dead.onclose = null;
        dead?.close();
        clock.clearTimeout(retry);
        return lost(1006);
      }
      attempt = 0;
      clock.clearTimeout(retry);
      connect();
    },
    /** Leave for good. */
    close() {
      isDone = true;
      clock.clearTimeout(retry);
      const last = socket;
      lost(1000);
      last?.close(1000);
      listener.onPhase('closed', null);
    },
  };
}

/** @typedef {ReturnType<typeof createStream>} Stream */
