/** One part of what an objective is made of: a button that says what holds, and opens what changes it. */
import { html } from 'htm/preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons.js';
import { IconButton } from '../button.js';
import { usePage } from '../page.js';

/** A press here means the picture behind the open part; elsewhere a person goes on with the race and watches. */
const BEHIND = '.landscape, .top';

/** Room that is left below an open part, in pixels. */
const MARGIN = 12;

/** The open part stands below its button, as far as there is room. @param {HTMLElement} panel @param {HTMLElement} button */
function place(panel, button) {
  const row = /** @type {HTMLElement} */ (button.parentElement);
  const ground = button.closest('.landscape')?.getBoundingClientRect();
  if (ground) panel.style.setProperty('--room', `${ground.bottom - row.getBoundingClientRect().bottom - MARGIN}px`);
  panel.style.setProperty('--left', `${Math.max(0, Math.min(button.offsetLeft, row.clientWidth - panel.offsetWidth))}px`);
}

/** @param {() => void} onClose @param {{current: HTMLElement | null}} panel @param {{current: HTMLElement | null}} button */
function useDismissal(onClose, panel, button) {
  useEffect(() => {
    /** @param {PointerEvent} event */
    const onPress = (event) => {
      const target = /** @type {Element} */ (event.target);
      if (!panel.current?.contains(target) && !button.current?.parentElement?.contains(target) && target.closest(BEHIND)) onClose();
    };
    /** @param {KeyboardEvent} event */
    const onKey = (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      onClose();
      button.current?.focus();
    };
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}

/** @param {{id: string, title: string, button: {current: HTMLElement | null}, onClose: () => void, wide?: boolean, children?: unknown}} props */
function Panel({ id, title, button, onClose, wide, children }) {
  const { t } = usePage();
  const panel = useRef(/** @type {HTMLDivElement | null} */ (null));
  useLayoutEffect(() => {
    if (panel.current && button.current) place(panel.current, button.current);
  });
  useDismissal(onClose, panel, button);
  return html`<div class=${`aspect-panel ${wide ? 'is-wide' : ''}`} id=${id} role="group" aria-label=${title} ref=${panel}>
    <header><h2>${title}</h2><${IconButton} kind="small" icon="remove" tip="down-left" label=${t('toast.dismiss')} onClick=${() => {
      onClose();
      button.current?.focus();
    }} /></header>
    ${children}
  </div>`;
}

/**
 * @param {{name: string, title: string, value: unknown, text?: string, icon?: string, wide?: boolean, hasFault?: boolean, children?: unknown}} props
 * text: the value in words, where it is no text
 */
export function Aspect({ name, title, value, text, icon, wide, hasFault = false, children }) {
  const { state, dispatch } = usePage();
  const id = useId();
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const isOpen = state.panel === name;
  const words = text ?? (typeof value === 'string' ? value : '');
  return html`<button type="button" class=${`aspect ${hasFault ? 'has-fault' : ''}`} data-aspect=${name} ref=${button} aria-expanded=${isOpen} aria-controls=${isOpen ? id : undefined}
      aria-label=${`${title}: ${words}`} title=${words} onClick=${() => dispatch({ type: 'panel', panel: isOpen ? null : name })}>
      <span class="name" aria-hidden="true">${title}${icon && html`<${Icon} name=${icon} />`}</span><span class="value" aria-hidden="true">${value}</span></button>
    ${isOpen && html`<${Panel} id=${id} title=${title} button=${button} wide=${wide} onClose=${() => dispatch({ type: 'panel', panel: null })}>${children}<//>`}`;
}
