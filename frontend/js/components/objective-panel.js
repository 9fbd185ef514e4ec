/** Which objective is on show: its name, its formula and what it teaches. */
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { Formula } from './formula.js';
import { Icon } from './icons.js';
import { Parameters } from './parameters.js';
import { ObjectivePicker } from './objective-picker.js';
import { usePage } from './page.js';

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
    <${Parameters} />
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </div>`;
}
