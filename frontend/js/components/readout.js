/** The numbers of a descent as they are now. */
import { html } from 'htm/preact';
import { formatCount, formatValue } from '../format.js';
import { distanceToNearest } from '../geometry.js';
import { MOST_TOLD } from '../plane.js';
import { usePage, useRows } from './page.js';

/** More characters than this do not fit at full size. */
const LONG = 7;

/** @param {{label: string, value: string, kind?: string, title?: string}} props */
const Figure = ({ label, value, kind = '', title }) => html`<div class=${`figure ${kind}`} title=${title}>
  <dt>${label}</dt><dd class=${value.length > LONG ? 'is-long' : ''}>${value}</dd></div>`;

/** How many updates a descent has made. @param {{descent: import('../types.js').Descent}} props */
export function StepCount({ descent }) {
  const { race, t, language } = usePage();
  useRows(race);
  const row = race.rowOf(descent.key);
  return html`<span class="card-step">${t('readout.step')} ${row ? formatCount(row.step, language) : '\u2013'}</span>`;
}

/** @param {{descent: import('../types.js').Descent}} props */
export function Readout({ descent }) {
  const { race, state, t, language } = usePage();
  useRows(race);
  const row = race.rowOf(descent.key);
  const minima = state.objective?.minima ?? [];
  const hasDistance = minima.length > 0 && minima[0].theta.length <= MOST_TOLD;
  return html`<dl class="readout">
    <${Figure} label=${t('readout.loss')} value=${formatValue(row?.loss, language)} kind="main" />
    <${Figure} label=${t('readout.gradient')} title=${t('readout.gradient.title')} value=${formatValue(row?.gradNorm, language, 3)} />
    ${hasDistance && html`<${Figure} label=${t('readout.distance')} title=${t('readout.distance.title')}
      value=${formatValue(row && distanceToNearest(row.theta, minima), language, 3)} />`}
  </dl>`;
}
