/** The surface on show: of the objective on show, along the plane that is wanted, and wide enough for the paths. */
import { ProblemError, UnreachableError, getSurface } from './api.js';
import { GRADIENT_RESOLUTION, RESOLUTION, learn } from './learning.js';
import { same } from './plan.js';
import { FIRST_CHOICE, choiceFor, planeRequest } from './plane_choice.js';
import { hasLeft, numMoves } from './plane_heads.js';
import { ENDED } from './state.js';
import { FIRST_STEPS, PAUSE_MS, needOf } from './surface_need.js';
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
const RETRY_MS = 1500;

/** What the surface depends on beside the plane. @param {Recipe} recipe @param {number} dim */
const groundOf = ({ objective, start, seed }, dim) => (dim > 2 ? [objective, start, seed] : [objective]);

/** @param {Store} store @param {Stage} stage @param {Heads} heads where the descents are @param {(text: string, tone?: 'info' | 'error') => void} toast */
export function createSurfaces(store, stage, heads, toast) {
  /** @type {{run: Run, recipe: Recipe, ground: unknown, begunAt: number} | null} */
  let race = null;
  /** @type {import('./surface_need.js').Asked | null} */
  let asked = null;
  /** @type {{ground: unknown, surface: any, chosen: import('./types.js').PlaneChoice | null, at: number} | null} */
  let shown = null;
  /** @type {AbortController | null} */
  let drawing = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isStopped = false;
  let isHeld = false;
  let isLeft = false;
  /** @type {any} came while a person was turning the landscape */
  let kept = null;

  // What is to be drawn -----------------------------------------------------------------------------------------------

  /** @param {Partial<import('./types.js').State['surface']>} change */
  const tell = (change) => store.dispatch({ type: 'surface', change });

  function choice() {
    const { view, objective, recipe } = store.get();
    return objective ? choiceFor(view.plane, objective, recipe.descents.length) : FIRST_CHOICE;
  }

  function need() {
    if (!race || race.run.dim <= 2 || isStopped) return 'never';
    // Another race is on its way, and the choice is already of its plane.
    if (!same(store.get().recipe.objective, race.recipe.objective)) return 'never';
    const plane = shown?.surface.plane;
    return needOf({
      asked, look: lookOf(choice()), choice: choice(), run: race.run.id, steps: numMoves(heads), hasEnded: hasEnded(),
      isShown: isOn(race.ground), isDrawing: drawing !== null, age: performance.now() - race.begunAt, now: performance.now(),
      hasLeft: () => shown !== null && hasLeft(shown.surface, heads),
      lost: () => (plane?.explained ? plane.explained[0] + plane.explained[1] - (stage.shareShown() ?? 1) : 0),
    });
  }

  const hasEnded = () => ENDED.includes(store.get().run?.state ?? '');

  /** @param {unknown} ground whether the surface on show is of it */
  const isOn = (ground) => shown !== null && same(shown.ground, ground);

  function lookSoon() {
    timer ??= setTimeout(() => {
      timer = undefined;
      const kind = need();
      if (kind === 'another' || kind === 'again') return void draw(kind);
      if (!drawing && shown && !isHeld && performance.now() - shown.at > PAUSE_MS && stage.needsRoom()) present(shown.surface, shown.ground, shown.chosen);
      if (kind === 'later') lookSoon();
    }, LOOK_MS);
  }

  // Drawing -----------------------------------------------------------------------------------------------------------

  /** What is asked for now. @param {boolean} isStandIn two axes, where the path that was to be shown is not there yet */
  function request(isStandIn) {
    const isLast = hasEnded();
    return { look: lookOf(choice()), run: race?.run.id ?? '', isStandIn, isLast, at: performance.now(), steps: numMoves(heads) };
  }

  /** Whether it is followed or not, a plane is the same one. @param {import('./types.js').PlaneChoice} choice */
  const lookOf = ({ follow: _, ...rest }) => [race?.ground, rest];

  /** @param {'another' | 'again'} kind @param {number} [resolution] @param {boolean} [isPlain] two axes, since what is wanted cannot be drawn */
  async function draw(kind, resolution = RESOLUTION, isPlain = false) {
    if (!race) return;
    drawing?.abort();
    const { run, recipe, ground } = race;
    const { plane: chosen } = store.get().view;
    const controller = new AbortController();
    drawing = controller;
    asked = request(choice().kind === 'pca' && numMoves(heads) < FIRST_STEPS);
    tell({ isBusy: true, isAwaited: kind === 'another', share: 0 });
    const plane = planeRequest(asked.isStandIn || isPlain ? FIRST_CHOICE : choice(), run.id);
    const body = { objective: recipe.objective, seed: recipe.seed, plane, resolution, gradient_resolution: GRADIENT_RESOLUTION };
    try {
      await streamSurface(body, {
        onSurface: (surface, isFinal) => (kind === 'another' || isFinal || surface.resolution >= FINE) && controller === drawing && present(surface, ground, chosen),
        onProgress: (done, total) => controller === drawing && tell({ share: done / total }),
      }, controller.signal);
    } catch (error) {
      if (controller === drawing) failed(error, kind, resolution, isPlain);
    } finally {
      if (controller === drawing) ended();
    }
  }

  function stop() {
    const controller = drawing;
    drawing = null;
    controller?.abort();
    tell({ isBusy: false });
  }

  function ended() {
    drawing = null;
    if (asked) asked.at = performance.now();
    tell({ isBusy: false });
    lookSoon();
  }

  /** @param {unknown} error @param {'another' | 'again'} kind @param {number} resolution @param {boolean} isPlain @returns {void} */
  function failed(error, kind, resolution, isPlain) {
    if (error instanceof UnreachableError) return void setTimeout(() => { asked = null; lookSoon(); }, RETRY_MS);
    if (!(error instanceof ProblemError)) throw error;
    const { code, parameter, allowed, detail } = error.problem;
    const isTooFine = code === 'limit' && parameter === 'resolution' && typeof allowed === 'number' && allowed >= 2 && allowed < resolution;
    if (isTooFine) return void draw(kind, /** @type {number} */ (allowed), isPlain);
    if (kind === 'again') return;
    if (store.get().view.plane) {
      toast(detail, 'error');
      // The choice says what is on the picture, so it goes back to that; a link's goes back to the usual plane.
      store.dispatch({ type: 'view', view: { plane: shown && isOn(race?.ground) ? shown.chosen : null } });
    } else if (!isPlain && !isOn(race?.ground)) void draw(kind, resolution, true);
  }

  /** @param {any} surface @param {unknown} ground @param {import('./types.js').PlaneChoice | null} chosen */
  function present(surface, ground, chosen) {
    if (isHeld) return void (kept = { surface, ground, chosen });
    const turned = shown?.surface.plane ? turnedLike(surface, shown.surface.plane) : surface;
    shown = { ground, surface: turned, chosen, at: performance.now() };
    stage.showSurface(turned);
    tell({ isStale: isLeft });
  }

  /** A new picture under the hand would tear it off the landscape. @param {boolean} isDown */
  function hold(isDown) {
    isHeld = isDown;
    if (isDown || !kept) return;
    const { surface, ground, chosen } = kept;
    kept = null;
    present(surface, ground, chosen);
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
      isStopped = isLeft = false;
      if (!isOn(ground)) stop();
      if (surface) present(surface, ground, null);
      // What was learnt of a formula came with its picture.
      if (surface && run.dim > 2 && same(choice(), FIRST_CHOICE)) asked = request(false);
      tell({ isStale: !isOn(ground) });
      lookSoon();
    },
    /** A person wants another objective, whose run is still to begin; or again the one on show. @param {boolean} isOther */
    leave(isOther) {
      isLeft = isOther;
      tell({ isStale: isLeft || !isOn(race?.ground) });
    },
    /** Leave the surface as far as it is drawn. */
    cancel() {
      isStopped = true;
      stop();
    },
  };
}

/** @typedef {ReturnType<typeof createSurfaces>} Surfaces */
