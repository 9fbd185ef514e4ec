/** Every hyperparameter of a descent but the learning rate, and what the recipe can do with its gradient. */
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { optimizerOf, valueOf } from '../state.js';
import { Hyperparameter } from './hyperparameter.js';
import { usePage } from './page.js';

/** @type {Array<{name: 'maximize' | 'zero_grad' | 'clip_grad_norm', row: any}>} */
const OPTIONS = [
  { name: 'maximize', row: { name: 'maximize', type: 'bool' } },
  { name: 'zero_grad', row: { name: 'zero_grad', type: 'bool' } },
  { name: 'clip_grad_norm', row: { name: 'clip_grad_norm', type: 'float', nullable: true, minimum: 0.01, maximum: 100, scale: 'log', example: 1 } },
];

/** @param {{descent: import('../types.js').Descent, label: string}} props */
function Label({ descent, label }) {
  const { dispatch, t } = usePage();
  // The page is drawn anew while the race runs, and what is being typed must outlive that.
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  /** @param {string} text */
  const commit = (text) => {
    setDraft(null);
    dispatch({ type: 'label', key: descent.key, label: text.trim() });
  };
  return html`<label class="hyperparameter"><span class="name">${t('card.label')}</span>
    <input class="text" value=${draft ?? descent.label ?? ''} placeholder=${label} maxlength="80" spellcheck=${false} autocomplete="off"
      onInput=${(/** @type {any} */ event) => setDraft(event.currentTarget.value)}
      onChange=${(/** @type {any} */ event) => commit(event.currentTarget.value)} /></label>`;
}

/** @param {{descent: import('../types.js').Descent, label: string}} props */
export function MoreSettings({ descent, label }) {
  const { state, dispatch, t, language } = usePage();
  const optimizer = optimizerOf(state, descent);
  const { key } = descent;
  const rows = (optimizer?.hyperparameters ?? []).filter(({ name }) => name !== 'lr');
  return html`<div class="more">
    <${Label} descent=${descent} label=${label} />
    ${rows.map((row) => html`<${Hyperparameter} key=${`${descent.optimizer}.${row.name}`} row=${row} value=${valueOf(descent, row)}
      field=${`${key}/${row.name}`}
      onChange=${(/** @type {any} */ value) => dispatch({ type: 'hyperparameter', key, name: row.name, value })} />`)}
    <h4>${t('card.gradient')}</h4>
    ${OPTIONS.filter(({ name }) => name !== 'maximize' || optimizer?.supports_maximize !== false).map(({ name, row }) => html`<${Hyperparameter} key=${name} row=${row} value=${descent[name]} field=${`${key}/${name}`}
      onChange=${(/** @type {any} */ value) => dispatch({ type: 'option', key, name, value })} />`)}
    ${optimizer?.note && html`<p class="note">${optimizer.note[language]}</p>`}
    ${optimizer && html`<p class="source">${optimizer.title[language]} · ${optimizer.source}</p>`}
  </div>`;
}
