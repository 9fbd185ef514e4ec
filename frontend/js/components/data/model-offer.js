/** Models that can do what the one on show cannot. */
import { html } from 'htm/preact';
import { usePage } from '../page.js';

/** @param {{rows: import('../../types.js').Objective[]}} props */
export function ModelOffer({ rows }) {
  const { dispatch, t, language } = usePage();
  if (rows.length === 0) return null;
  return html`<div class="offer" role="group" aria-label=${t('data.otherModels')}>
    ${rows.map((row) => html`<button type="button" class="text-button" key=${row.id} data-id=${row.id} onClick=${() => {
      dispatch({ type: 'pick', id: row.id });
      dispatch({ type: 'panel', panel: 'data' });
    }}>${row.title[language]}</button>`)}</div>`;
}
