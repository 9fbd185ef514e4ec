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

/** Shares of points that are told right, of those held back last. @param {Array<number | null | undefined>} shares @param {string} language */
function percents(shares, language) {
  const known = shares.flatMap((share) => (share === null || share === undefined ? [] : [100 * share]));
  // Only all of them are a hundred percent.
  const texts = known.map((share) => formatCount(share < 100 ? Math.min(99, Math.round(share)) : 100, language));
  return texts.length > 0 ? `${texts.join(' / ')}%` : '\u2013';
}

/** How many of the points are told right. @param {{fit: import('../rows.js').Fit | null}} props */
function Accuracy({ fit }) {
  const { t, language } = usePage();
  const title = t(fit?.test_accuracy === null ? 'readout.accuracy.title' : 'readout.accuracy.both');
  return html`<${Figure} label=${t('readout.accuracy')} title=${title} value=${percents([fit?.train_accuracy, fit?.test_accuracy], language)} />`;
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
