/** Points by clicks on the plane beside: a line to fit, or classes to tell apart. */
import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { MOST_CLASSES, cleared, inHand, missingIn, newSketch, undone, withClass } from '../../sketch.js';
import { formatCount } from '../../format.js';
import { themes } from '../../palette.js';
import { IconButton } from '../button.js';
import { Icon } from '../icons.js';
import { usePage } from '../page.js';
import { ModelOffer } from './model-offer.js';

/** Whether a model can be fitted to clicks: one input, or two and a class. @param {import('../../upload.js').Own | null | undefined} own */
export function isClickable(own) {
  if (!own) return false;
  const numInputs = own.task === 'classification' ? 2 : 1;
  return own.min_inputs <= numInputs && numInputs <= own.max_inputs;
}

/** The points that are there already, where they are a person's own. @param {import('../../types.js').State} state */
function firstSketch({ recipe: { objective }, objective: row, points }) {
  const task = row?.data?.own?.task ?? 'regression';
  const isPlane = points && points.kind === (task === 'classification' ? 'regions' : 'curve');
  if (objective.kind !== 'model' || !objective.data?.rows || !isPlane) return newSketch(task);
  const parts = [points.train, ...(points.test ? [points.test] : [])];
  return newSketch(task, parts.flatMap(({ x, y }) => x.map((at, i) => ({ x: at, y: y[i] }))), points.classes);
}

/** @param {{sketch: import('../../sketch.js').Sketch}} props */
function Classes({ sketch }) {
  const { dispatch, t, theme } = usePage();
  if (!sketch.classes) return null;
  const set = (/** @type {any} */ next) => dispatch({ type: 'sketch', sketch: next });
  return html`<div class="setting"><span class="name">${t('sketch.class')}</span><span class="toggles" role="radiogroup" aria-label=${t('sketch.class')}>
    ${sketch.classes.map((name, i) => html`<button type="button" class="toggle class-toggle" role="radio" key=${name} aria-checked=${i === sketch.activeClass}
      style=${`--class:${themes[theme].classes[i]}`} onClick=${() => set(inHand(sketch, i))}>${name}</button>`)}
    <${IconButton} kind="small" icon="add" label=${t('sketch.addClass')} disabled=${sketch.classes.length >= MOST_CLASSES} onClick=${() => set(withClass(sketch))} /></span></div>`;
}

/** @param {{sketch: import('../../sketch.js').Sketch}} props */
function Tools({ sketch }) {
  const { dispatch, t, language } = usePage();
  const set = (/** @type {any} */ next) => dispatch({ type: 'sketch', sketch: next });
  const missing = missingIn(sketch);
  const { length } = sketch.points;
  return html`<p class="hint" role="status">${missing === 'points' ? t('sketch.fewPoints') : missing === 'classes' ? t('sketch.fewClasses') : t('sketch.count', { count: formatCount(length, language) })}</p>
    <div class="row buttons-row"><button type="button" class="text-button" disabled=${sketch.past.length === 0} onClick=${() => set(undone(sketch))}><${Icon} name="undo" />${t('sketch.undo')}</button>
      <button type="button" class="text-button" disabled=${length === 0} onClick=${() => set(cleared(sketch))}><${Icon} name="remove" />${t('sketch.clear')}</button></div>`;
}

export function Sketching() {
  const { state, dispatch, t } = usePage();
  const own = state.objective?.data?.own;
  const canClick = isClickable(own);
  useEffect(() => {
    if (canClick && !state.sketch) {
      dispatch({ type: 'view', view: { side: 'fit' } });
      dispatch({ type: 'sketch', sketch: firstSketch(state) });
      // Where the parts of the page stand below each other, the plane must be in sight.
      document.querySelector('.contour')?.scrollIntoView({ block: 'nearest' });
    }
  }, [canClick]);
  const pick = (/** @type {string} */ id) => {
    dispatch({ type: 'pick', id });
    dispatch({ type: 'panel', panel: 'data' });
  };
  if (!canClick) return html`<p class="hint">${t('sketch.notThis')}</p><${ModelOffer} onPick=${pick} rows=${(state.catalogue?.objectives ?? []).filter((row) => isClickable(row.data?.own))} />`;
  if (!state.sketch) return null;
  return html`<div class="sketching"><p class="hint">${t(state.sketch.task === 'classification' ? 'sketch.howClasses' : 'sketch.how')}</p>
    <${Classes} sketch=${state.sketch} />
    <${Tools} sketch=${state.sketch} /></div>`;
}
