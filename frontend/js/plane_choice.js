/** Which plane a person wants to look at, and what that means for one objective. Pure. */

/**
 * @typedef {import('./types.js').PlaneChoice} PlaneChoice
 * @typedef {import('./types.js').Objective} Objective
 */

export const PLANE_KINDS = /** @type {const} */ (['axes', 'random', 'pca', 'hessian']);
export const ANCHORS = /** @type {const} */ (['start', 'current', 'end']);

/** What holds for all that is not chosen. @type {PlaneChoice} */
export const FIRST_CHOICE = { kind: 'axes', axes: [0, 1], seed: 0, anchor: 'start', descent: 0, follow: false };

/** Whether there is a plane to choose: up to two dimensions it is all there is. @param {Objective | null} objective */
export const hasPlanes = (objective) => (objective?.dim ?? 0) > 2;

/**
 * The plane in force. A model's path would hardly show along two of its weights, so its components are looked at; a function or a
 * formula has axes that mean something.
 *
 * @param {PlaneChoice | null} choice null: nobody has chosen @param {Objective} objective @param {number} numDescents
 * @returns {PlaneChoice}
 */
export function choiceFor(choice, objective, numDescents) {
  if (!choice) return { ...FIRST_CHOICE, kind: objective.kind === 'model' ? 'pca' : 'axes' };
  const isThere = choice.axes.every((axis) => axis < objective.dim) && choice.axes[0] !== choice.axes[1];
  return { ...choice, axes: isThere ? choice.axes : FIRST_CHOICE.axes, descent: choice.descent < numDescents ? choice.descent : 0 };
}

/** Whether the plane is found from where the descents have been, so that another run has another one. @param {PlaneChoice} choice */
export const isOfPath = ({ kind, anchor }) => kind === 'pca' || anchor !== 'start';

/**
 * The plane as a request for a surface has it. All paths are covered where the anchor is not one descent's own.
 *
 * @param {PlaneChoice} choice @param {string} run
 */
export function planeRequest({ kind, axes, seed, anchor, descent }, run) {
  const own = kind === 'axes' ? { axes } : kind === 'random' ? { seed } : {};
  return { kind, ...own, anchor, run, descent: anchor === 'start' || descent === 0 ? null : descent };
}
