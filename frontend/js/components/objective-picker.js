/** The list of objectives, by dimension. */
import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { Formula } from './formula.js';
import { usePage } from './page.js';

/** @param {KeyboardEvent} event @param {HTMLElement} list */
function moveFocus(event, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const options = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[role=option]')]);
  const at = options.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  options[(at + step + options.length) % options.length].focus();
}

/** @param {{onPick: (id: string) => void, onClose: () => void}} props */
export function ObjectivePicker({ onPick, onClose }) {
  const { state, t, language } = usePage();
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    const opener = /** @type {HTMLElement | null} */ (document.activeElement);
    /** @type {HTMLElement | null | undefined} */ (list.current?.querySelector('[aria-selected=true]'))?.focus();
    /** @param {PointerEvent} event */
    const onOutside = (event) => {
      const target = /** @type {Element} */ (event.target);
      if (!list.current?.contains(target) && !target.closest('.objective-name')) onClose();
    };
    document.addEventListener('pointerdown', onOutside);
    return () => {
      document.removeEventListener('pointerdown', onOutside);
      opener?.focus();
    };
  }, []);
  const rows = state.catalogue?.objectives ?? [];
  const dims = [...new Set(rows.map((row) => row.dim))].sort((a, b) => b - a);
  return html`<div class="picker" role="listbox" aria-label=${t('objective.choose')} ref=${list}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => (event.key === 'Escape' ? onClose() : list.current && moveFocus(event, list.current))}>
    ${dims.map((dim) => html`<div role="group" key=${dim} aria-label=${t('objective.dimension', { dim })}>
      <h3 aria-hidden="true">${t('objective.dimension', { dim })}</h3>
      ${rows.filter((row) => row.dim === dim).map((row) => html`<button type="button" role="option" key=${row.id} data-id=${row.id}
        aria-selected=${row.id === state.objective?.id}
        onClick=${() => { onPick(row.id); onClose(); }}>
        <span class="title">${row.title[language]}</span><${Formula} latex=${row.latex} /></button>`)}
    </div>`)}
    ${state.objective && html`<p class="source">${t('objective.source')}: ${state.objective.source}</p>`}
  </div>`;
}
