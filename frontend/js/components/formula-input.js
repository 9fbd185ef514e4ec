/** A line for a formula: what is wrong in it is marked where it stands. */
import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** Where in a text a column lies, which counts characters and not the units of the text. @param {string} text @param {number} column from 1 */
function around(text, column) {
  const characters = [...text];
  return { before: characters.slice(0, column - 1).join(''), at: characters[column - 1] ?? '\u00a0' };
}

/** The same text under the line, invisible but for the mark. @param {{text: string, column: number, shift: number}} props */
function Mark({ text, column, shift }) {
  const { before, at } = around(text, column);
  return html`<span class="formula-mark" aria-hidden="true"><span style=${`translate:${-shift}px`}>${before}<mark>${at}</mark></span></span>`;
}

/**
 * @param {{text: string, column: number | null, label: string, describedBy: string | undefined, onInput: (text: string) => void, onEnter: () => void}} props
 */
export function FormulaInput({ text, column, label, describedBy, onInput, onEnter }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const mark = useRef(/** @type {HTMLSpanElement | null} */ (null));
  // At once: what is typed right after the key that opened the field belongs to it.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  /** The line scrolls on its own as it gets longer. */
  const follow = () => {
    const inner = /** @type {HTMLElement | null | undefined} */ (mark.current?.querySelector('.formula-mark > span'));
    if (inner && field.current) inner.style.translate = `${-field.current.scrollLeft}px`;
  };
  useEffect(follow);
  return html`<span class=${`formula-line ${column === null ? '' : 'has-fault'}`} ref=${mark}>
    <input class="formula-text" type="text" name="formula" value=${text} ref=${field} aria-label=${label} placeholder="x^2 + 3*y^2" maxlength="2000"
      autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck=${false} aria-invalid=${describedBy ? 'true' : undefined} aria-describedby=${describedBy}
      onScroll=${follow} onSelect=${follow}
      onInput=${(/** @type {any} */ event) => onInput(event.currentTarget.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && !event.isComposing && onEnter()} />
    ${column !== null && html`<${Mark} text=${text} column=${column} shift=${field.current?.scrollLeft ?? 0} />`}
  </span>`;
}
