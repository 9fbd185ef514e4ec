/** Which objective is on show: its name, its formula and what it teaches. */
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { faultsIn } from '../state.js';
import { IconButton } from './button.js';
import { isOwn } from './data/data-aspect.js';
import { Domain, isFolded } from './domain.js';
import { Formula } from './formula.js';
import { FormulaField } from './formula-field.js';
import { Icon } from './icons.js';
import { Aspects } from './model/aspects.js';
import { Parameters } from './parameters.js';
import { ObjectivePicker } from './objective-picker.js';
import { usePage } from './page.js';

/** @param {{onEdit: () => void}} props */
function Expression({ onEdit }) {
  const { state, t } = usePage();
  const { objective } = state;
  if (!objective) return null;
  if (objective.kind !== 'formula') return html`<p class="latex"><${Formula} latex=${objective.latex} /></p>`;
  return html`<button type="button" class="latex is-editable" aria-label=${t('formula.edit')} onClick=${onEdit}><${Formula} latex=${objective.latex} /><${Icon} name="pencil" /></button>`;
}

export function ObjectivePanel() {
  const { state, dispatch, intake, t, language } = usePage();
  const [open, setOpen] = useState(/** @type {'picker' | 'field' | null} */ (null));
  const { objective } = state;
  const fault = faultsIn(state).objective;
  const close = () => setOpen(null);
  /** Each of them stands where an open part of the objective would. @param {'picker' | 'field'} what */
  const show = (what) => {
    dispatch({ type: 'panel', panel: null });
    setOpen(what);
  };
  const edit = () => show('field');
  const title = !objective ? t('objective.loading') : objective.kind === 'formula' ? t('formula.title') : objective.title[language];
  return html`<div class="objective">
    <div class="objective-head"><h1><button type="button" class="objective-name" aria-haspopup="dialog" aria-expanded=${open === 'picker'} aria-keyshortcuts="O"
      onClick=${() => (open === 'picker' ? close() : show('picker'))}>${title}<${Icon} name="chevron" /></button></h1>
      <${IconButton} kind="formula-open" icon="formula" tip="down" label=${t('formula.title')} shortcut="F" expanded=${open === 'field'} onClick=${() => (open === 'field' ? close() : edit())} /></div>
    ${open === 'picker' && html`<${ObjectivePicker} onPick=${intake.pick} onFormula=${edit} onClose=${close} />`}
    ${open === 'field' && html`<${FormulaField} onClose=${close} />`}
    <${Expression} onEdit=${edit} />
    ${/* What a note says holds of the data that it was written for. */ objective?.note && !isOwn(state) && html`<p class="note">${objective.note[language]}</p>`}
    ${objective?.kind !== 'model' && html`<${Parameters} />`}
    <${Aspects} />
    ${!isFolded(objective) && html`<${Domain} />`}
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </div>`;
}
