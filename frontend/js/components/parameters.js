/** The constants of the objective, such as the condition number of a ravine. */
import { html } from 'htm/preact';
import { settingsOf } from '../objectives.js';
import { rangeOf } from '../scale.js';
import { NumberField } from './number-field.js';
import { Slider } from './slider.js';
import { usePage } from './page.js';

/** @param {{row: import('../types.js').ParameterRow}} props */
function Parameter({ row }) {
  const { state, dispatch, language } = usePage();
  const value = /** @type {number} */ (settingsOf(state.recipe.objective)[row.name] ?? row.default);
  const range = rangeOf(row);
  const label = row.title?.[language] ?? row.name;
  /** @param {number} next */
  const set = (next) => dispatch({ type: 'parameter', name: row.name, value: next });
  return html`<div class="parameter"><span class="name">${label}</span>
    ${range && html`<${Slider} value=${value} range=${range} label=${label} onInput=${set} />`}
    <${NumberField} value=${value} label=${label} log=${row.scale === 'log'} integer=${row.type === 'integer'} field=${`objective/${row.name}`} onCommit=${set} />
  </div>`;
}

export function Parameters() {
  const { state } = usePage();
  const { objective } = state;
  const rows = objective?.parameters ?? [];
  if (!objective || !rows.length) return null;
  return html`<div class="parameters">${rows.map((row) => html`<${Parameter} key=${`${objective.id}.${row.name}`} row=${row} />`)}</div>`;
}
