/** The column of descents. */
import { html } from 'htm/preact';
import { MAX_DESCENTS } from '../recipe.js';
import { labelsIn } from '../state.js';
import { DescentCard } from './descent-card.js';
import { Icon } from './icons.js';
import { usePage } from './page.js';

export function DescentsPanel() {
  const { state, dispatch, t } = usePage();
  const { descents } = state.recipe;
  const labels = labelsIn(state, t('optimizer.momentum'));
  return html`<aside class="descents" aria-label=${t('descents.title')}>
    <header><h2>${t('descents.title')} <span class="count">${descents.length}</span></h2>
      <button type="button" class="text-button" disabled=${descents.length >= MAX_DESCENTS} onClick=${() => dispatch({ type: 'add' })}>
        <${Icon} name="add" />${t('descents.add')}</button></header>
    <ul>${descents.map((descent, i) => html`<${DescentCard} key=${descent.key} descent=${descent} label=${labels[i]} />`)}</ul>
  </aside>`;
}
