/** The race on show: brings the server's run to the recipe that a person wants. */
import { ProblemError, UnreachableError, createRun, streamAddress } from './api.js';
import { fieldOf } from './faults.js';
import { plan, same, substance } from './plan.js';
import { toWire } from './recipe.js';
import { createRows } from './rows.js';
import { isAnother, isLive, labelsIn, optimizerOf } from './state.js';
import { createStream } from './stream.js';
import { createSurfaces } from './surfaces.js';

/**
 * @typedef {import('./store.js').Store} Store
 * @typedef {import('./types.js').Recipe} Recipe
 * @typedef {import('./types.js').Problem} Problem
 * @typedef {{showSurface: (surface: any) => void, showDescents: () => void, showFit: (key: string, fit: any) => void, update: () => void, needsRoom: () => boolean, shareShown: () => number | null}} Stage
 * @typedef {(text: string, tone?: 'info' | 'error') => void} Tell
 */

const RESTART_DELAY_MS = 300;
const EDIT_DELAY_MS = 80;
const RETRY_MS = 1500;

/** @type {import('./stream.js').Surroundings} */
const BROWSER = {
  open: (address) => /** @type {any} */ (new WebSocket(address)),
  clock: { now: () => performance.now(), setTimeout: (f, ms) => setTimeout(f, ms), clearTimeout: (id) => clearTimeout(id) },
  random: Math.random,
  isOnline: () => navigator.onLine,
};

/**
 * @param {Store} store
 * @param {Stage} stage what shows the race
 * @param {() => import('./i18n.js').Translate} translate
 * @param {Tell} toast
 */
export function createRace(store, stage, translate, toast) {
  /** @type {Recipe | null} the recipe of the run on show, with its edits */
  let running = null;
  /** @type {Recipe | null} what was last asked of the server, whether or not it agreed */
  let asked = null;
  /** @type {import('./stream.js').Stream | null} */
  let stream = null;
  /** @type {Map<string, {key: string, before: Recipe}>} edits on their way, by command */
  const pending = new Map();
  let isBusy = false;
  /** @type {{id: ReturnType<typeof setTimeout>, kind: string} | null} */
  let timer = null;
  const rows = createRows({ onRows: () => { stage.update(); surfaces.lookSoon(); }, onFit: stage.showFit, onMessage: receive, outcomes: () => store.get().run?.descents ?? [] });

  const surfaces = createSurfaces(store, stage, () => store.get().recipe.descents.flatMap(({ key }) => {
    const history = rows.historyOf(key);
    return history ? [{ history, trail: rows.trailOf(key) }] : [];
  }), toast);

  /** Whether a person wants another objective than that of the run on show. */
  const isLeft = () => running !== null && isAnother(store.get().recipe.objective, running.objective);

  // From the recipe to the server ---------------------------------------------------------------------------------

  function currentPlan() {
    const state = store.get();
    return plan(state.recipe, running, {
      live: isLive(state),
      isEditable: (descent, name) => optimizerOf(state, descent)?.hyperparameters
        .find((row) => row.name === name)?.editable !== false,
      isRefused: (descent, name) => `${descent.key}/${name}` in state.faults,
    });
  }

  /** Look soon whether the run still is what is wanted. @param {number} [delay_ms] */
  function reconcileSoon(delay_ms) {
    if (!store.get().catalogue || isBusy) return;
    const { kind } = currentPlan();
    if (kind === 'none' || (asked && same(substance(store.get().recipe), substance(asked)))) return;
    // Edits go out at a steady beat while a slider moves; a restart waits until it rests.
    if (timer?.kind === 'edits' && kind === 'edits') return;
    clearTimeout(timer?.id);
    timer = { kind, id: setTimeout(reconcile, delay_ms ?? (kind === 'edits' ? EDIT_DELAY_MS : RESTART_DELAY_MS)) };
  }

  function reconcile() {
    timer = null;
    if (isBusy) return;
    const todo = currentPlan();
    if (todo.kind === 'restart') void restart();
    if (todo.kind === 'edits') todo.changes.forEach(sendEdit);
  }

  /** @param {import('./plan.js').Change} change */
  function sendEdit({ descent, key, hyperparameters }) {
    if (!running || !stream) return;
    asked = store.get().recipe;
    pending.set(stream.send({ type: 'edit', descent, hyperparameters }), { key, before: running });
    const descents = running.descents.map((other, i) => (i === descent
      ? { ...other, hyperparameters: { ...other.hyperparameters, ...hyperparameters } } : other));
    running = { ...running, descents };
  }

  async function restart() {
    clearTimeout(timer?.id);
    timer = null;
    isBusy = true;
    const state = store.get();
    let wanted = state.recipe;
    asked = wanted;
    try {
      const { recipe, run, surface } = await request(state);
      wanted = recipe;
      begin(run, wanted, surface);
      if (store.get().playing !== state.playing) drive();
    } catch (error) {
      failed(error, wanted);
    } finally {
      isBusy = false;
      if (!same(substance(store.get().recipe), substance(wanted))) reconcileSoon();
    }
  }

  /** A new run and, where the landscape is another one, its surface. @param {import('./types.js').State} state */
  async function request(state) {
    const surface = await surfaces.learnt(state.recipe);
    // What was learnt of a formula may have changed the rates.
    const recipe = surface && same(store.get().recipe.objective, state.recipe.objective) ? store.get().recipe : state.recipe;
    asked = recipe;
    const run = await createRun(toWire(recipe, labelsIn({ ...state, recipe }, translate()('optimizer.momentum'))), state.playing, state.speed);
    return { recipe, run, surface: surface ?? await surfaces.whole(recipe, run) };
  }

  /** @param {any} run @param {Recipe} wanted @param {any} surface */
  function begin(run, wanted, surface) {
    leave();
    running = wanted;
    const keys = wanted.descents.map((descent) => descent.key);
    const { id, state, reason, descents, objective, control_key } = run;
    // Another may have been picked meanwhile: its name stays, and its run comes next.
    if (same(store.get().recipe.objective, wanted.objective)) store.dispatch({ type: 'objective', objective: objective ?? surface?.objective });
    store.dispatch({ type: 'run', run: { id, state, reason, keys, descents, steps: wanted.steps } });
    rows.begin(keys, run.dim, run.objective?.extra_columns);
    surfaces.begin(wanted, run, surface);
    stage.showDescents();
    stream = createStream((since) => streamAddress(id, since, document.baseURI), control_key, {
      nextStep: rows.nextStep,
      onData: rows.push,
      onPhase: (phase, code) => store.dispatch({ type: 'connection', connection: { phase, code } }),
    }, BROWSER);
  }

  /** @param {unknown} error @param {Recipe} wanted @returns {void} */
  function failed(error, wanted) {
    if (error instanceof ProblemError && error.problem.status < 500) {
      const field = tell(error.problem, wanted.descents.map((descent) => descent.key));
      if (isLeft() && isLive(store.get())) stream?.send({ type: 'stop' });
      // A link that the server refuses must not leave the page without a race.
      if (!running) store.dispatch({ type: 'fallback', field });
      return;
    }
    if (!(error instanceof ProblemError) && !(error instanceof UnreachableError)) throw error;
    asked = null;
    store.dispatch({ type: 'connection', connection: { phase: 'unreachable', code: null } });
    setTimeout(reconcileSoon, RETRY_MS);
  }

  /** Show a problem at its field, or where there is none, as a message. @param {Problem} problem @param {string[]} keys @param {string} [key] */
  function tell(problem, keys, key) {
    const field = fieldOf(problem.parameter, keys, key);
    if (field) store.dispatch({ type: 'fault', field, text: problem.detail });
    if (!field || !running) toast(problem.detail, 'error');
    return field;
  }

  function leave() {
    if (!stream) return;
    if (isLive(store.get())) stream.send({ type: 'stop' });
    stream.close();
    stream = null;
    pending.clear();
  }

  // From the server ------------------------------------------------------------------------------------------------

  /** @param {any} message */
  function receive(message) {
    if (message.type === 'run') progress(message.run.state, message.run);
    if (message.type === 'state') progress(message.run_state, message);
    if (message.type === 'error') refused(message.problem, message.command_id);
  }

  /** @param {string} state @param {any} message */
  function progress(state, { reason, descents }) {
    store.dispatch({ type: 'progress', state, reason, descents });
    stage.showDescents();
  }

  /** @param {Problem} problem @param {string | null} [command] */
  function refused(problem, command) {
    const edit = command ? pending.get(command) : undefined;
    // The run ended while the command was under way: what it was to change, a new run does.
    if (problem.code === 'conflict') return edit ? void restart() : undefined;
    if (edit) running = edit.before;
    tell(problem, store.get().run?.keys ?? [], edit?.key);
  }

  // What a person can do ------------------------------------------------------------------------------------------

  /** Tell the run whether to play, and how fast. */
  function drive() {
    const { playing, speed } = store.get();
    stream?.send(playing ? { type: 'play', speed } : { type: 'pause' });
  }

  /** @param {boolean} playing */
  function again(playing) {
    store.dispatch({ type: 'playing', playing });
    if (!isBusy && store.get().catalogue) void restart();
  }

  store.subscribe((state, previous) => {
    if (running && state.recipe.objective !== previous.recipe.objective) surfaces.leave(isLeft());
    if (state.recipe !== previous.recipe || state.catalogue !== previous.catalogue) reconcileSoon();
    if (state.recipe !== previous.recipe || state.selected !== previous.selected) stage.showDescents();
    if (state.speed !== previous.speed && state.playing && isLive(state)) drive();
  });
  for (const online of [true, false]) {
    addEventListener(online ? 'online' : 'offline', () => stream?.networkChanged(online));
  }
  addEventListener('pagehide', leave);
  addEventListener('pageshow', (event) => event.persisted && again(true));

  return {
    ...rows,
    /** Newest row of a descent; null where it is of an objective that is no longer wanted. @param {string} key */
    rowOf: (key) => (isLeft() ? null : rows.rowOf(key)),
    cancelSurface: surfaces.cancel,
    again: () => again(true),
    toggle() {
      const state = store.get();
      if (!isLive(state)) return again(true);
      store.dispatch({ type: 'playing', playing: !state.playing });
      drive();
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
  };
}

/** @typedef {ReturnType<typeof createRace>} Race */
