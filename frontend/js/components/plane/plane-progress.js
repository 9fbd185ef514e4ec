/** How far the landscape is drawn; the drawing can be stopped, and the race does not wait for it. */
import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { IconButton } from '../button.js';
import { usePage } from '../page.js';

export function PlaneProgress() {
  const { race, state, t } = usePage();
  const { isBusy, isAwaited, share } = state.surface;
  const kind = isAwaited ? 'is-awaited' : '';
  useEffect(() => {
    if (!isBusy) return undefined;
    /** @param {KeyboardEvent} event */
    const onKey = (event) => {
      // An open list or hint closes first; it is asked before it hears of the key.
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('[aria-expanded="true"]')) race.cancelSurface();
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [isBusy]);
  if (!isBusy) return null;
  return html`<div class=${`plane-progress ${kind}`} aria-hidden="true"><span style=${`transform:scaleX(${share.toFixed(4)})`}></span></div>
    <div class=${`plane-drawing ${kind}`}><span role="progressbar" aria-label=${t('plane.progress')} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * share)}>${t('plane.progress')}</span>
      <${IconButton} kind="small" icon="remove" tip="down-left" label=${t('plane.cancel')} shortcut="Esc" onClick=${race.cancelSurface} /></div>`;
}
