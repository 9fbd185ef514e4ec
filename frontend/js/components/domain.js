/** The box in which a formula is looked at: two numbers for each variable. */
import { html } from 'htm/preact';
import { editableText } from '../format.js';
import { thetaNames } from '../plane.js';
import { faultsIn } from '../state.js';
import { Aspect } from './model/aspect.js';
import { NumberField } from './number-field.js';
import { usePage } from './page.js';

/** Fields of more variables than this would cover the landscape. */
const MOST_UNFOLDED = 3;

/** Whether the domain stands behind a chip. @param {import('../types.js').Objective | null} objective */
export const isFolded = (objective) => objective?.kind === 'formula' && objective.dim > MOST_UNFOLDED;

/** The chip: the span of all the variables; its open part: the fields. */
export function DomainAspect() {
  const { state, t } = usePage();
  const { objective, recipe } = state;
  if (!objective || !isFolded(objective) || recipe.objective.kind !== 'formula') return null;
  const ends = (recipe.objective.domain ?? objective.domain).flat();
  const [least, most] = [Math.min(...ends), Math.max(...ends)].map((value) => editableText(value).replace('-', '\u2212'));
  return html`<${Aspect} name="domain" title=${t('domain.title')} value=${`${least} \u2026 ${most}`} hasFault=${Boolean(faultsIn(state)['objective/domain'])}>
    <${Domain} />
  <//>`;
}

export function Domain() {
  const { state, dispatch, t } = usePage();
  const { objective, recipe } = state;
  if (objective?.kind !== 'formula' || recipe.objective.kind !== 'formula') return null;
  const domain = recipe.objective.domain ?? objective.domain;
  const names = thetaNames(objective, objective.dim);
  const fault = faultsIn(state)['objective/domain'];
  /** @param {number} axis @param {number} end @param {number} next */
  const set = (axis, end, next) => dispatch({
    type: 'domain', domain: domain.map((ends, i) => (i === axis ? ends.map((old, at) => (at === end ? next : old)) : ends)),
  });
  return html`<div class="domain" role="group" aria-label=${t('domain.title')}>
    ${domain.map((ends, axis) => html`<span class="interval" key=${axis}>
      ${ends.map((value, end) => [end === 1 && html`<span key="between" class="between">\u2264 <i>${names[axis]}</i> \u2264</span>`,
        html`<${NumberField} key=${end} value=${value} label=${t(end === 0 ? 'domain.from' : 'domain.to', { name: names[axis] })} hideFault field="objective/domain"
          onCommit=${(/** @type {number} */ next) => set(axis, end, next)} />`])}
    </span>`)}
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </div>`;
}
