/** A descent: what it is, how it does, and what can be turned. */
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { formatCount } from '../format.js';
import { rangeOf } from '../scale.js';
import { faultsIn, optimizerOf, valueOf } from '../state.js';
import { CardTitle } from './card-title.js';
import { MoreSettings } from './more-settings.js';
import { NumberField } from './number-field.js';
import { ThetaReadout } from './model/theta-readout.js';
import { Readout } from './readout.js';
import { Slider } from './slider.js';
import { usePage } from './page.js';

/** @typedef {import('../types.js').Descent} Descent */

/** Until the catalogue is there. */
const LR = { minimum: 1e-6, maximum: 10, scale: 'log' };

/** @param {{descent: Descent}} props */
function Outcome({ descent }) {
  const { state, t, language } = usePage();
  const outcome = state.run?.descents[state.run.keys.indexOf(descent.key)];
  if (outcome?.state !== 'diverged') return null;
  return html`<p class="outcome"><strong>${t('card.diverged', { step: formatCount(outcome.num_steps_done, language) })}</strong>
    ${' '}<span lang="en">${outcome.reason}</span></p>`;
}

/** @param {{descent: Descent}} props */
function LearningRate({ descent }) {
  const { state, dispatch } = usePage();
  const optimizer = optimizerOf(state, descent);
  const row = optimizer?.hyperparameters.find(({ name }) => name === 'lr');
  if (optimizer && !row) return null;
  const value = row ? valueOf(descent, row) : descent.hyperparameters.lr;
  const number = typeof value === 'number' ? value : null;
  const range = rangeOf(row ?? LR);
  /** @param {number} next */
  const set = (next) => dispatch({ type: 'hyperparameter', key: descent.key, name: 'lr', value: next });
  return html`<div class="dial"><span class="name" aria-hidden="true">lr</span>
    ${range && html`<${Slider} value=${number ?? range.minimum} range=${range} label="lr" onInput=${set} />`}
    <${NumberField} value=${number} label="lr" log name="lr" hideFault field=${`${descent.key}/lr`} onCommit=${set} />
  </div>`;
}

/** Faults of fields that the card always shows, or that name no field, stand on the card itself. */
const ON_CARD = /\/(lr|optimizer|label)?$/;

/** @param {{descent: Descent, label: string}} props */
export function DescentCard({ descent, label }) {
  const { state, dispatch } = usePage();
  const { key } = descent;
  const [wantsMore, setWantsMore] = useState(false);
  const faults = Object.entries(faultsIn(state)).filter(([field]) => field.startsWith(`${key}/`));
  const onCard = faults.filter(([field]) => ON_CARD.test(field));
  const isOpen = wantsMore || faults.length > onCard.length;
  return html`<li class=${`card ${descent.visible ? '' : 'is-hidden'}`} data-key=${key} aria-label=${label}
    onMouseEnter=${() => dispatch({ type: 'select', key })} onMouseLeave=${() => dispatch({ type: 'select', key: null })}>
    <${CardTitle} descent=${descent} label=${label} isOpen=${isOpen} onToggle=${() => setWantsMore(!isOpen)} />
    <${Readout} descent=${descent} />
    <${ThetaReadout} descent=${descent} />
    <${Outcome} descent=${descent} />
    <${LearningRate} descent=${descent} />
    ${onCard.map(([field, text]) => text && html`<p key=${field} class="fault" role="alert">${text}</p>`)}
    ${isOpen && html`<${MoreSettings} descent=${descent} label=${label} />`}
  </li>`;
}
