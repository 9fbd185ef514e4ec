/** What the keys do. */
import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { SHORTCUTS } from '../keyboard.js';
import { IconButton } from './button.js';
import { usePage } from './page.js';

/** @param {{onClose: () => void}} props */
export function Help({ onClose }) {
  const { t } = usePage();
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => dialog.current?.showModal(), []);
  return html`<dialog class="help" ref=${dialog} onClose=${onClose} aria-labelledby="help-title"
    onClick=${(/** @type {any} */ event) => event.target === dialog.current && dialog.current?.close()}>
    <header><h2 id="help-title">${t('help.title')}</h2>
      <${IconButton} kind="small" icon="remove" tip="down-left" label=${t('toast.dismiss')} onClick=${() => dialog.current?.close()} /></header>
    <dl>${SHORTCUTS.map(({ keys, text }) => html`<div key=${text}><dt>${keys.map((key) => html`<kbd key=${key}>${key === ' ' ? t('key.space') : key}</kbd>`)}</dt><dd>${t(text)}</dd></div>`)}</dl>
    <p>${t('help.mouse')}</p>
  </dialog>`;
}
