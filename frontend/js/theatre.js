/** Between the state and the plots: says what is to be shown; draws nothing itself. */
import { createFitting } from './fitting.js';
import { createPlots } from './plots/plots.js';
import { MOST_CLICKED, Projection, thetaNames } from './plane.js';
import { planeTitles } from './plane_titles.js';
import { languageOf } from './settings.js';
import { labelsIn, startOf } from './state.js';

/**
 * @typedef {import('./store.js').Store} Store
 * @typedef {import('./i18n.js').Translate} Translate
 * @typedef {import('./types.js').Theme} Theme
 * @typedef {{landscape: HTMLElement, contour: HTMLElement, loss: HTMLElement}} Places
 */

const PLOTLY = 'vendor/plotly/plotly.js';

/** Plotly takes longer to start than all the rest: it is started when the page already stands. */
async function loadPlotly() {
  await new Promise((resolve) => setTimeout(resolve));
  await new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src: PLOTLY, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

/**
 * @param {Store} store
 * @param {() => Translate} translate
 * @param {(key: string) => import('./history.js').History | null} historyOf
 * @param {(key: string) => import('./rows.js').Fit | null} fitOf
 * @param {(key: string) => import('./trail.js').Trail | null} trailOf
 * @param {(theta: number[]) => void} onStartPicked
 */
export function createTheatre(store, translate, historyOf, fitOf, trailOf, onStartPicked) {
  /** @type {any} */
  let plots = null;
  /** @type {any} */
  let surface = null;

  const fitting = createFitting(store, () => plots, fitOf);

  /** The words in the plots. */
  function words() {
    const t = translate();
    return {
      loss: t('plot.loss'), step: t('plot.step'), diverged: t('plot.diverged'), offPlane: t('plane.off'), minimum: t('plot.minimum'),
      train: t('plot.train'), test: t('plot.test'), batch: t('plot.batch'), truth: t('plot.truth'), actual: t('plot.actual'), predicted: t('plot.predicted'),
      accuracy: t('plot.accuracy'), rowShare: t('plot.rowShare'),
    };
  }

  /** A click says where in the plane: the start is that point of all dimensions. @param {number[]} point */
  function picked(point) {
    if (surface.objective.dim > MOST_CLICKED) return;
    onStartPicked(surface.plane?.anchor ? new Projection(surface.plane).lift(point[0], point[1] ?? 0) : point);
  }

  /** @param {Places} places @param {() => Theme} theme */
  async function open(places, theme) {
    await loadPlotly();
    const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
    plots = createPlots(places, { theme: theme(), onStartPicked: picked, onPointAdded: fitting.add, onPointRemoved: fitting.remove, reducedMotion, strings: words() });
    plots.setLossScale(store.get().view.lossScale);
    if (surface) showSurface(surface);
    showDescents();
    fitting.open();
  }

  /** @param {any} next */
  function showSurface(next) {
    surface = next;
    const { objective, plane } = next;
    const t = translate();
    const [xLabel, yLabel = t('plot.loss')] = thetaNames(objective, objective.dim);
    plots?.showSurface(next, planeTitles(plane, t, languageOf(store.get().view)) ?? { xLabel, yLabel });
  }

  function showDescents() {
    const state = store.get();
    const { run } = state;
    if (!plots || !run) return;
    const labels = labelsIn(state, translate()('optimizer.momentum'));
    // On the surface of another objective they would be nowhere.
    if (state.surface.isStale) plots.showDescents([]);
    else plots.showDescents(state.recipe.descents.flatMap(({ key, slot, visible }, i) => {
      const history = historyOf(key);
      const outcome = run.descents[run.keys.indexOf(key)];
      if (!history || !outcome) return [];
      return [{ label: labels[i], slot, history, trail: trailOf(key), state: outcome.state, visible, selected: state.selected === key }];
    }));
    plots.setStart(startOf(state));
    plots.setNumSteps(run.steps);
  }

  store.subscribe((state, previous) => {
    if (state.surface.isStale !== previous.surface.isStale) showDescents();
    if (state.view.lossScale !== previous.view.lossScale) plots?.setLossScale(state.view.lossScale);
  });

  return {
    open,
    showSurface,
    showDescents,
    showFit: fitting.showFit,
    update: () => plots?.update(),
    needsRoom: () => plots?.needsRoom() ?? false,
    shareShown: () => plots?.offPlane()?.share ?? null,
    plots: () => plots,
    /** The language changed. */
    retell() {
      plots?.setStrings(words());
      showDescents();
    },
  };
}

/** @typedef {ReturnType<typeof createTheatre>} Theatre */
