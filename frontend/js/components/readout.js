/** The numbers of a descent as they are now. */
import { html } from 'htm/preact';
import { formatCount, formatValue } from '../format.js';
import { distanceToNearest } from '../geometry.js';
import { MOST_TOLD } from '../plane.js';
import { usePage, useRows } from './page.js';

/** More characters than this do not fit at full size. */
const LONG = 7;

/** @param {{label: string, value: string, kind?: string, title?: string, small?: string}} props */
const Figure = ({ label, value, kind = '', title, small }) => html`<div class=${`figure ${kind}`} title=${title}>
  <dt>${label}${small && html` <small>${small}</small>`}</dt><dd class=${value.length > LONG ? 'is-long' : ''}>${value}</dd></div>`;

/** How many updates a descent has made. @param {{descent: import('../types.js').Descent}} props */
export function StepCount({ descent }) {
  const { race, t, language } = usePage();
  useRows(race);
  const row = race.rowOf(descent.key);
  return html`<span class="card-step">${t('readout.step')} ${row ? formatCount(row.step, language) : '\u2013'}</span>`;
}

/** A share as percent. @param {number} share @param {string} language */
const percent = (share, language) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);

/** How many of the points are told right. @param {{fit: import('../rows.js').Fit | null}} props */
function Accuracy({ fit }) {
  const { t, language } = usePage();
  const [train, test] = [fit?.train_accuracy ?? null, fit?.test_accuracy ?? null];
  const small = test === null ? '' : t('readout.testAccuracy', { percent: percent(test, language) });
  return html`<${Figure} label=${t('readout.accuracy')} title=${t('readout.accuracy.title')} value=${train === null ? '\u2013' : percent(train, language)} small=${small} />`;
}

/** @param {{row: import('../history.js').Row | null}} props */
function Gradient({ row }) {
  const { t, language } = usePage();
  return html`<${Figure} label=${t('readout.gradient')} title=${t('readout.gradient.title')} value=${formatValue(row?.gradNorm, language, 3)} />`;
}

/** @param {{descent: import('../types.js').Descent}} props */
export function Readout({ descent }) {
  const { race, state, t, language } = usePage();
  useRows(race);
  const row = race.rowOf(descent.key);
  const { objective } = state;
  const minima = objective?.minima ?? [];
  const isClassification = objective?.data?.task === 'classification';
  const hasDistance = !isClassification && minima.length > 0 && minima[0].theta.length <= MOST_TOLD;
  const hasTest = objective?.extra_columns?.includes('test_loss');
  return html`<dl class="readout">
    <${Figure} label=${t('readout.loss')} value=${formatValue(row?.extras?.train_loss ?? row?.loss, language)} kind="main" />
    ${hasTest ? html`<${Figure} label=${t('readout.test')} title=${t('readout.test.title')} value=${formatValue(row?.extras?.test_loss, language, 3)} />` : html`<${Gradient} row=${row} />`}
    ${hasDistance ? html`<${Figure} label=${t('readout.distance')} title=${t('readout.distance.title')}
      value=${formatValue(row && distanceToNearest(row.theta, minima), language, 3)} />`
      : isClassification ? html`<${Accuracy} fit=${race.fitOf(descent.key)} />` : hasTest && html`<${Gradient} row=${row} />`}
  </dl>`;
}
