/** How many of the points are held back, to see whether the model has learnt more than those it was shown. */
import { html } from 'htm/preact';
import { formatCount } from '../../format.js';
import { NumberField } from '../number-field.js';
import { usePage } from '../page.js';
import { Slider } from '../slider.js';

const RANGE = { minimum: 0, maximum: 90, log: false, integer: true };

export function TestFraction() {
  const { state, dispatch, t, language } = usePage();
  const { recipe: { objective }, objective: row } = state;
  if (objective.kind !== 'model' || !row?.data) return null;
  const percent = Math.round(100 * (objective.data?.test_fraction ?? row.data.test_fraction));
  const set = (/** @type {number} */ next) => dispatch({ type: 'data', data: { test_fraction: Math.min(90, Math.max(0, next)) / 100 } });
  const label = t('data.test');
  return html`<div class="setting"><span class="name">${label}</span><span class="numeric">
    <${Slider} value=${percent} range=${RANGE} label=${label} text=${t('data.testText', { percent, count: formatCount(row.data.num_test, language) })} onInput=${set} />
    <${NumberField} value=${percent} label=${label} integer field="data/test_fraction" onCommit=${set} /></span></div>`;
}
