/** The page's icons: 20 by 20, drawn in the colour of the text. */
import { html } from 'htm/preact';

/** @type {Record<string, unknown>} */
const SHAPES = {
  play: html`<path d="M6 3.6v12.8a.6.6 0 0 0 .92.5l10-6.4a.6.6 0 0 0 0-1l-10-6.4A.6.6 0 0 0 6 3.6Z" fill="currentColor" stroke="none" />`,
  pause: html`<path d="M5.5 3.5h3v13h-3zM11.5 3.5h3v13h-3z" fill="currentColor" stroke="none" />`,
  step: html`<path d="M4 4.4v11.2a.5.5 0 0 0 .78.42l8.3-5.6a.5.5 0 0 0 0-.84l-8.3-5.6A.5.5 0 0 0 4 4.4Z" fill="currentColor" stroke="none" /><path d="M15.5 4v12" stroke-width="2" />`,
  restart: html`<path d="M4.2 6.8A6.6 6.6 0 1 1 3.4 10" /><path d="M4 3v4h4" />`,
  eye: html`<path d="M1.8 10S4.8 4.6 10 4.6 18.2 10 18.2 10 15.2 15.4 10 15.4 1.8 10 1.8 10Z" /><circle cx="10" cy="10" r="2.5" />`,
  hidden: html`<path d="M3 3l14 14M8 5a7.5 7.5 0 0 1 2-.400c5.2 0 8.2 5.4 8.2 5.400a13 13 0 0 1-2.2 2.800M5.5 6.300A13 13 0 0 0 1.8 10s3 5.4 8.2 5.400a7.5 7.5 0 0 0 3.5-.9" />`,
  copy: html`<rect x="7" y="7" width="9.5" height="9.5" rx="2" /><path d="M13 7V5a1.5 1.5 0 0 0-1.5-1.500H5A1.5 1.5 0 0 0 3.5 5v6.500A1.5 1.5 0 0 0 5 13h2" />`,
  remove: html`<path d="M5 5l10 10M15 5L5 15" />`,
  tune: html`<path d="M3 6h8M15 6h2M3 14h2M9 14h8" /><circle cx="13" cy="6" r="2" /><circle cx="7" cy="14" r="2" />`,
  add: html`<path d="M10 4v12M4 10h12" />`,
  chevron: html`<path d="M5 7.500l5 5 5-5" />`,
  formula: html`<path d="M9.6 17.200c-.5.600-1.500.800-2.300.300M4.600 8.200h5.600M7.200 17.500c1.900-.500 1.600-2.600 2.100-6.500.6-4.800.9-8 3.300-8.300.6 0 1.200.2 1.500.700" /><path d="M12 11.500l4.600 5M16.600 11.500l-4.600 5" />`,
  pencil: html`<path d="M4 16l.7-3.300L13.300 4a1.400 1.400 0 0 1 2 0l.700.700a1.400 1.400 0 0 1 0 2L7.300 15.300 4 16Z" />`,
  search: html`<circle cx="8.800" cy="8.800" r="5.300" /><path d="M12.800 12.800l4.200 4.200" />`,
  fewer: html`<path d="M4 10h12" />`,
  lock: html`<rect x="4.500" y="9" width="11" height="8" rx="1.800" /><path d="M7 9V6.500a3 3 0 0 1 6 0V9" />`,
  dice: html`<rect x="3.500" y="3.500" width="13" height="13" rx="3" /><path d="M7.200 7.200h.010M12.800 7.200h.010M10 10h.010M7.200 12.800h.010M12.800 12.800h.010" stroke-width="2.200" />`,
  undo: html`<path d="M4 8h8a4 4 0 0 1 0 8H8" /><path d="M7 4.500L3.500 8 7 11.500" />`,
  table: html`<rect x="2.500" y="3.500" width="15" height="13" rx="1.800" /><path d="M2.500 8h15M2.500 12.200h15M8 8v8.500" />`,
  sun: html`<circle cx="10" cy="10" r="3.3" /><path d="M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.300l1.4 1.400M14.3 14.300l1.4 1.400M4.3 15.700l1.4-1.400M14.3 5.700l1.4-1.4" />`,
  moon: html`<path d="M16.5 11.800A6.8 6.8 0 0 1 8.2 3.500a6.8 6.8 0 1 0 8.3 8.300Z" />`,
  fullscreen: html`<path d="M3.5 7.500v-4h4M12.5 3.500h4v4M16.5 12.500v4h-4M7.5 16.500h-4v-4" />`,
  camera: html`<path d="M10 2.800l6.2 3.600v7.200L10 17.200l-6.2-3.600V6.400L10 2.800Z" /><path d="M3.8 6.400L10 10l6.2-3.600M10 10v7.2" />`,
  target: html`<circle cx="10" cy="10" r="5.5" /><path d="M10 1.800v4M10 14.200v4M1.8 10h4M14.2 10h4" />`,
  warning: html`<path d="M10 3.2 1.9 17h16.200L10 3.200Z" /><path d="M10 8v4.200M10 14.300v.4" />`,
  link: html`<path d="M8.5 11.500a3.2 3.2 0 0 0 4.5 0l3-3A3.2 3.2 0 0 0 11.5 4l-1 1M11.5 8.500a3.2 3.2 0 0 0-4.5 0l-3 3A3.2 3.2 0 0 0 8.5 16l1-1" />`,
  keyboard: html`<rect x="1.8" y="5" width="16.4" height="10.5" rx="2" /><path d="M5 8.300h.400M8.2 8.300h.400M11.4 8.300h.400M14.6 8.300h.400M6.5 12.300h7" />`,
};

/** @param {{name: string}} props */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${SHAPES[name]}</svg>`;
}

/** The mark of the house: a ball on its way down. */
export function Mark() {
  return html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" fill="none">
    <path d="M3 6c7 0 8.5 7 11.5 12.500S21 27 29 27" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" />
    <circle cx="17.8" cy="12.2" r="4.6" fill="var(--mark)" />
  </svg>`;
}
