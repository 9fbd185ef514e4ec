/** Play, pause, step, restart; how fast and how far. */
import { html } from 'htm/preact';
import { formatCount } from '../format.js';
import { SPEEDS, speedAt, stopOf } from '../speed.js';
import { isLive } from '../state.js';
import { IconButton } from './button.js';
import { NumberField } from './number-field.js';
import { usePage, useRows } from './page.js';

function Progress() {
  const { race, state, t, language } = usePage();
  useRows(race);
  const done = race.numSteps();
  const total = state.run?.steps ?? state.recipe.steps;
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return html`<div class="progress" role="progressbar" aria-label=${t('transport.progress')} aria-valuemin="0" aria-valuemax=${total} aria-valuenow=${done}>
      <span style=${`transform:scaleX(${share})`}></span></div>
    <div class="counter"><span class="name">${t('readout.step')}</span><b>${formatCount(done, language)}</b><span class="of">/ ${formatCount(total, language)}</span></div>`;
}

function Speed() {
  const { state, dispatch, t, language } = usePage();
  const { speed } = state;
  const text = speed === null ? t('transport.fastest') : t('transport.perSecond', { speed: formatCount(speed, language) });
  const stop = stopOf(speed);
  const last = SPEEDS.length - 1;
  return html`<label class="speed"><span class="name">${t('transport.speed')}</span>
    <input class="slider" type="range" min="0" max=${last} step="1" value=${stop} aria-label=${t('transport.speed')} aria-valuetext=${text}
      style=${`--place:${(100 * stop / last).toFixed(1)}%`}
      onInput=${(/** @type {any} */ event) => dispatch({ type: 'speed', speed: speedAt(Number(event.currentTarget.value)) })} />
    <output>${text}</output></label>`;
}

export function Transport() {
  const { state, dispatch, race, t } = usePage();
  const live = isLive(state);
  const isPlaying = live && state.playing;
  const isOver = state.run !== null && !live;
  const label = t(isPlaying ? 'transport.pause' : isOver ? 'transport.again' : 'transport.play');
  const spaceKey = t('key.space');
  return html`<footer class="transport" aria-label=${t('transport.title')}>
    <div class="buttons">
      <${IconButton} icon="restart" label=${t('transport.restart')} shortcut="R" onClick=${race.again} />
      <${IconButton} kind="primary" icon=${isPlaying ? 'pause' : isOver ? 'restart' : 'play'} label=${label} shortcut=${spaceKey} onClick=${race.toggle} />
      <${IconButton} icon="step" label=${t('transport.step')} shortcut="\u2192" onClick=${race.step} />
    </div>
    <${Progress} />
    <${Speed} />
    <label class="steps"><span class="name">${t('transport.steps')}</span><${NumberField} value=${state.recipe.steps} label=${t('transport.steps')} integer
      field="steps" onCommit=${(/** @type {number} */ steps) => dispatch({ type: 'steps', steps })} /></label>
    <label class="seed"><span class="name">${t('transport.seed')}</span><${NumberField} value=${state.recipe.seed} label=${t('transport.seed')} integer
      field="seed" onCommit=${(/** @type {number} */ seed) => dispatch({ type: 'seed', seed })} /></label>
  </footer>`;
}
