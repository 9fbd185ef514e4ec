/** What the axes of a plane are called in the plots, and what their titles say of it. */
import { formatValue } from './format.js';

/**
 * @typedef {import('./types.js').Plane} Plane
 * @typedef {import('./i18n.js').Translate} Translate
 */

/** A share as a whole percentage; what is not all of it never reads as all of it. @param {number} share from 0 to 1 */
export function percentOf(share) {
  const percent = Math.round(share * 100);
  if (percent === 100 && share < 0.9995) return '>99';
  return percent === 0 && share > 0.0005 ? '<1' : String(percent);
}

/** Names of u and v; those of axes are theta's own. @param {Plane} plane @param {Translate} t @returns {string[]} */
export function namesOf({ kind, names }, t) {
  return kind === 'axes' || kind === 'directions' ? names : [1, 2].map((number) => t(`plane.${kind}.name`, { number }));
}

/**
 * Titles for the plots. Components say how much of the movement they show, eigenvectors how strong the curvature is.
 *
 * @param {Plane | null | undefined} plane @param {Translate} t @param {string} language
 * @returns {{xLabel: string, yLabel: string, xTitle: string, yTitle: string} | null} null where u and v are all there is
 */
export function planeTitles(plane, t, language) {
  if (!plane?.anchor || plane.names.length < 2) return null;
  const [xLabel, yLabel] = namesOf(plane, t);
  const [xTitle, yTitle] = [xLabel, yLabel].map((name, i) => {
    if (plane.explained) return t('plane.explained', { name, percent: percentOf(plane.explained[i]) });
    return plane.eigenvalues ? t('plane.eigenvalue', { name, value: formatValue(plane.eigenvalues[i], language, 3) }) : name;
  });
  return { xLabel, yLabel, xTitle, yTitle };
}
