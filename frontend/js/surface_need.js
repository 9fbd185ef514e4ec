/** When the landscape is to be drawn anew. Pure: everything is handed in, the clock too. */
import { same } from './plan.js';
import { isOfPath } from './plane_choice.js';

/**
 * @typedef {object} Asked the request that was made last
 * @property {unknown} look what was to be seen
 * @property {string} run
 * @property {boolean} isStandIn whether it was for two axes, since there was no path to find components of
 * @property {boolean} isLast whether the run had ended
 * @property {number} at when it was made, or answered
 * @property {number} steps that the farthest descent had made
 *
 * @typedef {object} Facts
 * @property {Asked | null} asked
 * @property {unknown} look what is to be seen now
 * @property {import('./types.js').PlaneChoice} choice
 * @property {string} run
 * @property {number} steps
 * @property {boolean} hasEnded
 * @property {boolean} isShown whether what is there is of the objective on show
 * @property {boolean} isDrawing
 * @property {number} age of the race, in ms
 * @property {number} now
 * @property {() => boolean} hasLeft whether a descent has left the picture
 * @property {() => number} lost how much less of the movement the plane shows than when it was found
 */

/** A path has components once it has made so many steps. That it does not move is known after so long. */
export const FIRST_STEPS = 4;
const PATIENCE_MS = 900;
/** A plane that follows is drawn anew at most this often, and the older the race is, up to a bound, the less often one is that grows
 * with the paths. The age counts the time that the race stood still, too: without a bound one that is resumed would keep its old picture. */
export const PAUSE_MS = 1000;
const GROWING_PAUSE = 0.3;
const MOST_PAUSE_MS = 5000;
/** Part of the movement that components may show less of than when they were found. */
const MOST_LOST = 0.03;

/**
 * `another`: a picture that a person waits for; `again`: the same plane, farther on; `later`: nothing yet; `never`: the run has ended and
 * the picture shows it.
 *
 * @param {Facts} facts @returns {'another' | 'again' | 'later' | 'never'}
 */
export function needOf(facts) {
  const { asked, look, choice, steps, hasEnded, isShown, isDrawing, age, now } = facts;
  const hasMoved = steps >= FIRST_STEPS;
  if (!asked || !same(asked.look, look) || (asked.isStandIn && hasMoved)) {
    const isPatient = choice.kind === 'pca' && !hasMoved && (isShown || age < PATIENCE_MS);
    return isPatient ? 'later' : 'another';
  }
  const pause = choice.follow || hasEnded ? PAUSE_MS : Math.max(PAUSE_MS, Math.min(MOST_PAUSE_MS, GROWING_PAUSE * age));
  if (isDrawing || now - asked.at < pause) return 'later';
  if (isOld(facts, asked, hasMoved)) return 'again';
  return hasEnded ? 'never' : 'later';
}

/** Whether the picture no longer shows what it is to show. @param {Facts} facts @param {Asked} asked @param {boolean} hasMoved */
function isOld({ choice, run, steps, hasEnded, hasLeft, lost }, asked, hasMoved) {
  if (asked.isStandIn) return false;
  if (isOfPath(choice) && asked.run !== run) return hasMoved;
  if (hasEnded && asked.isLast && asked.run === run) return false;
  if ((hasEnded && isOfPath(choice)) || (choice.follow && steps > asked.steps)) return true;
  return hasLeft() || lost() > MOST_LOST;
}
