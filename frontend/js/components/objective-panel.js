/** Which objective is on show: its name, formula, constants and what it teaches. */
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { rangeOf } from '../scale.js';
import { Formula } from './formula.js';
import { Icon } from './icons.js';
import { NumberField } from './number-field.js';
import { ObjectivePicker } from './objective-picker.js';
import { Slider } from './slider.js';
import { usePage } from './page.js';

/** @param {{row: import('../types.js').ParameterRow}} props */
function Parameter({ row }) {
  const { state, dispatch, language } = usePage();
  const value = state.recipe.objective.parameters[row.name] ?? row.default;
  const range = rangeOf(row);
  const label = row.title?.[language] ?? row.name;
  /** @param {number} next */
  const set = (next) => dispatch({ type: 'parameter', name: row.name, value: next });
  return html`<div class="parameter"><span class="name">${label}</span>
    ${range && html`<${Slider} value=${value} range=${range} label=${label} onInput=${set} />`}
    <${NumberField} value=${value} label=${label} log=${row.scale === 'log'} fault=${state.faults[`objective/${row.name}`]} onCommit=${set} />
  </div>`;
}

export function ObjectivePanel() {
  const { state, dispatch, t, language } = usePage();
  const [isOpen, setIsOpen] = useState(false);
  const { objective } = state;
  const fault = state.faults.objective;
  return html`<div class="objective">
    <h1><button type="button" class="objective-name" aria-haspopup="dialog" aria-expanded=${isOpen} aria-keyshortcuts="O"
      data-shortcut="objective" onClick=${() => setIsOpen(!isOpen)}>
      ${objective ? objective.title[language] : t('objective.loading')}<${Icon} name="chevron" /></button></h1>
    ${isOpen && html`<${ObjectivePicker} onPick=${(/** @type {string} */ id) => dispatch({ type: 'pick', id })} onClose=${() => setIsOpen(false)} />`}
    ${objective && html`<p class="latex"><${Formula} latex=${objective.latex} /></p>`}
    ${objective?.note && html`<p class="note">${objective.note[language]}</p>`}
    ${objective?.parameters?.map((row) => html`<${Parameter} key=${`${objective.id}.${row.name}`} row=${row} />`)}
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </div>`;
}
