/** Between the state and the plots: says what is to be shown; draws nothing itself. */
import { createPlots } from './plots/plots.js';
import { thetaAt, thetaNames } from './plane.js';
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
 * @param {(theta: number[]) => void} onStartPicked
 */
export function createTheatre(store, translate, historyOf, onStartPicked) {
  /** @type {any} */
  let plots = null;
  /** @type {any} */
  let surface = null;

  /** The words in the plots. */
  function words() {
    const t = translate();
    return { loss: t('plot.loss'), step: t('plot.step'), diverged: t('plot.diverged'), minimum: t('plot.minimum') };
  }

  /** @param {Places} places @param {() => Theme} theme */
  async function open(places, theme) {
    await loadPlotly();
    const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const picked = (/** @type {number[]} */ point) => onStartPicked(thetaAt(point, startOf(store.get())));
    plots = createPlots(places, { theme: theme(), onStartPicked: picked, reducedMotion, strings: words() });
    plots.setLossScale(store.get().view.lossScale);
    if (surface) showSurface(surface);
    showDescents();
  }

  /** @param {any} next */
  function showSurface(next) {
    surface = next;
    const { objective } = next;
    const [xLabel, yLabel = translate()('plot.loss')] = thetaNames(objective, objective.dim);
    plots?.showSurface(next, { xLabel, yLabel });
  }

  function showDescents() {
    const state = store.get();
    const { run } = state;
    if (!plots || !run) return;
    const labels = labelsIn(state, translate()('optimizer.momentum'));
    plots.showDescents(state.recipe.descents.flatMap(({ key, slot, visible }, i) => {
      const history = historyOf(key);
      const outcome = run.descents[run.keys.indexOf(key)];
      if (!history || !outcome) return [];
      return [{ label: labels[i], slot, history, state: outcome.state, visible, selected: state.selected === key }];
    }));
    plots.setStart(startOf(state));
    plots.setNumSteps(run.steps);
  }

  store.subscribe((state, previous) => {
    if (state.view.lossScale !== previous.view.lossScale) plots?.setLossScale(state.view.lossScale);
  });

  return {
    open,
    showSurface,
    showDescents,
    update: () => plots?.update(),
    plots: () => plots,
    /** The language changed. */
    retell() {
      plots?.setStrings(words());
      showDescents();
    },
  };
}

/** @typedef {ReturnType<typeof createTheatre>} Theatre */
