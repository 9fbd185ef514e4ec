/** Generated sets: which one, how many points, how noisy, how many held back. */
import { html } from 'htm/preact';
import { NO_DATA } from '../../intake.js';
import { anotherSeed } from '../../model.js';
import { Icon } from '../icons.js';
import { Setting } from '../model/setting.js';
import { NumberField } from '../number-field.js';
import { usePage } from '../page.js';
import { SetPicture } from './set-picture.js';
import { TestFraction } from './test-fraction.js';

/** @param {{sets: any[], chosen: string | null}} props */
function Sets({ sets, chosen }) {
  const { dispatch, t, language } = usePage();
  if (sets.length < 2 && chosen) return null;
  return html`<div class="sets" role="radiogroup" aria-label=${t('data.set')}>${sets.map(({ id, title }) => html`<button type="button" class="set" role="radio" key=${id} data-id=${id}
    aria-checked=${id === chosen} onClick=${() => dispatch({ type: 'data', data: { ...NO_DATA, set: id } })}><${SetPicture} set=${id} /><span>${title[language]}</span></button>`)}</div>`;
}

export function Generated() {
  const { state, dispatch, t } = usePage();
  const { recipe: { objective }, objective: row } = state;
  if (objective.kind !== 'model' || !row?.data) return null;
  const { sets, set, seed } = row.data;
  const wanted = objective.data ?? {};
  const isOwn = Boolean(wanted.rows ?? wanted.table);
  const chosen = isOwn ? null : (wanted.set ?? set);
  const parameters = sets.find((/** @type {any} */ one) => one.id === chosen)?.parameters ?? [];
  const seedNow = wanted.seed ?? seed;
  return html`<${Sets} sets=${sets} chosen=${chosen} />
    ${chosen && html`${parameters.map((/** @type {any} */ one) => html`<${Setting} key=${`${chosen}.${one.name}`} row=${one} field=${`data/${one.name}`}
        value=${wanted.parameters?.[one.name] ?? row.data.values[one.name] ?? one.default}
        onChange=${(/** @type {number} */ value) => dispatch({ type: 'data', data: { parameters: { ...wanted.parameters, [one.name]: value } } })} />`)}
      <${TestFraction} />
      <div class="setting"><span class="name">${t('data.seed')}</span><span class="numeric"><button type="button" class="text-button" data-do="new-data"
        onClick=${() => dispatch({ type: 'data', data: { seed: anotherSeed(seedNow, Math.random()) } })}><${Icon} name="dice" />${t('data.draw')}</button>
        <${NumberField} value=${seedNow} label=${t('data.seed')} integer field="data/seed" onCommit=${(/** @type {number} */ next) => dispatch({ type: 'data', data: { seed: next } })} /></span></div>`}`;
}
