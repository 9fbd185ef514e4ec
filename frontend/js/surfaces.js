/** The surface on show: of the objective on show, along the plane that is wanted, and wide enough for the paths. */
import { ProblemError, getSurface } from './api.js';
import { GRADIENT_RESOLUTION, RESOLUTION, learn } from './learning.js';
import { same } from './plan.js';
import { FIRST_CHOICE, choiceFor, isOfPath, planeRequest } from './plane_choice.js';
import { hasLeft, numMoves } from './plane_heads.js';
import { ENDED } from './state.js';
import { streamSurface } from './surface_stream.js';
import { turnedLike } from './turning.js';

/**
 * @typedef {import('./store.js').Store} Store
 * @typedef {import('./types.js').Recipe} Recipe
 * @typedef {import('./plane_heads.js').Heads} Heads
 * @typedef {{id: string, dim: number, objective: any}} Run as the server answered it
 * @typedef {{showSurface: (surface: any) => void, shareShown: () => number | null, needsRoom: () => boolean}} Stage shareShown: of the movement, by the plane
 *   on show; needsRoom: a path has fallen below the heights on show
 */

const LOOK_MS = 200;
/** A picture that takes the place of a fine one is at least this fine. */
const FINE = 65;
/** A plane that follows is drawn anew at most this often, and the longer the race is, the less often one is that grows with the paths. */
const PAUSE_MS = 1000;
const GROWING_PAUSE = 0.3;
/** A path has components once it has made so many steps. That it does not move is known after so long. */
const FIRST_STEPS = 4;
const PATIENCE_MS = 900;
/** Part of the movement that components may show less of than when they were found. */
const MOST_LOST = 0.03;

/** What the surface depends on beside the plane. @param {Recipe} recipe @param {number} dim */
const groundOf = ({ objective, start, seed }, dim) => (dim > 2 ? [objective, start, seed] : [objective]);

/** @param {Store} store @param {Stage} stage @param {Heads} heads where the descents are @param {(text: string, tone?: 'info' | 'error') => void} toast */
export function createSurfaces(store, stage, heads, toast) {
  /** @type {{run: Run, recipe: Recipe, ground: unknown, begunAt: number} | null} */
  let race = null;
  /** @type {{look: unknown, run: string | null, isStandIn: boolean, isLast: boolean, at: number, steps: number} | null} the request that was made last */
  let asked = null;
  /** @type {{ground: unknown, surface: any, at: number} | null} */
  let shown = null;
  /** @type {AbortController | null} */
  let drawing = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isStopped = false;
  let isHeld = false;
  /** @type {any} came while a person was turning the landscape */
  let kept = null;

  // What is to be drawn -----------------------------------------------------------------------------------------------

  /** @param {Partial<import('./types.js').State['surface']>} change */
  const tell = (change) => store.dispatch({ type: 'surface', change });

  function choice() {
    const { view, objective, recipe } = store.get();
    return objective ? choiceFor(view.plane, objective, recipe.descents.length) : FIRST_CHOICE;
  }

  /** `another`: a picture that a person waits for; `again`: the same plane, farther on. @returns {'another' | 'again' | null} */
  function wanted() {
    if (!race || race.run.dim <= 2 || isStopped) return null;
    const look = choice();
    const hasMoved = numMoves(heads) >= FIRST_STEPS;
    if (!asked || !same(asked.look, lookOf(look)) || (asked.isStandIn && hasMoved)) {
      const isPatient = look.kind === 'pca' && !hasMoved && (isOn(race.ground) || performance.now() - race.begunAt < PATIENCE_MS);
      return isPatient ? null : 'another';
    }
    if (drawing || asked.isStandIn || performance.now() - asked.at < pause(look.follow)) return null;
    const isOfThisPath = isOfPath(look);
    if (isOfThisPath && asked.run !== race.run.id) return hasMoved ? 'again' : null;
    const hasEnded = ENDED.includes(store.get().run?.state ?? '');
    if (hasEnded && isOfThisPath && !asked.isLast) return 'again';
    if (look.follow && numMoves(heads) > asked.steps) return 'again';
    return shown && !(hasEnded && asked.isLast) && (hasLeft(shown.surface, heads) || hasTurned(shown.surface.plane)) ? 'again' : null;
  }

  /** Whether the paths no longer go along the components that were found. @param {import('./types.js').Plane} plane */
  function hasTurned({ explained }) {
    const share = explained && stage.shareShown();
    return explained !== null && share !== null && share < explained[0] + explained[1] - MOST_LOST;
  }

  /** @param {boolean} follows */
  const pause = (follows) => (follows ? PAUSE_MS : Math.max(PAUSE_MS, GROWING_PAUSE * (performance.now() - (race?.begunAt ?? 0))));

  /** @param {unknown} ground whether the surface on show is of it */
  const isOn = (ground) => shown !== null && same(shown.ground, ground);

  function lookSoon() {
    timer ??= setTimeout(() => {
      timer = undefined;
      const kind = wanted();
      if (kind) void draw(kind);
      else if (!drawing && shown && !isHeld && performance.now() - shown.at > PAUSE_MS && stage.needsRoom()) present(shown.surface, shown.ground);
      if (kind) return;
      if (race && race.run.dim > 2 && !isStopped && !ENDED.includes(store.get().run?.state ?? '')) lookSoon();
    }, LOOK_MS);
  }

  // Drawing -----------------------------------------------------------------------------------------------------------

  /** What is asked for now. @param {boolean} isStandIn two axes, where the path that was to be shown is not there yet */
  function request(isStandIn) {
    const isLast = ENDED.includes(store.get().run?.state ?? '');
    return { look: lookOf(choice()), run: race?.run.id ?? null, isStandIn, isLast, at: performance.now(), steps: numMoves(heads) };
  }

  /** Whether it is followed or not, a plane is the same one. @param {import('./types.js').PlaneChoice} choice */
  const lookOf = ({ follow: _, ...rest }) => [race?.ground, rest];

  /** @param {'another' | 'again'} kind @param {number} [resolution] */
  async function draw(kind, resolution = RESOLUTION) {
    if (!race) return;
    drawing?.abort();
    const { run, recipe, ground } = race;
    const controller = new AbortController();
    drawing = controller;
    asked = request(choice().kind === 'pca' && numMoves(heads) < FIRST_STEPS);
    tell({ isBusy: true, isAwaited: kind === 'another', share: 0 });
    const plane = planeRequest(asked.isStandIn ? FIRST_CHOICE : choice(), run.id);
    const body = { objective: recipe.objective, seed: recipe.seed, plane, resolution, gradient_resolution: GRADIENT_RESOLUTION };
    try {
      await streamSurface(body, {
        onSurface: (surface, isFinal) => (kind === 'another' || isFinal || surface.resolution >= FINE) && controller === drawing && present(surface, ground),
        onProgress: (done, total) => controller === drawing && tell({ share: done / total }),
      }, controller.signal);
    } catch (error) {
      if (controller === drawing) failed(error, kind, resolution);
    } finally {
      if (controller === drawing) ended();
    }
  }

  function ended() {
    drawing = null;
    if (asked) asked.at = performance.now();
    tell({ isBusy: false });
    lookSoon();
  }

  /** @param {unknown} error @param {'another' | 'again'} kind @param {number} resolution */
  function failed(error, kind, resolution) {
    if (!(error instanceof ProblemError)) return;
    const { code, parameter, allowed, detail } = error.problem;
    if (code === 'limit' && typeof allowed === 'number' && allowed >= 2 && allowed < resolution && parameter === 'resolution') {
      return void draw(kind, allowed);
    }
    if (kind === 'again') return;
    if (store.get().view.plane) toast(detail, 'error');
    if (asked) asked.isLast = true;
  }

  /** @param {any} surface @param {unknown} ground */
  function present(surface, ground) {
    if (isHeld) return void (kept = { surface, ground });
    const turned = shown?.surface.plane ? turnedLike(surface, shown.surface.plane) : surface;
    shown = { ground, surface: turned, at: performance.now() };
    stage.showSurface(turned);
    tell({ isStale: false });
  }

  /** A new picture under the hand would tear it off the landscape. @param {boolean} isDown */
  function hold(isDown) {
    isHeld = isDown;
    if (isDown || !kept) return;
    const { surface, ground } = kept;
    kept = null;
    present(surface, ground);
  }

  addEventListener('pointerdown', ({ target }) => hold(target instanceof Element && target.closest('.landscape .plot') !== null), true);
  for (const name of ['pointerup', 'pointercancel']) addEventListener(name, () => isHeld && setTimeout(() => hold(false)), true);
  store.subscribe((state, previous) => {
    if (state.view.plane !== previous.view.plane) isStopped = false;
    if (state.view.plane !== previous.view.plane || state.run?.state !== previous.run?.state) lookSoon();
  });

  return {
    lookSoon,
    /** Before a race on a formula: what it is like, and with it its surface. @param {Recipe} recipe @returns {Promise<any>} null where it is on show */
    learnt: async (recipe) => (recipe.objective.kind === 'formula' && !same(shown?.ground, groundOf(recipe, shown?.surface.objective.dim)) ? learn(store) : null),
    /** All of an objective of one or two dimensions. @param {Recipe} recipe @param {Run} run @returns {Promise<any>} null where it is on show */
    whole: async (recipe, run) => (run.dim > 2 || isOn(groundOf(recipe, run.dim)) ? null : getSurface(recipe.objective, null, RESOLUTION, GRADIENT_RESOLUTION)),
    /** Another run is on show. @param {Recipe} recipe @param {Run} run @param {any} surface null: the one that is there, or one that is still to be drawn */
    begin(recipe, run, surface) {
      const ground = groundOf(recipe, run.dim);
      race = { run, recipe, ground, begunAt: performance.now() };
      isStopped = false;
      if (drawing && !isOn(ground)) drawing.abort();
      if (surface) present(surface, ground);
      // What was learnt of a formula came with its picture.
      if (surface && run.dim > 2 && same(choice(), FIRST_CHOICE)) asked = request(false);
      if (!isOn(ground)) tell({ isStale: true });
      lookSoon();
    },
    /** Leave the surface as far as it is drawn. */
    cancel() {
      isStopped = true;
      const controller = drawing;
      drawing = null;
      controller?.abort();
      tell({ isBusy: false });
    },
  };
}

/** @typedef {ReturnType<typeof createSurfaces>} Surfaces */
