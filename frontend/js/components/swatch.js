/** A descent's sign: its line with dash, and its marker, as the plots draw them. */
import { html } from 'htm/preact';
import { slotStyles, themes } from '../palette.js';
import { usePage } from './page.js';

/** @type {Record<string, (fill: string, ink: string) => unknown>} */
const MARKERS = {
  circle: (fill, ink) => html`<circle cx="18" cy="8" r="4.6" fill=${fill} stroke=${ink} />`,
  square: (fill, ink) => html`<rect x="13.8" y="3.8" width="8.4" height="8.4" rx="1" fill=${fill} stroke=${ink} />`,
  diamond: (fill, ink) => html`<path d="M18 2.4 23.6 8 18 13.6 12.4 8Z" fill=${fill} stroke=${ink} />`,
  triangle: (fill, ink) => html`<path d="M18 2.6 23.4 12.200H12.600Z" fill=${fill} stroke=${ink} />`,
  plus: (fill, ink) => html`<path d="M16.3 2.500h3.400v3.800h3.800v3.400h-3.800v3.800h-3.400v-3.800h-3.800V6.300h3.800Z" fill=${fill} stroke=${ink} />`,
};

/** @param {{slot: number, kind?: 'line' | 'marker'}} props */
export function Swatch({ slot, kind = 'line' }) {
  const { theme } = usePage();
  const colour = themes[theme].slots[slot];
  const { dash, marker } = slotStyles[slot];
  if (kind === 'marker') return html`<svg class="swatch is-marker" viewBox="10 0 16 16" aria-hidden="true" stroke-width="2">
    ${MARKERS[marker.form](marker.isOpen ? 'var(--paper)' : colour, marker.isOpen ? colour : 'var(--paper)')}</svg>`;
  return html`<svg class="swatch" viewBox="0 0 36 16" aria-hidden="true" stroke-width="2.2">
    <path d="M1.5 8h33" stroke=${colour} stroke-width="3.4" stroke-linecap=${dash.length ? 'butt' : 'round'}
      stroke-dasharray=${dash.map((length) => length * 0.55).join(' ')} />
    ${MARKERS[marker.form](marker.isOpen ? 'var(--surface)' : colour, marker.isOpen ? colour : 'var(--surface)')}
  </svg>`;
}
