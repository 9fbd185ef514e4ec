/** One of a few choices, all in sight; arrow keys move between them. */
import { html } from 'htm/preact';
import { useRef } from 'preact/hooks';

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * @param {{label: string, value: string, choices: Array<{id: string, title: unknown}>, onChange: (id: string) => void, kind?: string, disabled?: boolean}} props
 */
export function Segments({ label, value, choices, onChange, kind = '', disabled = false }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (choices.findIndex(({ id }) => id === value) + step + choices.length) % choices.length;
    onChange(choices[next].id);
    /** @type {HTMLElement | undefined} */ (place.current?.querySelectorAll('button')[next])?.focus();
  };
  const isChosen = choices.some(({ id }) => id === value);
  return html`<div class=${`segments ${kind}`} role="radiogroup" aria-label=${label} ref=${place} onKeyDown=${onKeyDown}>
    ${choices.map(({ id, title }, i) => html`<button type="button" role="radio" key=${id} data-id=${id} aria-checked=${id === value} disabled=${disabled}
      tabindex=${id === value || (!isChosen && i === 0) ? 0 : -1} onClick=${() => onChange(id)}>${title}</button>`)}
  </div>`;
}
