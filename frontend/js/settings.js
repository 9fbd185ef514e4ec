/** What holds on this page now: theme and language, chosen or taken from the browser. */
import { guessLanguage } from './i18n.js';

/** @typedef {import('./types.js').View} View */

const dark = () => matchMedia('(prefers-color-scheme: dark)');

/** @param {View} view @returns {import('./types.js').Theme} */
export const themeOf = (view) => view.theme ?? (dark().matches ? 'dark' : 'light');

/** @param {View} view @returns {import('./types.js').Language} */
export const languageOf = (view) => view.language ?? guessLanguage(navigator.languages);

/** Hear of the system's change between light and dark. @param {() => void} listener */
export const onSystemTheme = (listener) => dark().addEventListener('change', listener);

/** @param {View} view @param {string} title */
export function applyView(view, title) {
  const root = document.documentElement;
  root.dataset.theme = themeOf(view);
  root.lang = languageOf(view) === 'zh' ? 'zh-CN' : 'en';
  document.title = title;
}

export function toggleFullscreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.documentElement.requestFullscreen?.();
}
