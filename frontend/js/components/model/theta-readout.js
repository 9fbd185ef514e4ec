/** What a descent has made of the parameters: the equation with its numbers, and every value by its name. */
import { html } from 'htm/preact';
import { equationParts, spoken } from '../../equation.js';
import { formatCount, formatValue } from '../../format.js';
import { MOST_TOLD } from '../../plane.js';
import { Icon } from '../icons.js';
import { usePage, useRows } from '../page.js';

const DIGITS = 4;
/** Tables of more rows than this, or beside more descents, are folded at first. */
const FEW_ROWS = 9;
const FEW_DESCENTS = 2;

/** @param {{template: string, theta: number[]}} props */
function Equation({ template, theta }) {
  const { language } = usePage();
  const parts = equationParts(template, theta, (value) => formatValue(value, language, DIGITS));
  return html`<p class="equation" aria-label=${spoken(parts)}><span aria-hidden="true">${parts.map(({ kind, text, sub, sup }, i) => (kind === 'variable'
    ? html`<span key=${i}><i>${text}</i>${sub && html`<sub>${sub}</sub>`}${sup && html`<sup>${sup}</sup>`}</span>` : html`<span key=${i}>${text}</span>`))}</span></p>`;
}

/** @param {{names: string[], theta: number[], truth: number[] | null, isOpen: boolean}} props */
function Values({ names, theta, truth, isOpen }) {
  const { t, language } = usePage();
  return html`<details class="thetas" open=${isOpen}><summary><${Icon} name="chevron" />${t('readout.values', { count: formatCount(theta.length, language) })}</summary>
    <table><thead><tr><th scope="col">${t('readout.parameter')}</th><th scope="col">${t('readout.value')}</th>${truth && html`<th scope="col" title=${t('readout.error.title')}>${t('readout.error')}</th>`}</tr></thead>
      <tbody>${names.map((name, i) => html`<tr key=${name}><th scope="row" title=${name}>${name}</th><td>${formatValue(theta[i], language, DIGITS)}</td>
        ${truth && html`<td>${formatValue(theta[i] - truth[i], language, 3)}</td>`}</tr>`)}</tbody></table></details>`;
}

/** @param {{descent: import('../../types.js').Descent}} props */
export function ThetaReadout({ descent }) {
  const { race, state, t, language } = usePage();
  useRows(race);
  const { objective, recipe } = state;
  if (objective?.kind !== 'model') return null;
  const isOneOfFew = recipe.descents.length <= FEW_DESCENTS;
  if (objective.dim > MOST_TOLD) return isOneOfFew && html`<p class="num-parameters">${t('model.parameters', { count: formatCount(objective.dim, language) })}</p>`;
  const theta = race.rowOf(descent.key)?.theta;
  if (theta?.length !== objective.dim) return null;
  const names = objective.theta_names ?? [];
  const isOpen = names.length <= FEW_ROWS && isOneOfFew;
  return html`${objective.equation && html`<${Equation} template=${objective.equation.template} theta=${theta} />`}
    <${Values} key=${objective.id} names=${names} theta=${theta} truth=${objective.truth ?? null} isOpen=${isOpen} />`;
}
