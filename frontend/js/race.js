/**
 * The race on show: brings the server's run to the recipe that a person wants, and the stream's rows into histories.
 *
 * Messages are only queued as they come; one callback per animation frame reads them all.
 */
import { ProblemError, UnreachableError, createRun, getSurface, streamAddress } from './api.js';
import { fieldOf } from './faults.js';
import { History } from './history.js';
import { readMessage, rowsFrom } from './messages.js';
import { plan, same, substance } from './plan.js';
import { toWire } from './recipe.js';
import { isLive, labelsIn, optimizerOf } from './state.js';
import { createStream } from './stream.js';

/**
 * @typedef {import('./store.js').Store} Store
 * @typedef {import('./types.js').Recipe} Recipe
 * @typedef {import('./types.js').DescentState} DescentState
 * @typedef {import('./types.js').Problem} Problem
 * @typedef {import('./i18n.js').Translate} Translate
 *
 * @typedef {object} Stage what shows the race
 * @property {(surface: any) => void} showSurface
 * @property {() => void} showDescents
 * @property {() => void} update
 */

const RESTART_DELAY_MS = 300;
const EDIT_DELAY_MS = 80;
const RETRY_MS = 1500;
const RESOLUTION = 129;
const GRADIENT_RESOLUTION = 15;

/**
 * @param {Store} store
 * @param {Stage} stage
 * @param {() => Translate} translate
 * @param {(text: string, tone?: 'info' | 'error') => void} toast
 */
export function createRace(store, stage, translate, toast) {
  /** @type {Map<string, History>} */
  let histories = new Map();
  /** @type {Recipe | null} the recipe of the run on show, with its edits */
  let running = null;
  /** @type {Recipe | null} what was last asked of the server, whether or not it agreed */
  let asked = null;
  /** @type {import('./stream.js').Stream | null} */
  let stream = null;
  /** @type {unknown[]} */
  let queue = [];
  /** @type {Map<string, {key: string, before: Recipe}>} edits on their way, by command */
  const pending = new Map();
  /** @type {unknown} */
  let shownObjective = null;
  let isBusy = false;
  let isDrainDue = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let timerKind = '';
  /** @type {Set<() => void>} */
  const watchers = new Set();

  // From the recipe to the server ---------------------------------------------------------------------------------

  function currentPlan() {
    const state = store.get();
    return plan(state.recipe, running, {
      live: isLive(state),
      isEditable: (descent, name) => {
        const row = optimizerOf(state, descent)?.hyperparameters.find((other) => other.name === name);
        return /** @type {any} */ (row)?.editable !== false;
      },
    });
  }

  /** Look soon whether the run still is what is wanted. @param {number} [delay_ms] */
  function reconcileSoon(delay_ms) {
    if (!store.get().catalogue || isBusy) return;
    const { kind } = currentPlan();
    if (kind === 'none' || (asked && same(substance(store.get().recipe), substance(asked)))) return;
    if (timer !== undefined && kind === 'edits' && timerKind === 'edits') return;
    clearTimeout(timer);
    timerKind = kind;
    timer = setTimeout(reconcile, delay_ms ?? (kind === 'edits' ? EDIT_DELAY_MS : RESTART_DELAY_MS));
  }

  function reconcile() {
    timer = undefined;
    if (isBusy) return;
    const todo = currentPlan();
    if (todo.kind === 'restart') void restart();
    if (todo.kind === 'edits') sendEdits(todo.changes);
  }

  /** @param {import('./plan.js').Change[]} changes */
  function sendEdits(changes) {
    asked = store.get().recipe;
    for (const { descent, key, hyperparameters } of changes) {
      if (!running || !stream) return;
      const before = running;
      const id = stream.send({ type: 'edit', descent, hyperparameters });
      pending.set(id, { key, before });
      running = {
        ...running,
        descents: running.descents.map((other, i) => (i === descent
          ? { ...other, hyperparameters: { ...other.hyperparameters, ...hyperparameters } } : other)),
      };
    }
  }

  async function restart() {
    clearTimeout(timer);
    timer = undefined;
    isBusy = true;
    const state = store.get();
    const wanted = state.recipe;
    asked = wanted;
    try {
      const labels = labelsIn(state, translate()('optimizer.momentum'));
      const isNew = !same(shownObjective, wanted.objective);
      const [run, surface] = await Promise.all([
        createRun(toWire(wanted, labels), state.playing, state.speed),
        isNew ? getSurface(wanted.objective, RESOLUTION, GRADIENT_RESOLUTION) : null,
      ]);
      begin(run, wanted, surface);
    } catch (error) {
      failed(error, wanted);
    } finally {
      isBusy = false;
      if (!same(substance(store.get().recipe), substance(wanted))) reconcileSoon();
    }
  }

  /** @param {any} run @param {Recipe} wanted @param {any} surface */
  function begin(run, wanted, surface) {
    leave();
    running = wanted;
    const keys = wanted.descents.map((descent) => descent.key);
    const dim = run.dim <= 16 ? run.dim : 0;
    histories = new Map(keys.map((key) => [key, new History(dim)]));
    if (surface) {
      shownObjective = wanted.objective;
      stage.showSurface(surface);
    }
    store.dispatch({ type: 'objective', objective: run.objective ?? surface?.objective ?? store.get().objective });
    store.dispatch({ type: 'run', run: { id: run.id, state: run.state, reason: run.reason, keys, descents: run.descents, steps: wanted.steps } });
    stage.showDescents();
    stream = createStream((since) => streamAddress(run.id, since, document.baseURI), run.control_key, {
      nextStep,
      onData: (data) => {
        queue.push(data);
        drainSoon();
      },
      onPhase: (phase, code) => store.dispatch({ type: 'connection', connection: { phase, code } }),
    }, {
      open: (address) => new WebSocket(address),
      clock: { now: () => performance.now(), setTimeout: (f, ms) => setTimeout(f, ms), clearTimeout: (id) => clearTimeout(id) },
      random: Math.random,
      isOnline: () => navigator.onLine,
    });
    // A click on play or pause may have come while the run was being made.
    if (store.get().playing !== (run.state === 'running' || run.state === 'finished')) sendPlaying();
  }

  /** @param {unknown} error @param {Recipe} wanted */
  function failed(error, wanted) {
    if (error instanceof ProblemError && error.problem.status < 500) {
      tell(error.problem, wanted.descents.map((descent) => descent.key));
    } else {
      const isKnown = error instanceof ProblemError || error instanceof UnreachableError;
      if (!isKnown) throw error;
      store.dispatch({ type: 'connection', connection: { phase: 'unreachable', code: null } });
      asked = null;
      setTimeout(() => reconcileSoon(), RETRY_MS);
    }
  }

  /** Show a problem at its field, or where there is none, as a message. @param {Problem} problem @param {string[]} keys @param {string} [key] */
  function tell(problem, keys, key) {
    const field = fieldOf(problem.parameter, keys, key);
    if (field) store.dispatch({ type: 'fault', field, text: problem.detail });
    toast(problem.detail, 'error');
  }

  function leave() {
    if (!stream) return;
    if (isLive(store.get())) stream.send({ type: 'stop' });
    stream.close();
    stream = null;
    queue = [];
    pending.clear();
  }

  // From the stream to the histories ------------------------------------------------------------------------------

  function nextStep() {
    const descents = store.get().run?.descents ?? [];
    const lengths = [...histories.values()].map((history) => history.length);
    const going = lengths.filter((_, i) => descents[i]?.state === 'running');
    return going.length > 0 ? Math.min(...going) : Math.max(0, ...lengths);
  }

  function drainSoon() {
    // A hidden page gets no animation frames, and there is nothing to draw.
    if (document.hidden) return drain();
    if (isDrainDue) return;
    isDrainDue = true;
    requestAnimationFrame(() => {
      isDrainDue = false;
      drain();
    });
  }

  function drain() {
    const messages = queue;
    queue = [];
    let hasRows = false;
    for (const data of messages) hasRows = handle(readMessage(/** @type {any} */ (data))) || hasRows;
    if (hasRows) stage.update();
    for (const watcher of watchers) watcher();
  }

  /** @param {any} message @returns {boolean} whether it brought rows */
  function handle(message) {
    if (message.type === 'frame') return append(message);
    if (message.type === 'run') progress(message.run.state, message.run.reason, message.run.descents);
    if (message.type === 'state') progress(message.run_state, message.reason, message.descents);
    if (message.type === 'error') refused(message.problem, message.command_id);
    return false;
  }

  /** @param {import('./types.js').Frame} frame */
  function append(frame) {
    const history = histories.get(store.get().run?.keys[frame.descent] ?? '');
    const rows = history && rowsFrom(frame, history.length, history.dim);
    if (rows) history.append(rows);
    return Boolean(rows);
  }

  /** @param {string} state @param {string | null} reason @param {DescentState[]} descents */
  function progress(state, reason, descents) {
    store.dispatch({ type: 'progress', state, reason, descents });
    stage.showDescents();
  }

  /** @param {Problem} problem @param {string | null} [command] */
  function refused(problem, command) {
    const edit = command ? pending.get(command) : undefined;
    if (edit) running = edit.before;
    if (problem.code === 'conflict' && !edit) return; // the run ended while the command was under way
    tell(problem, store.get().run?.keys ?? [], edit?.key);
  }

  // What a person can do ------------------------------------------------------------------------------------------

  function sendPlaying() {
    const { playing, speed } = store.get();
    stream?.send(playing ? { type: 'play', speed } : { type: 'pause' });
  }

  /** @param {boolean} playing */
  function again(playing) {
    store.dispatch({ type: 'playing', playing });
    if (!isBusy) void restart();
  }

  store.subscribe((state, previous) => {
    if (state.recipe !== previous.recipe || state.catalogue !== previous.catalogue) reconcileSoon();
    if (state.recipe !== previous.recipe || state.selected !== previous.selected) stage.showDescents();
    if (state.speed !== previous.speed && state.playing && isLive(state)) sendPlaying();
  });
  for (const online of [true, false]) {
    addEventListener(online ? 'online' : 'offline', () => stream?.networkChanged(online));
  }
  addEventListener('pagehide', leave);
  addEventListener('pageshow', (event) => event.persisted && again(true));

  return {
    again: () => again(true),
    toggle() {
      const state = store.get();
      if (!isLive(state)) return again(true);
      store.dispatch({ type: 'playing', playing: !state.playing });
      sendPlaying();
    },
    step() {
      if (!isLive(store.get())) return again(false);
      store.dispatch({ type: 'playing', playing: false });
      stream?.send({ type: 'step', count: 1 });
    },
    /** Begin from another point. @param {number[] | null} start */
    startAt(start) {
      store.dispatch({ type: 'start', start });
      store.dispatch({ type: 'playing', playing: true });
      reconcileSoon(0);
    },
    /** @param {string} key */
    historyOf: (key) => histories.get(key) ?? null,
    numSteps: () => Math.max(0, ...[...histories.values()].map((history) => history.length - 1)),
    histories: () => [...histories.values()],
    /** Hear of new rows, at most once per animation frame. @param {() => void} watcher @returns {() => void} */
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    leave,
  };
}

/** @typedef {ReturnType<typeof createRace>} Race */
