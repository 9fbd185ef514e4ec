/** The top bar: whose page this is, how the connection is, and how the page looks. */
import { html } from 'htm/preact';
import { IconButton } from './button.js';
import { Mark } from './icons.js';
import { usePage } from './page.js';

/** Phases that need no word beside the state of the run. */
const QUIET = ['open', 'closed', 'connecting'];

export function Status() {
  const { state, race, t } = usePage();
  const { phase, code } = state.connection;
  const isQuiet = QUIET.includes(phase);
  const runState = state.run?.state ?? 'created';
  const text = isQuiet ? t(`run.${runState}`) : phase === 'refused' ? t(`connection.refused.${code}`) : t(`connection.${phase}`);
  const tone = isQuiet ? runState : phase === 'starting' ? 'starting' : 'trouble';
  return html`<div class=${`status is-${tone}`}><span class="dot" aria-hidden="true"></span>
    <span role="status" aria-live="polite">${text}</span>
    ${phase === 'refused' && html`<button type="button" class="text-button" onClick=${race.again}>${t('transport.restart')}</button>`}
  </div>`;
}

/** @param {{onHelp: () => void, onToggleTheme: () => void, onToggleLanguage: () => void, onToggleFullscreen: () => void, onShare: () => void}} props */
export function Header({ onHelp, onToggleTheme, onToggleLanguage, onToggleFullscreen, onShare }) {
  const { t, theme, language } = usePage();
  return html`<header class="top">
    <span class="brand"><${Mark} />Downslope</span>
    <${Status} />
    <nav aria-label=${t('top.view')}>
      <${IconButton} icon="link" tip="down" label=${t('top.share')} onClick=${onShare} />
      <${IconButton} icon="keyboard" tip="down" label=${t('top.help')} shortcut="?" onClick=${onHelp} />
      <${IconButton} icon=${theme === 'dark' ? 'sun' : 'moon'} tip="down" label=${t(theme === 'dark' ? 'top.light' : 'top.dark')} shortcut="T" onClick=${onToggleTheme} />
      <button type="button" class="text-button language" lang=${language === 'en' ? 'zh' : 'en'} aria-keyshortcuts="L" onClick=${onToggleLanguage}>${language === 'en' ? '中文' : 'English'}</button>
      <${IconButton} icon="fullscreen" tip="down-left" label=${t('top.fullscreen')} shortcut="W" onClick=${onToggleFullscreen} />
    </nav>
  </header>`;
}
