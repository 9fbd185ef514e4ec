/** The whole page. */
import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { commandOf } from '../keyboard.js';
import { speedAt, stopOf } from '../speed.js';
import { languageOf, onSystemTheme, themeOf, toggleFullscreen } from '../settings.js';
import { createTranslate } from '../i18n.js';
import { DropZone } from './data/drop-zone.js';
import { DescentsPanel } from './descents-panel.js';
import { Header } from './header.js';
import { Help } from './help.js';
import { PageContext } from './page.js';
import { Stage } from './stage.js';
import { Toasts } from './toasts.js';
import { Transport } from './transport.js';

/**
 * @typedef {object} Props
 * @property {import('../store.js').Store} store
 * @property {import('../race.js').Race} race
 * @property {import('../theatre.js').Theatre} theatre
 * @property {import('../intake.js').Intake} intake
 * @property {Record<import('../types.js').Language, import('../types.js').Strings>} strings
 * @property {(text: string) => void} toast
 */

/** @param {KeyboardEvent} event @param {Record<string, (event: KeyboardEvent) => void>} commands */
function onKeyDown(event, commands) {
  const target = /** @type {HTMLElement} */ (event.target);
  const command = commandOf({
    key: event.key, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey,
    target: { tagName: target.tagName, type: /** @type {any} */ (target).type, role: target.getAttribute?.('role') },
  });
  if (!command) return;
  event.preventDefault();
  commands[command](event);
}

/** @param {Props} props */
function useCommands({ store, race, theatre, toast }, /** @type {any} */ t) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const { dispatch } = store;
  /** @param {object} view */
  const setView = (view) => dispatch({ type: 'view', view });
  const commands = {
    toggle: race.toggle,
    step: race.step,
    again: race.again,
    /** @param {KeyboardEvent} event */
    speed: (event) => {
      dispatch({ type: 'speed', speed: speedAt(stopOf(store.get().speed) + (event.key === '-' ? -1 : 1)) });
    },
    objective: () => /** @type {HTMLElement | null} */ (document.querySelector('.objective-name'))?.click(),
    formula: () => /** @type {HTMLElement | null} */ (document.querySelector('.formula-open'))?.click(),
    add: () => dispatch({ type: 'add' }),
    camera: () => theatre.plots()?.resetCamera(),
    lossScale: () => setView({ lossScale: store.get().view.lossScale === 'log' ? 'linear' : 'log' }),
    theme: () => setView({ theme: themeOf(store.get().view) === 'dark' ? 'light' : 'dark' }),
    language: () => setView({ language: languageOf(store.get().view) === 'en' ? 'zh' : 'en' }),
    fullscreen: toggleFullscreen,
    help: () => setHelpOpen(true),
  };
  const share = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      toast(t('top.shared'));
    } catch {
      toast(location.href);
    }
  };
  return { commands, share, isHelpOpen, setHelpOpen };
}

/** @param {Props} props */
export function App(props) {
  const { store, race, theatre, intake, strings } = props;
  const [state, setState] = useState(store.get());
  const [, setSystem] = useState(0);
  const language = languageOf(state.view);
  const theme = themeOf(state.view);
  const t = createTranslate(strings[language]);
  const { commands, share, isHelpOpen, setHelpOpen } = useCommands(props, t);
  useEffect(() => store.subscribe(setState), [store]);
  useEffect(() => onSystemTheme(() => setSystem((n) => n + 1)), []);
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const listener = (event) => onKeyDown(event, commands);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
  useEffect(() => void theatre.plots()?.setTheme(theme), [theme]);
  useEffect(() => theatre.retell(), [language]);
  const page = { state, dispatch: store.dispatch, race, intake, t, language, theme, plots: theatre.plots };
  return html`<${PageContext.Provider} value=${page}>
    <${Header} onHelp=${commands.help} onToggleTheme=${commands.theme} onToggleLanguage=${commands.language}
      onToggleFullscreen=${commands.fullscreen} onShare=${share} />
    <main><${DescentsPanel} /><${Stage} onReady=${(/** @type {any} */ places) => theatre.open(places, () => themeOf(store.get().view)).catch(() => props.toast(t('page.noPlots')))} /></main>
    <${Transport} />
    <${Toasts} />
    <${DropZone} />
    ${isHelpOpen && html`<${Help} onClose=${() => setHelpOpen(false)} />`}
  <//>`;
}
