/** What every component may use: the state, the race, the words. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

/**
 * @typedef {object} Page
 * @property {import('../types.js').State} state
 * @property {import('../store.js').Store['dispatch']} dispatch
 * @property {import('../race.js').Race} race
 * @property {import('../i18n.js').Translate} t
 * @property {import('../types.js').Language} language
 * @property {import('../types.js').Theme} theme
 * @property {any} plots
 */

export const PageContext = createContext(/** @type {Page} */ (/** @type {unknown} */ (null)));

export const usePage = () => useContext(PageContext);

const READOUT_INTERVAL_MS = 80;

/**
 * Render again as rows arrive, but not faster than numbers can be read.
 *
 * @param {import('../race.js').Race} race
 */
export function useRows(race) {
  const [, setTick] = useState(0);
  useEffect(() => {
    let shownAt = -Infinity;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let trailing;
    const show = () => {
      clearTimeout(trailing);
      trailing = undefined;
      shownAt = performance.now();
      setTick((tick) => tick + 1);
    };
    const stop = race.watch(() => {
      if (trailing !== undefined) return;
      const wait = shownAt + READOUT_INTERVAL_MS - performance.now();
      if (wait <= 0) show();
      else trailing = setTimeout(show, wait);
    });
    return () => {
      clearTimeout(trailing);
      stop();
    };
  }, [race]);
}
