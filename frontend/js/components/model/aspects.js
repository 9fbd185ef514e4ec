/** What the objective on show is made of, part by part. */
import { html } from 'htm/preact';
import { DataAspect } from '../data/data-aspect.js';
import { BatchAspect } from './batch-aspect.js';
import { LossAspect } from './loss-aspect.js';
import { NetAspect } from './net-aspect.js';
import { StartAspect } from './start-aspect.js';
import { usePage } from '../page.js';

export function Aspects() {
  const { state, t } = usePage();
  if (state.objective?.kind !== 'model') return null;
  return html`<div class="aspects" role="group" aria-label=${t('aspect.title')}>
    <${DataAspect} /><${NetAspect} /><${LossAspect} /><${BatchAspect} /><${StartAspect} />
  </div>`;
}
