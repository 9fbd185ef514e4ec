/** A button with an icon, and a tooltip that tells its name and key. */
import { html } from 'htm/preact';
import { Icon } from './icons.js';

/**
 * @param {{icon: string, label: string, onClick: () => void, shortcut?: string, kind?: string, pressed?: boolean,
 *   disabled?: boolean, expanded?: boolean, tip?: string, children?: unknown}} props
 */
export function IconButton({ icon, label, onClick, shortcut, kind = '', pressed, disabled, expanded, tip = 'up', children }) {
  return html`<button type="button" class=${`icon-button ${kind}`} aria-label=${label} aria-pressed=${pressed}
    aria-expanded=${expanded} aria-keyshortcuts=${shortcut} disabled=${disabled} onClick=${onClick}>
    <${Icon} name=${icon} />${children}
    <span class=${`tip tip-${tip}`} aria-hidden="true">${label}${shortcut && html`<kbd>${shortcut}</kbd>`}</span>
  </button>`;
}
