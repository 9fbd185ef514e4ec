/** On the picture: how far off the plane each descent is now, and how much of the movement the plane shows. */
import { html } from 'htm/preact';
import { formatValue } from '../../format.js';
import { percentOf } from '../../plane_titles.js';
import { Swatch } from '../swatch.js';
import { usePage, useRows } from '../page.js';

export function PlaneCaption() {
  const { race, plots, state, t, language } = usePage();
  useRows(race);
  const facts = state.surface.isStale ? null : plots()?.offPlane();
  if (!facts) return null;
  return html`<div class="plane-caption">
    ${facts.share !== null && html`<p class="plane-shows">${t('plane.shows', { percent: percentOf(facts.share) })}</p>`}
    <p class="plane-offs"><span class="name">${t('plane.off')}</span>${facts.descents.map((/** @type {any} */ { slot, label, off }) => html`<span class="plane-off" key=${slot}
      title=${t('plane.off.of', { label, value: formatValue(off, language, 3) })}><${Swatch} slot=${slot} kind="marker" /><output>${formatValue(off, language, 3)}</output></span>`)}</p>
  </div>`;
}
