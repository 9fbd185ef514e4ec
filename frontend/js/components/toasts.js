/** Messages that belong to no field. */
import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { IconButton } from './button.js';
import { usePage } from './page.js';

const SHOWN_MS = 9000;

/** @param {{toast: import('../types.js').Toast}} props */
function Toast({ toast }) {
  const { dispatch, t } = usePage();
  const dismiss = () => dispatch({ type: 'dismiss', id: toast.id });
  useEffect(() => {
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  return html`<div class=${`toast is-${toast.tone}`}><p>${toast.text}</p>
    <${IconButton} kind="small" icon="remove" label=${t('toast.dismiss')} onClick=${dismiss} /></div>`;
}

export function Toasts() {
  const { state } = usePage();
  return html`<div class="toasts" role="status" aria-live="polite">${state.toasts.map((toast) => html`<${Toast} key=${toast.id} toast=${toast} />`)}</div>`;
}
