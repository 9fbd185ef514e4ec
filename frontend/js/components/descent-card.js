/** A descent: what it is called, how it does, and what can be turned. */
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { MAX_DESCENTS } from '../recipe.js';
import { rangeOf } from '../scale.js';
import { optimizerOf, valueOf } from '../state.js';
import { IconButton } from './button.js';
import { MoreSettings } from './more-settings.js';
import { NumberField } from './number-field.js';
import { Readout, StepCount } from './readout.js';
import { Slider } from './slider.js';
import { Swatch } from './swatch.js';
import { usePage } from './page.js';

/**
 * @typedef {import('../types.js').Descent} Descent
 * @typedef {import('../types.js').Value} Value
 */

/** @param {{descent: Descent, label: string}} props */
function Title({ descent, label }) {
  const { state, dispatch, t } = usePage();
  const { key } = descent;
  return html`<div class="card-title">
    <${Swatch} slot=${descent.slot} />
    <input class="label" value=${label} aria-label=${t('card.label')} maxlength="80" spellcheck=${false}
      onChange=${(/** @type {any} */ event) => dispatch({ type: 'label', key, label: event.currentTarget.value.trim() })}
      onKeyDown=${(/** @type {any} */ event) => event.key === 'Enter' && event.currentTarget.blur()} />
    <${StepCount} descent=${descent} />
    <div class="card-actions">
      <${IconButton} kind="small" icon=${descent.visible ? 'eye' : 'hidden'} pressed=${!descent.visible} tip="down"
        label=${t(descent.visible ? 'card.hide' : 'card.show', { label })} onClick=${() => dispatch({ type: 'visible', key })} />
      <${IconButton} kind="small" icon="copy" tip="down" label=${t('card.duplicate', { label })}
        disabled=${state.recipe.descents.length >= MAX_DESCENTS} onClick=${() => dispatch({ type: 'duplicate', key })} />
      <${IconButton} kind="small" icon="remove" tip="down" label=${t('card.remove', { label })}
        disabled=${state.recipe.descents.length <= 1} onClick=${() => dispatch({ type: 'remove', key })} />
    </div>
  </div>`;
}

/** @param {{descent: Descent}} props */
function Outcome({ descent }) {
  const { state, t, language } = usePage();
  const index = state.run?.keys.indexOf(descent.key) ?? -1;
  const outcome = state.run?.descents[index];
  if (outcome?.state !== 'diverged') return null;
  return html`<p class="outcome"><strong>${t('card.diverged', { step: outcome.num_steps_done.toLocaleString(language) })}</strong>
    ${' '}<span lang="en">${outcome.reason}</span></p>`;
}

/** @param {{descent: Descent}} props */
function OptimizerSelect({ descent }) {
  const { state, dispatch, t } = usePage();
  const ids = state.catalogue?.optimizers.map((row) => row.id) ?? [descent.optimizer];
  const fault = state.faults[`${descent.key}/optimizer`];
  return html`<select class="select" aria-label=${t('card.optimizer')} value=${descent.optimizer} aria-invalid=${fault ? 'true' : undefined}
    onChange=${(/** @type {any} */ event) => dispatch({ type: 'optimizer', key: descent.key, optimizer: event.currentTarget.value })}>
    ${!ids.includes(descent.optimizer) && html`<option value=${descent.optimizer}>${descent.optimizer}</option>`}
    ${ids.map((id) => html`<option key=${id} value=${id}>${id}</option>`)}
  </select>`;
}

const LR = { minimum: 1e-6, maximum: 10, scale: 'log' };

/** @param {{descent: Descent, isOpen: boolean, onToggle: () => void}} props */
function Dials({ descent, isOpen, onToggle }) {
  const { state, dispatch, t } = usePage();
  const row = optimizerOf(state, descent)?.hyperparameters.find(({ name }) => name === 'lr');
  const value = row ? valueOf(descent, row) : descent.hyperparameters.lr;
  const range = rangeOf(row ?? LR);
  /** @param {number} next */
  const set = (next) => dispatch({ type: 'hyperparameter', key: descent.key, name: 'lr', value: next });
  return html`<div class="dials">
    <${OptimizerSelect} descent=${descent} />
    ${range && typeof value === 'number' && html`<${Slider} value=${value} range=${range} label="lr" onInput=${set} />`}
    <label class="lr"><span>lr</span><${NumberField} value=${typeof value === 'number' ? value : null} label="lr" log name="lr" hideFault
      fault=${state.faults[`${descent.key}/lr`]} onCommit=${set} /></label>
    <${IconButton} kind=${`small chevron ${isOpen ? 'open' : ''}`} icon="chevron" tip="down" expanded=${isOpen}
      label=${t(isOpen ? 'card.less' : 'card.more')} onClick=${onToggle} />
  </div>`;
}

/** @param {{descent: Descent, label: string}} props */
export function DescentCard({ descent, label }) {
  const { state, dispatch } = usePage();
  const [wantsMore, setWantsMore] = useState(false);
  const faults = Object.entries(state.faults).filter(([field]) => field.startsWith(`${descent.key}/`));
  const isOpen = wantsMore || faults.some(([field]) => !/\/(lr|optimizer)?$/.test(field));
  const stated = faults.filter(([field]) => /\/(lr|optimizer)?$/.test(field));
  return html`<li class=${`card ${descent.visible ? '' : 'is-hidden'}`} data-key=${descent.key}
    onMouseEnter=${() => dispatch({ type: 'select', key: descent.key })} onMouseLeave=${() => dispatch({ type: 'select', key: null })}>
    <${Title} descent=${descent} label=${label} />
    <${Readout} descent=${descent} />
    <${Outcome} descent=${descent} />
    <${Dials} descent=${descent} isOpen=${isOpen} onToggle=${() => setWantsMore(!isOpen)} />
    ${stated.map(([field, text]) => html`<p key=${field} class="fault" role="alert">${text}</p>`)}
    ${isOpen && html`<${MoreSettings} descent=${descent} />`}
  </li>`;
}
