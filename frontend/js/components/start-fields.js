/** The start as numbers, for those who do not click. */
import { html } from 'htm/preact';
import { faultsIn, startOf } from '../state.js';
import { IconButton } from './button.js';
import { NumberField } from './number-field.js';
import { usePage } from './page.js';

const NAMES = ['x', 'y', 'z'];

export function StartFields() {
  const { state, race, t } = usePage();
  const start = startOf(state);
  if (!start || start.length > NAMES.length) return null;
  const fault = faultsIn(state).start;
  return html`<div class="start" role="group" aria-label=${t('start.title')}>
    <span class="name">${t('start.title')}</span>
    ${start.map((value, i) => html`<label key=${i}><i>${NAMES[i]}</i><${NumberField} value=${value} label=${t('start.field', { name: NAMES[i] })}
      hideFault field="start" onCommit=${(/** @type {number} */ next) => race.startAt(start.map((old, at) => (at === i ? next : old)))} /></label>`)}
    <${IconButton} kind="small" icon="target" label=${t('start.reset')} disabled=${state.recipe.start === null} onClick=${() => race.startAt(null)} />
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </div>`;
}
