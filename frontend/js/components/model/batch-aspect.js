/** How many points a step sees. */
import { html } from 'htm/preact';
import { formatCount } from '../../format.js';
import { batchOf } from '../../model.js';
import { NumberField } from '../number-field.js';
import { Slider } from '../slider.js';
import { Aspect } from './aspect.js';
import { usePage } from '../page.js';

export function BatchAspect() {
  const { state, dispatch, t, language } = usePage();
  const { objective } = state;
  if (!objective?.data) return null;
  const most = objective.batch?.maximum ?? objective.data.num_train;
  const size = Math.min(batchOf(state) ?? most, most);
  const isAll = size >= most;
  const set = (/** @type {number} */ next) => dispatch({ type: 'model', change: { batch_size: Math.round(Math.max(1, Math.min(next, most))) } });
  const values = { count: formatCount(size, language), total: formatCount(most, language) };
  const text = t(isAll ? 'batch.all' : 'batch.some', values);
  const range = { minimum: 1, maximum: most, log: most > 100, integer: true };
  return html`<${Aspect} name="batch" title=${t('aspect.batch')} value=${text} hasFault=${Boolean(state.faults['model/batch_size'])}>
    ${objective.batch ? html`<div class="setting"><span class="name">${t('batch.size')}</span><span class="numeric">
        <${Slider} value=${size} range=${range} label=${t('batch.size')} text=${text} onInput=${set} />
        <${NumberField} value=${size} label=${t('batch.size')} integer name="batch" field="model/batch_size" onCommit=${set} /></span></div>
      <div class="row"><p class="hint">${isAll ? t('batch.allHint') : t('batch.epoch', { count: formatCount(Math.ceil(most / size), language) })}</p>
        <button type="button" class="text-button" disabled=${isAll} onClick=${() => set(most)}>${t('batch.useAll')}</button></div>`
      : html`<p class="hint">${t('batch.fixed')}</p>`}
  <//>`;
}
