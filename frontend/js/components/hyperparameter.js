/** The control of one hyperparameter, built from its row of the catalogue. */
import { html } from 'htm/preact';
import { rangeOf } from '../scale.js';
import { NumberField } from './number-field.js';
import { Slider } from './slider.js';
import { usePage } from './page.js';

/**
 * @typedef {import('../types.js').HyperparameterRow} Row
 * @typedef {import('../types.js').Value} Value
 * @typedef {{row: Row, value: Value, onChange: (value: Value) => void, field: string}} Props
 */

/** @param {Row} row @param {number} index */
const partOf = (row, index) => ({
  ...row,
  minimum: /** @type {any} */ (row.minimum)?.[index] ?? null,
  maximum: /** @type {any} */ (row.maximum)?.[index] ?? null,
});

/** @param {{checked: boolean, label: string, onChange: (checked: boolean) => void}} props */
export function Switch({ checked, label, onChange }) {
  return html`<input type="checkbox" role="switch" class="switch" checked=${checked} aria-label=${label} aria-checked=${checked}
    onChange=${(/** @type {any} */ event) => onChange(event.currentTarget.checked)} />`;
}

/** @param {Props} props */
function Pair({ row, value, onChange, field }) {
  const pair = Array.isArray(value) ? value : [null, null];
  return html`<span class="pair">${[0, 1].map((i) => html`<${NumberField} key=${i} value=${pair[i]} hideFault=${i === 0} field=${field}
    label=${`${row.name} ${i + 1}`} log=${partOf(row, i).scale === 'log'} placeholder=${i === 0 && row.nullable ? 'None' : ''}
    onCommit=${(/** @type {number} */ next) => onChange(pair.map((old, at) => (at === i ? next : old)))} />`)}</span>`;
}

/** @param {Props} props */
function Choice({ row, value, onChange }) {
  const none = '\u0000';
  return html`<select class="select" aria-label=${row.name} value=${value ?? none}
    onChange=${(/** @type {any} */ { currentTarget }) => onChange(currentTarget.value === none ? null : currentTarget.value)}>
    ${row.nullable && html`<option value=${none}>None</option>`}
    ${(row.choices ?? []).map((choice) => html`<option key=${choice} value=${choice}>${choice}</option>`)}
  </select>`;
}

/** @param {Props} props */
function Numeric({ row, value, onChange, field }) {
  const { t } = usePage();
  const range = rangeOf(row);
  const number = typeof value === 'number' ? value : null;
  return html`<span class="numeric">
    ${row.nullable && html`<${Switch} checked=${number !== null} label=${t('field.use', { name: row.name })}
      onChange=${(/** @type {boolean} */ used) => onChange(used ? /** @type {any} */ (row).example ?? range?.minimum ?? 0 : null)} />`}
    ${range && number !== null && html`<${Slider} value=${number} range=${range} label=${row.name} onInput=${onChange} />`}
    <${NumberField} value=${number} label=${row.name} field=${field} log=${row.scale === 'log'} integer=${row.type === 'int'}
      placeholder="None" disabled=${row.nullable && number === null} onCommit=${onChange} />
  </span>`;
}

/** @param {Props} props */
export function Hyperparameter(props) {
  const { row, value, onChange, field } = props;
  const { state } = usePage();
  const fault = state.faults[field];
  const label = row.name;
  if (row.type === 'bool') {
    return html`<div class="hyperparameter is-switch"><span class="name">${label}</span>
      <${Switch} checked=${value === true} label=${label} onChange=${onChange} /></div>`;
  }
  const Control = row.type === 'choice' ? Choice : row.type === 'pair' ? Pair : Numeric;
  return html`<div class="hyperparameter"><span class="name">${label}</span><${Control} ...${props} />
    ${row.type === 'choice' && fault && html`<span class="fault" role="alert">${fault}</span>`}</div>`;
}
