/** The control of one parameter of a model or of its data, built from its row. */
import { html } from 'htm/preact';
import { rangeOf } from '../../scale.js';
import { faultsIn } from '../../state.js';
import { Switch } from '../hyperparameter.js';
import { NumberField } from '../number-field.js';
import { Segments } from '../segments.js';
import { Slider } from '../slider.js';
import { Sizes } from './sizes.js';
import { usePage } from '../page.js';

/**
 * @typedef {import('../../types.js').ParameterRow} Row
 * @typedef {{row: Row, value: any, label: string, field: string, onChange: (value: any) => void}} Props
 */

/** Choices with fewer letters than this stand side by side. */
const FEW_LETTERS = 26;

/** @param {Props} props */
function Numeric({ row, value, label, field, onChange }) {
  const range = rangeOf(row);
  const isInteger = row.type === 'integer';
  return html`<span class="numeric">
    ${range && html`<${Slider} value=${value} range=${range} label=${label} onInput=${onChange} />`}
    <${NumberField} value=${value} label=${label} field=${field} log=${row.scale === 'log'} integer=${isInteger} onCommit=${onChange} /></span>`;
}

/** @param {Props} props */
function Choice({ row, value, label, onChange }) {
  const { language } = usePage();
  const choices = (row.choices ?? []).map(({ id, title }) => ({ id, title: title[language] }));
  if (choices.map(({ title }) => title).join('').length < FEW_LETTERS) return html`<${Segments} label=${label} value=${value} choices=${choices} onChange=${onChange} />`;
  return html`<select class="select" aria-label=${label} value=${value} onChange=${(/** @type {any} */ event) => onChange(event.currentTarget.value)}>
    ${choices.map(({ id, title }) => html`<option key=${id} value=${id} selected=${id === value}>${title}</option>`)}</select>`;
}

/** At least one of them is always there. @param {Props} props */
function Choices({ row, value, label, onChange }) {
  const { language } = usePage();
  const ids = (row.choices ?? []).map(({ id }) => id);
  /** @param {string} id */
  const toggle = (id) => onChange(ids.filter((other) => (other === id ? !value.includes(id) : value.includes(other))));
  return html`<span class="toggles" role="group" aria-label=${label}>${(row.choices ?? []).map(({ id, title }) => html`<button type="button" class="toggle" key=${id}
    aria-pressed=${value.includes(id)} disabled=${value.length === 1 && value[0] === id} onClick=${() => toggle(id)}>${title[language]}</button>`)}</span>`;
}

/** @type {Record<string, any>} */
const CONTROLS = { number: Numeric, integer: Numeric, choice: Choice, choices: Choices, sizes: Sizes };

/** @param {{row: Row, value: any, field: string, onChange: (value: any) => void}} props */
export function Setting({ row, value, field, onChange }) {
  const { state, language } = usePage();
  const label = row.title?.[language] ?? row.name;
  const fault = faultsIn(state)[field];
  const isNumeric = row.type === 'number' || row.type === 'integer' || row.type === undefined;
  if (row.type === 'boolean') {
    return html`<div class="setting is-switch"><span class="name">${label}</span><${Switch} checked=${value === true} label=${label} onChange=${onChange} /></div>`;
  }
  const Control = CONTROLS[row.type ?? 'number'] ?? Numeric;
  return html`<div class=${`setting is-${row.type}`}><span class="name">${label}</span><${Control} row=${row} value=${value} label=${label} field=${field} onChange=${onChange} />
    ${!isNumeric && fault && html`<p class="fault" role="alert">${fault}</p>`}</div>`;
}
