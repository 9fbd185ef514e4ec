/** Hidden layers as boxes: more or fewer neurons in each, more or fewer layers. */
import { html } from 'htm/preact';
import { faultsIn } from '../../state.js';
import { IconButton } from '../button.js';
import { NumberField } from '../number-field.js';
import { usePage } from '../page.js';

/** What one more layer begins with where there is none. */
const FIRST_SIZE = 8;

/** @param {{label: string, size: number, range: [number, number], field: string, onChange: (size: number) => void, onRemove: () => void}} props */
function Layer({ label, size, range: [least, most], field, onChange, onRemove }) {
  const { t } = usePage();
  const set = (/** @type {number} */ next) => onChange(Math.min(most, Math.max(least, Math.round(next))));
  return html`<div class="layer" role="group" aria-label=${label}>
    <${IconButton} kind="small" icon="add" label=${t('model.more', { layer: label })} disabled=${size >= most} onClick=${() => set(size + 1)} />
    <${NumberField} value=${size} label=${t('model.neurons', { layer: label })} integer hideFault field=${field} onCommit=${set} />
    <${IconButton} kind="small" icon="fewer" tip="down" label=${t('model.fewer', { layer: label })} disabled=${size <= least} onClick=${() => set(size - 1)} />
    <${IconButton} kind="small remove-layer" icon="remove" tip="down" label=${t('model.removeLayer', { layer: label })} onClick=${onRemove} />
  </div>`;
}

/** @param {{row: import('../../types.js').ParameterRow, value: number[], onChange: (sizes: number[]) => void, field: string}} props */
export function Sizes({ row, value, onChange, field }) {
  const { state, t } = usePage();
  const most = row.max_length ?? 1;
  const drafts = value.map((_, i) => faultsIn(state)[`${field}.${i}`]).filter(Boolean);
  return html`<div class="layers">
    <span class="layer-end">${t('model.in')}</span>
    ${value.map((size, i) => html`<span class="layer-arrow" aria-hidden="true"></span><${Layer} key=${i} label=${t('model.layer', { number: i + 1 })} size=${size} field=${`${field}.${i}`}
      range=${[row.minimum ?? 1, row.maximum ?? 64]} onChange=${(/** @type {number} */ next) => onChange(value.map((old, at) => (at === i ? next : old)))}
      onRemove=${() => onChange(value.filter((_, at) => at !== i))} />`)}
    <span class="layer-arrow" aria-hidden="true"></span>
    <span class="layer-end">${t('model.out')}</span>
    ${value.length < most && html`<${IconButton} kind="raised add-layer" icon="add" tip="down-left" label=${t('model.addLayer')}
      onClick=${() => onChange([...value, value.at(-1) ?? FIRST_SIZE])} />`}
    ${drafts.map((text, i) => html`<p class="fault" role="alert" key=${i}>${text}</p>`)}
  </div>`;
}
