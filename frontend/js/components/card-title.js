/** The head of a card: sign, name (which opens the list of optimizers), and what can be done with the whole descent. */
import { html } from 'htm/preact';
import { MAX_DESCENTS } from '../recipe.js';
import { IconButton } from './button.js';
import { Icon } from './icons.js';
import { StepCount } from './readout.js';
import { Swatch } from './swatch.js';
import { usePage } from './page.js';

/** @typedef {import('../types.js').Descent} Descent */

/** @param {{descent: Descent, label: string}} props */
function OptimizerSelect({ descent, label }) {
  const { state, dispatch, t } = usePage();
  const { key, optimizer } = descent;
  const known = state.catalogue?.optimizers.map((row) => row.id) ?? [];
  const ids = known.includes(optimizer) ? known : [optimizer, ...known];
  const fault = state.faults[`${key}/optimizer`];
  return html`<span class="optimizer"><span class="label">${label}</span><${Icon} name="chevron" />
    <select aria-label=${`${t('card.optimizer')}: ${label}`} value=${optimizer} aria-invalid=${fault ? 'true' : undefined}
      onChange=${(/** @type {any} */ event) => dispatch({ type: 'optimizer', key, optimizer: event.currentTarget.value })}>
      ${ids.map((id) => html`<option key=${id} value=${id}>${id}</option>`)}
    </select></span>`;
}

/** @param {{descent: Descent, label: string, isOpen: boolean, onToggle: () => void}} props */
export function CardTitle({ descent, label, isOpen, onToggle }) {
  const { state, dispatch, t } = usePage();
  const { key, visible } = descent;
  const { length } = state.recipe.descents;
  return html`<div class="card-title">
    <${Swatch} slot=${descent.slot} />
    <${OptimizerSelect} descent=${descent} label=${label} />
    <${StepCount} descent=${descent} />
    <div class="card-actions">
      <${IconButton} kind="small" icon=${visible ? 'eye' : 'hidden'} pressed=${!visible} tip="down"
        label=${t(visible ? 'card.hide' : 'card.show', { label })} onClick=${() => dispatch({ type: 'visible', key })} />
      <${IconButton} kind="small" icon="copy" tip="down" label=${t('card.duplicate', { label })}
        disabled=${length >= MAX_DESCENTS} onClick=${() => dispatch({ type: 'duplicate', key })} />
      <${IconButton} kind="small" icon="remove" tip="down-left" label=${t('card.remove', { label })}
        disabled=${length <= 1} onClick=${() => dispatch({ type: 'remove', key })} />
    </div>
    <${IconButton} kind="small tune" icon="tune" tip="down-left" expanded=${isOpen} label=${t(isOpen ? 'card.less' : 'card.more')} onClick=${onToggle} />
  </div>`;
}
