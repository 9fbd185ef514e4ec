/** What every component may use: the state, the race, the words. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

/**
 * @typedef {object} Page
 * @property {import('../types.js').State} state
 * @property {import('../store.js').Store['dispatch']} dispatch
 * @property {import('../race.js').Race} race
 * @property {import('../intake.js').Intake} intake
 * @property {import('../i18n.js').Translate} t
 * @property {import('../types.js').Language} language
 * @property {import('../types.js').Theme} theme
 * @property {any} plots
 */

export const PageContext = createContext(/** @type {Page} */ (/** @type {unknown} */ (null)));

export const usePage = () => useContext(PageContext);

/** Render again as rows come to be read. @param {import('../race.js').Race} race */
export function useRows(race) {
  const [, setTick] = useState(0);
  useEffect(() => race.watch(() => setTick((tick) => tick + 1)), [race]);
}
