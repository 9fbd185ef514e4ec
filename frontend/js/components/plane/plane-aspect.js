/** The plane in which an objective of more than two dimensions is looked at: a chip that says which, and opens its choice. */
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { anotherSeed } from '../../model.js';
import { thetaNames } from '../../plane.js';
import { ANCHORS, PLANE_KINDS, choiceFor, hasPlanes } from '../../plane_choice.js';
import { labelsIn } from '../../state.js';
import { Switch } from '../hyperparameter.js';
import { Icon } from '../icons.js';
import { Aspect } from '../model/aspect.js';
import { Segments } from '../segments.js';
import { usePage } from '../page.js';

/** @typedef {import('../../types.js').PlaneChoice} PlaneChoice */
/** @typedef {{choice: PlaneChoice, set: (change: Partial<PlaneChoice>) => void}} Props */

/** @param {{label: string, value: string | number, options: Array<[string | number, string]>, onChange: (value: string) => void}} props */
const Select = ({ label, value, options, onChange }) => html`<select class="select" aria-label=${label} value=${String(value)}
  onChange=${(/** @type {any} */ event) => onChange(event.currentTarget.value)}>
  ${options.map(([id, title]) => html`<option key=${id} value=${id} selected=${String(id) === String(value)}>${title}</option>`)}</select>`;

/** More names than this are typed, not listed. */
const MOST_LISTED = 256;

/** A component of theta by its name, where there are too many for a list. @param {{label: string, value: number, names: string[], onChange: (axis: number) => void}} props */
function Typed({ label, value, names, onChange }) {
  const { t } = usePage();
  const [bad, setBad] = useState(/** @type {string | null} */ (null));
  // The page is drawn anew while the race runs, and what is being typed must outlive that.
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  /** @param {string} text */
  const take = (text) => {
    const axis = names.indexOf(text.trim());
    setDraft(null);
    setBad(axis < 0 ? text : null);
    if (axis >= 0) onChange(axis);
  };
  return html`<span><input class="text" aria-label=${label} aria-invalid=${bad !== null} spellcheck=${false} autocomplete="off" value=${draft ?? bad ?? names[value]}
      onInput=${(/** @type {any} */ event) => setDraft(event.currentTarget.value)}
      onChange=${(/** @type {any} */ event) => take(event.currentTarget.value)} />
    ${bad !== null && html`<p class="fault" role="alert">${t('plane.unknown', { name: bad, example: names[names.length - 1] })}</p>`}</span>`;
}

/** Two components of theta, by name. The other one's axis cannot be taken again: the two change places. @param {Props} props */
function Axes({ choice, set }) {
  const { state, t } = usePage();
  const names = thetaNames(state.objective, state.objective?.dim ?? 0);
  const options = names.slice(0, MOST_LISTED).map((name, axis) => /** @type {[number, string]} */ ([axis, name]));
  /** @param {number} at @param {number} axis */
  const choose = (at, axis) => set({ axes: choice.axes.map((old, i) => (i === at ? axis : old === axis ? choice.axes[at] : old)) });
  return [t('plane.first'), t('plane.second')].map((label, at) => html`<label class="setting" key=${at}><span class="name">${label}</span>
    ${names.length > MOST_LISTED ? html`<${Typed} label=${label} value=${choice.axes[at]} names=${names} onChange=${(/** @type {number} */ axis) => choose(at, axis)} />`
    : html`<${Select} label=${label} value=${choice.axes[at]} options=${options} onChange=${(/** @type {string} */ value) => choose(at, Number(value))} />`}</label>`);
}

/** @param {Props} props */
function Draw({ choice, set }) {
  const { t } = usePage();
  return html`<div class="setting"><span class="name">${t('plane.drawn', { seed: choice.seed })}</span>
    <button type="button" class="text-button" data-do="plane-seed" onClick=${() => set({ seed: anotherSeed(choice.seed, Math.random()) })}><${Icon} name="dice" />${t('plane.seed')}</button></div>`;
}

/** @param {Props} props */
function Anchor({ choice, set }) {
  const { state, t } = usePage();
  const labels = labelsIn(state, t('optimizer.momentum'));
  const anchors = ANCHORS.map((id) => ({ id, title: t(`plane.anchor.${id}`) }));
  const isOfOne = choice.anchor !== 'start' && labels.length > 1;
  return html`<div class="setting is-anchor"><span class="name">${t('plane.anchor')}</span>
      <${Segments} label=${t('plane.anchor')} value=${choice.anchor} choices=${anchors}
        onChange=${(/** @type {PlaneChoice['anchor']} */ anchor) => set({ anchor, follow: choice.follow && anchor === 'current' })} /></div>
    ${isOfOne && html`<label class="setting"><span class="name">${t('plane.of')}</span>
      <${Select} label=${t('plane.of')} value=${choice.descent} options=${labels.map((label, i) => /** @type {[number, string]} */ ([i, label]))}
        onChange=${(/** @type {string} */ value) => set({ descent: Number(value) })} /></label>`}
    <label class="setting is-switch"><span class="name">${t('plane.follow')}</span><${Switch} checked=${choice.follow} label=${t('plane.follow')}
      onChange=${(/** @type {boolean} */ follow) => set({ follow, anchor: follow ? 'current' : choice.anchor })} /></label>`;
}

/** @param {PlaneChoice} choice @param {string[]} names */
function shortNames({ axes }, names) {
  return axes.map((axis) => names[axis]).join(', ');
}

export function PlaneAspect() {
  const { state, dispatch, t } = usePage();
  const { objective, view } = state;
  if (!objective || !hasPlanes(objective)) return null;
  const choice = choiceFor(view.plane, objective, state.recipe.descents.length);
  /** @param {Partial<PlaneChoice>} change */
  const set = (change) => dispatch({ type: 'view', view: { plane: { ...choice, ...change } } });
  const value = choice.kind === 'axes' ? shortNames(choice, thetaNames(objective, objective.dim)) : t(`plane.kind.${choice.kind}.short`);
  const kinds = PLANE_KINDS.map((id) => ({ id, title: t(`plane.kind.${id}`) }));
  return html`<${Aspect} name="plane" title=${t('plane.title')} value=${value}>
    <div class="plane-kinds" role="radiogroup" aria-label=${t('plane.kind')}>${kinds.map(({ id, title }) => html`<label class="plane-kind" key=${id}>
      <input type="radio" class="radio" name="plane-kind" value=${id} checked=${choice.kind === id} onChange=${() => set({ kind: id })} />
      <span title=${t(`plane.kind.${id}.note`)}><strong>${title}</strong>${choice.kind === id && html`<span class="hint">${t(`plane.kind.${id}.note`)}</span>`}</span></label>`)}</div>
    ${choice.kind === 'axes' && html`<${Axes} choice=${choice} set=${set} />`}
    ${choice.kind === 'random' && html`<${Draw} choice=${choice} set=${set} />`}
    <${Anchor} choice=${choice} set=${set} />
    ${view.plane && html`<div class="row buttons-row"><button type="button" class="text-button" data-do="plane-usual" onClick=${() => dispatch({ type: 'view', view: { plane: null } })}>${t('plane.usual')}</button></div>`}
  <//>`;
}
