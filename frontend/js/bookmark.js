/** Keeps the address in step with the state, and the state with an address that someone types. */
import { readAddress, writeAddress } from './address.js';
import { standardShared } from './state.js';

/** @typedef {import('./store.js').Store} Store */

const DELAY_MS = 250;

/**
 * @param {Store} store
 * @param {(bad: string[]) => void} onBad hears of parts of an address that could not be read
 */
export function createBookmark(store, onBad) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function load() {
    const { shared, bad } = readAddress(location.hash, standardShared());
    store.dispatch({ type: 'load', shared });
    if (bad.length > 0) onBad(bad);
  }

  function save() {
    timer = undefined;
    const text = writeAddress(store.get(), standardShared());
    if (text === location.hash.replace(/^#/, '')) return;
    history.replaceState(null, '', text ? `#${text}` : location.pathname + location.search);
  }

  store.subscribe((state, previous) => {
    const isSame = state.recipe === previous.recipe && state.speed === previous.speed && state.view === previous.view;
    if (!isSame) timer ??= setTimeout(save, DELAY_MS);
  });
  // replaceState fires no hashchange: this is a person, or a link on the page.
  addEventListener('hashchange', load);
  return { load, save };
}
