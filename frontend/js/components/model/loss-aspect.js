/** What is minimized: the loss, and what is added to keep the weights small. */
import { html } from 'htm/preact';
import { lossOf, rowsOf, shortTitle, titleOf, valuesOf } from '../../model.js';
import { Aspect } from './aspect.js';
import { Settings } from './settings.js';
import { usePage } from '../page.js';

/** The penalty that is added, in a word; null where there is none. @param {import('../../types.js').State} state @param {import('../../types.js').Language} language */
function penaltyOf(state, language) {
  const values = valuesOf(state);
  const row = rowsOf(state.objective, 'regularization', values).find(({ type }) => type === 'choice');
  return row && values[row.name] !== row.choices?.[0].id ? titleOf(row.choices, values[row.name], language) : null;
}

export function LossAspect() {
  const { state, dispatch, t, language } = usePage();
  const { objective } = state;
  if (!objective?.losses) return null;
  const id = lossOf(state);
  const penalty = penaltyOf(state, language);
  const title = titleOf(objective.losses, id, language);
  /** @param {string} name */
  const withPenalty = (name) => (penalty ? `${name} + ${penalty}` : name);
  return html`<${Aspect} name="loss" title=${t('aspect.loss')} value=${withPenalty(shortTitle(id, title, t))} text=${withPenalty(title)} hasFault=${Boolean(state.faults['model/loss'])}>
    <div class="options-list" role="radiogroup" aria-label=${t('aspect.loss')}>
      ${objective.losses.map((loss) => html`<label class="option-row" key=${loss.id}><input type="radio" class="radio" name="loss" checked=${loss.id === id}
        onChange=${() => dispatch({ type: 'model', change: { loss: loss.id } })} /><span>${loss.title[language]}</span></label>`)}
    </div>
    ${state.faults['model/loss'] && html`<p class="fault" role="alert">${state.faults['model/loss']}</p>`}
    <${Settings} group="regularization" />
  <//>`;
}
