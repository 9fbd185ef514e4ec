/** Data and fit on the page: asks what the model of the race is fitted to, hands fits on as they come, and takes clicked points in. */
import { ProblemError, UnreachableError, getData } from './api.js';
import { NO_DATA } from './intake.js';
import { same } from './plan.js';
import { emptyData } from './plots/fit_data.js';
import { dataOf, dataOnPlane, indexOf, missingIn, withPoint, withoutPoint } from './sketch.js';

/**
 * @typedef {import('./store.js').Store} Store
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').ObjectiveRef} ObjectiveRef
 * @typedef {import('./sketch.js').Sketch} Sketch
 * @typedef {import('./plots/fit_data.js').FitData} FitData
 * @typedef {import('./rows.js').Fit} Fit
 */

/** What the points depend on: never the loss, the batch, or how a descent begins. @param {ObjectiveRef} objective */
export const groundOfData = (objective) => (objective.kind === 'model' ? [objective.id, objective.data ?? {}, objective.parameters] : null);

/**
 * @param {Store} store
 * @param {() => any} plots null while they are not there yet
 * @param {(key: string) => Fit | null} fitOf
 */
export function createFitting(store, plots, fitOf) {
  /** @type {FitData | null} */
  let data = null;
  /** @type {unknown} */
  let ground = null;

  let shownFirst = Promise.resolve();

  /** Whether clicks mean points. */
  function edit() {
    const { sketch } = store.get();
    plots()?.setEditing(sketch && { task: sketch.task, classes: sketch.classes, activeClass: sketch.activeClass });
  }

  /** The server's data, or the plane on which points are being clicked. */
  function shown() {
    const { sketch } = store.get();
    if (!sketch) return data;
    const isHeld = data && sketch.points.length > 0 && data.task === sketch.task && same(data.classes, sketch.classes);
    return dataOnPlane(sketch, isHeld && data ? data : emptyData(sketch));
  }

  function show() {
    shownFirst = Promise.resolve(plots()?.showData(shown()));
    for (const { key } of store.get().recipe.descents) {
      const fit = fitOf(key);
      if (fit) showFit(key, fit);
    }
  }

  /** @param {string} key @param {Fit} fit */
  function showFit(key, fit) {
    const descent = store.get().recipe.descents.find((other) => other.key === key);
    if (descent) plots()?.setFit(descent.slot, fit);
  }

  /** @param {FitData | null} next */
  function take(next) {
    data = next;
    store.dispatch({ type: 'points', points: next });
    show();
  }

  /** @param {ObjectiveRef} objective of the run that begins */
  async function begin(objective) {
    const wanted = groundOfData(objective);
    if (same(wanted, ground)) return;
    ground = wanted;
    try {
      const next = wanted ? await getData(objective) : null;
      if (ground === wanted) take(next);
    } catch (error) {
      // What is wrong with the data, the run says too.
      if (!(error instanceof ProblemError) && !(error instanceof UnreachableError)) throw error;
      if (ground === wanted) ground = null;
    }
  }

  /** @param {Sketch | null} sketch @param {Sketch | null} previous */
  function sketched(sketch, previous) {
    if (sketch?.points !== previous?.points || sketch?.classes !== previous?.classes) show();
    // An empty plane has axes of its own; while points are clicked they only grow.
    if (sketch && !previous) void shownFirst.then(edit);
    else edit();
    const isChanged = sketch && previous && sketch.points !== previous.points;
    if (!isChanged || missingIn(sketch) !== null) return;
    const { objective } = store.get().recipe;
    store.dispatch({ type: 'data', data: { ...NO_DATA, ...dataOf(sketch, objective.kind === 'model' ? objective.data : {}) } });
  }

  /** @param {(sketch: Sketch) => Sketch} change */
  function change(change) {
    const { sketch } = store.get();
    if (sketch) store.dispatch({ type: 'sketch', sketch: change(sketch) });
  }

  store.subscribe((state, previous) => {
    if (state.run && state.run.id !== previous.run?.id) void begin(state.recipe.objective);
    if (state.sketch !== previous.sketch) sketched(state.sketch, previous.sketch);
    if (state.view.side !== previous.view.side) plots()?.setSide(state.view.side);
  });

  return {
    showFit,
    /** The plots are there. */
    open() {
      plots()?.setSide(store.get().view.side);
      if (data || store.get().sketch) show();
      edit();
    },
    /** @param {number} u @param {number} v */
    add: (u, v) => change((sketch) => withPoint(sketch, u, v)),
    /** @param {number} _ its place in its part @param {import('./plots/fit_data.js').PickedPoint} point */
    remove: (_, point) => change((sketch) => withoutPoint(sketch, indexOf(sketch, point))),
  };
}
