/** A formula set by KaTeX. */
import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import katex from 'katex';

/** @param {{latex: string}} props */
export function Formula({ latex }) {
  const place = useRef(/** @type {HTMLSpanElement | null} */ (null));
  useEffect(() => {
    if (place.current) katex.render(latex, place.current, { throwOnError: false, displayMode: false });
  }, [latex]);
  return html`<span class="formula" ref=${place}></span>`;
}
