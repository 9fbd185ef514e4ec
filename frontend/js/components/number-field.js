/** A field for a number: it keeps what was typed, right or wrong, until it is right or given up. */
import { html } from 'htm/preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { editableText, parseNumber } from '../format.js';
import { nudge } from '../scale.js';
import { faultsIn } from '../state.js';
import { usePage } from './page.js';

/**
 * @param {{value: number | null, onCommit: (value: number) => void, label: string, field: string, log?: boolean,
 *   integer?: boolean, hideFault?: boolean, placeholder?: string, disabled?: boolean, name?: string}} props
 */
export function NumberField({ value, onCommit, label, field, log = false, integer = false, hideFault, placeholder, disabled, name }) {
  const { state, dispatch, t } = usePage();
  const id = useId();
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  const committed = useRef(value);
  const settle = () => {
    setDraft(null);
    dispatch({ type: 'settled', field });
  };
  useEffect(() => {
    if (committed.current === value) return;
    committed.current = value;
    settle();
  }, [value]);

  /** @param {string} text */
  const commit = (text) => {
    const next = parseNumber(text);
    if (Number.isNaN(next)) return dispatch({ type: 'draft', field, text: t('field.notANumber', { value: text.trim() || '""' }) });
    settle();
    committed.current = next;
    if (next !== value) onCommit(next);
  };
  /** @param {KeyboardEvent & {currentTarget: HTMLInputElement}} event */
  const onKeyDown = (event) => {
    if (event.key === 'Enter') commit(event.currentTarget.value);
    if (event.key === 'Escape') settle();
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    const current = parseNumber(event.currentTarget.value);
    event.preventDefault();
    if (!Number.isNaN(current)) commit(editableText(nudge(current, event.key === 'ArrowUp' ? 1 : -1, { log, integer })));
  };
  /** @param {string} text */
  const type = (text) => {
    setDraft(text);
    dispatch({ type: 'draft', field, text: '' });
  };
  const message = faultsIn(state)[field];
  return html`<span class=${`number-field ${message ? 'has-fault' : ''}`}>
    <input type="text" inputmode="decimal" autocomplete="off" spellcheck=${false} name=${name} aria-label=${label} placeholder=${placeholder}
      disabled=${disabled} value=${draft ?? editableText(value)} aria-invalid=${message ? 'true' : undefined}
      aria-describedby=${message ? id : undefined}
      onInput=${(/** @type {any} */ event) => type(event.currentTarget.value)}
      onBlur=${() => draft !== null && commit(draft)} onKeyDown=${onKeyDown} />
    ${message && !hideFault && html`<span class="fault" id=${id} role="alert">${message}</span>`}
  </span>`;
}
