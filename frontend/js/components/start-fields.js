/** The start as numbers, for those who do not click. */
import { html } from 'htm/preact';
import { thetaNames } from '../plane.js';
import { faultsIn, startOf } from '../state.js';
import { IconButton } from './button.js';
import { NumberField } from './number-field.js';
import { usePage } from './page.js';

/** More numbers than this are no longer set by hand; the weights of a model are drawn. */
const MOST = 8;
const MOST_WEIGHTS = 3;

export function StartFields() {
  const { state, race, t } = usePage();
  const start = startOf(state);
  if (!start || start.length > (state.objective?.kind === 'model' ? MOST_WEIGHTS : MOST)) return null;
  const names = thetaNames(state.objective, start.length);
  const fault = faultsIn(state).start;
  return html`<div class=${`start ${start.length > 3 ? 'is-long' : ''}`} role="group" aria-label=${t('start.title')}>
    <span class="name">${t('start.title')}</span>
    ${start.map((value, i) => html`<label key=${i}><i>${names[i]}</i><${NumberField} value=${value} label=${t('start.field', { name: names[i] })}
      hideFault field="start" onCommit=${(/** @type {number} */ next) => race.startAt(start.map((old, at) => (at === i ? next : old)))} /></label>`)}
    <${IconButton} kind="small" icon="target" label=${t('start.reset')} disabled=${state.recipe.start === null} onClick=${() => race.startAt(null)} />
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </div>`;
}
