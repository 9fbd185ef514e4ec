/** What the objective on show is made of, part by part. */
import { html } from 'htm/preact';
import { DataAspect } from '../data/data-aspect.js';
import { DomainAspect } from '../domain.js';
import { BatchAspect } from './batch-aspect.js';
import { LossAspect } from './loss-aspect.js';
import { NetAspect } from './net-aspect.js';
import { StartAspect } from './start-aspect.js';
import { hasPlanes } from '../../plane_choice.js';
import { PlaneAspect } from '../plane/plane-aspect.js';
import { usePage } from '../page.js';

export function Aspects() {
  const { state, t } = usePage();
  const isModel = state.objective?.kind === 'model';
  if (!isModel && !hasPlanes(state.objective)) return null;
  return html`<div class=${`aspects ${isModel ? '' : 'is-alone'}`} role="group" aria-label=${t('aspect.title')}>
    ${isModel && html`<${DataAspect} /><${NetAspect} /><${LossAspect} /><${BatchAspect} /><${StartAspect} />`}<${PlaneAspect} /><${DomainAspect} />
  </div>`;
}
