/** The model itself: its layers, activation, features or degree. */
import { html } from 'htm/preact';
import { formatCount } from '../../format.js';
import { rowsOf, shortValue, tellingRows, valuesOf } from '../../model.js';
import { Aspect } from './aspect.js';
import { Settings } from './settings.js';
import { usePage } from '../page.js';

export function NetAspect() {
  const { state, t, language } = usePage();
  const { objective } = state;
  const values = valuesOf(state);
  const rows = rowsOf(objective, 'net', values);
  if (!objective || rows.length === 0) return null;
  const text = tellingRows(rows, values).map((row) => shortValue(row, values[row.name], language, t)).filter(Boolean).join(' \u00b7 ');
  const hasFault = rows.some(({ name }) => state.faults[`objective/${name}`]);
  return html`<${Aspect} name="net" title=${t('aspect.net')} value=${text} hasFault=${hasFault}>
    <${Settings} group="net" />
    <p class="hint">${t('model.parameters', { count: formatCount(objective.dim, language) })}</p>
  <//>`;
}
