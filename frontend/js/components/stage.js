/** The places of the three plots, and what belongs to each. */
import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { MOST_CLICKED } from '../plane.js';
import { IconButton } from './button.js';
import { Mark } from './icons.js';
import { ObjectivePanel } from './objective-panel.js';
import { Segments } from './segments.js';
import { StartFields } from './start-fields.js';
import { PlaneCaption } from './plane/plane-caption.js';
import { PlaneProgress } from './plane/plane-progress.js';
import { usePage } from './page.js';

function LossScale() {
  const { state, dispatch, t } = usePage();
  return html`<div class="segments" role="radiogroup" aria-label=${t('loss.scale')}>
    ${['log', 'linear'].map((scale) => html`<button type="button" role="radio" key=${scale} aria-checked=${state.view.lossScale === scale}
      onClick=${() => dispatch({ type: 'view', view: { lossScale: scale } })}>${t(`loss.${scale}`)}</button>`)}
  </div>`;
}

/** Beside the landscape of a model: its data and fit, or the map. */
function Side() {
  const { state, dispatch, t } = usePage();
  const choices = [{ id: 'fit', title: t('side.fit') }, { id: 'map', title: t('contour.title') }];
  return html`<${Segments} kind="is-title" label=${t('side.title')} value=${state.view.side} choices=${choices} onChange=${(/** @type {string} */ side) => dispatch({ type: 'view', view: { side } })} />`;
}

/** @param {{onReady: (places: {landscape: HTMLElement, contour: HTMLElement, loss: HTMLElement}) => void}} props */
export function Stage({ onReady }) {
  const { plots, state, t } = usePage();
  const landscape = useRef(/** @type {HTMLDivElement | null} */ (null));
  const contour = useRef(/** @type {HTMLDivElement | null} */ (null));
  const loss = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    if (landscape.current && contour.current && loss.current) {
      onReady({ landscape: landscape.current, contour: contour.current, loss: loss.current });
    }
  }, []);
  const isCurve = state.objective?.dim === 1;
  const isModel = state.objective?.kind === 'model';
  const isClickable = (state.objective?.dim ?? 0) <= MOST_CLICKED;
  const hint = isModel && state.view.side === 'fit' ? (state.sketch && t('sketch.hint')) : !isCurve && isClickable && t('contour.hint');
  return html`<section class=${`landscape ${isCurve ? 'is-curve' : ''} ${state.surface.isStale ? 'is-stale' : ''}`} aria-label=${t('landscape.title')}>
      <${ObjectivePanel} />
      <div class="plot" ref=${landscape}></div>
      ${!state.run && html`<p class="waiting" aria-hidden="true"><${Mark} />${t(`connection.${state.connection.phase}`)}</p>`}
      <${PlaneProgress} />
      <div class="landscape-foot"><div class="foot-left"><${PlaneCaption} /><${StartFields} /></div>
        <${IconButton} kind="raised" icon="camera" label=${t('landscape.resetCamera')} shortcut="C" onClick=${() => plots()?.resetCamera()} /></div>
    </section>
    <section class="side">
      <figure class=${`contour ${state.surface.isStale && !isCurve && !(isModel && state.view.side === 'fit' && state.points) ? 'is-stale' : ''}`}><figcaption>${isModel ? html`<${Side} />` : html`<h2>${t(isCurve ? 'contour.curve' : 'contour.title')}</h2>`}${hint && html`<span class="hint">${hint}</span>`}</figcaption>
        <div class="plot" ref=${contour}></div></figure>
      <figure class="loss"><figcaption><h2>${t('loss.title')}</h2><${LossScale} /></figcaption>
        <div class="plot" ref=${loss}></div></figure>
    </section>`;
}
