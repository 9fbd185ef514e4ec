/** Models that can do what the one on show cannot. */
import { html } from 'htm/preact';
import { usePage } from '../page.js';

/** @param {{rows: import('../../types.js').Objective[], onPick: (id: string) => void}} props */
export function ModelOffer({ rows, onPick }) {
  const { t, language } = usePage();
  if (rows.length === 0) return null;
  return html`<div class="offer" role="group" aria-label=${t('data.otherModels')}>
    ${rows.map((row) => html`<button type="button" class="text-button" key=${row.id} data-id=${row.id} onClick=${() => onPick(row.id)}>${row.title[language]}</button>`)}</div>`;
}
