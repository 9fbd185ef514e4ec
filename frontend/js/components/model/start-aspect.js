/** Where every descent begins: how the weights are drawn, and the seed that keeps the draw. */
import { html } from 'htm/preact';
import { anotherSeed, rowsOf, shortTitle, shortValue, valuesOf } from '../../model.js';
import { Icon } from '../icons.js';
import { NumberField } from '../number-field.js';
import { Aspect } from './aspect.js';
import { Settings } from './settings.js';
import { usePage } from '../page.js';

export function StartAspect() {
  const { state, dispatch, race, t, language } = usePage();
  const values = valuesOf(state);
  const rows = rowsOf(state.objective, 'start', values);
  if (rows.length === 0) return null;
  const { seed, start } = state.recipe;
  const drawn = rows.map((row) => shortValue(row, values[row.name], language, t)).filter(Boolean).join(' \u00b7 ');
  const inShort = rows.map((row) => shortTitle(values[row.name], shortValue(row, values[row.name], language, t) ?? '', t)).filter(Boolean).join(' \u00b7 ');
  const text = start ? t('start.chosen') : t('start.drawn', { initialization: drawn, seed });
  const draw = () => {
    dispatch({ type: 'seed', seed: anotherSeed(seed, Math.random()) });
    race.startAt(null);
  };
  return html`<${Aspect} name="start" title=${t('start.title')} icon="lock" value=${start ? t('start.chosen') : inShort} text=${text} hasFault=${rows.some(({ name }) => state.faults[`objective/${name}`])}>
    <${Settings} group="start" />
    <div class="setting"><span class="name">${t('transport.seed')}</span><span class="numeric"><${NumberField} value=${seed} label=${t('transport.seed')} integer
      field="seed" onCommit=${(/** @type {number} */ next) => dispatch({ type: 'seed', seed: next })} /></span></div>
    <div class="row buttons-row"><button type="button" class="text-button" data-do="same-start" onClick=${race.again}><${Icon} name="lock" />${t('start.same')}</button>
      <button type="button" class="text-button" data-do="new-seed" onClick=${draw}><${Icon} name="dice" />${t('start.newSeed')}</button></div>
    <p class="hint">${t('start.locked')}</p>
  <//>`;
}
