/** What the plots show, as data that all views read and only `plots.js` writes. */
/** @typedef {import('../history.js').History} History */
/** @typedef {import('../palette.js').Theme} Theme */
/** @typedef {import('./height.js').Height} Height */
/** @typedef {import('../types.js').Plane} Plane */
/** @typedef {import('../plane.js').Projection} Projection */
/** @typedef {import('../trail.js').Trail} Trail */

/** @typedef {{id?: string, kind?: string, dim: number, domain: [number, number][], minima: {theta: number[], loss: number}[]}} PlottedObjective */

/** A grid of arrows: where they stand and which way is up; `du` and `dv` as rows of `v`, columns of `u`.
 * @typedef {{u: ArrayLike<number>, v: ArrayLike<number>, du: (number | null)[][], dv: (number | null)[][]}} GradientField */

/** The loss on a grid: `z[j][i]` at (u[i], v[j]); for one dimension `v` is null and `z[i]` is at u[i]. Where no plane is named, the first
 * components of theta are all there is.
 * @typedef {{u: number[] | Float64Array, v: number[] | Float64Array | null, z: (number | null)[][] | (number | null)[],
 *   minimum: number | null, maximum: number | null, objective: PlottedObjective, gradient?: GradientField | null,
 *   plane?: Plane | null}} SurfaceData */

/** One drawn descent; `slot`, from 0 to 7, is its colour, dash and marker; `trail` holds theta where the history does not.
 * @typedef {{label: string, slot: number, history: History, trail?: Trail | null, state: 'running' | 'finished' | 'diverged',
 *   visible: boolean, selected: boolean}} DrawnDescent */

/** Words in the plots. @typedef {{x: string, y: string, loss: string, step: string, diverged: string, offPlane: string, minimum: string,
 *   train: string, test: string, batch: string, truth: string, actual: string, predicted: string, accuracy: string, rowShare: string}} PlotStrings
 * actual: the class or value that is in the data; rowShare: a count over the sum of its row */

/** What the axes of the plane are called, and where their titles say more than the name. @typedef {{x: string, y: string, xTitle?: string, yTitle?: string}} PlotLabels */

/**
 * @typedef {object} Picture
 * @property {SurfaceData | null} surface
 * @property {Height} height
 * @property {Projection | null} projection onto the plane of the surface
 * @property {number} revision grows with each surface of another ground; a finer one of the same ground keeps it
 * @property {object} viewpoint another object where the camera may look from another side
 * @property {PlotLabels} labels
 * @property {Theme} theme
 * @property {PlotStrings} strings
 * @property {DrawnDescent[]} descents
 * @property {number[] | null} start
 * @property {'log' | 'linear'} lossScale
 * @property {number | null} numSteps length of the run, where known
 * @property {boolean} isSoftwareGl
 * @property {(theta: number[]) => void} onStartPicked
 */

/** A part of the page: `render` rebuilds the Plotly figure, `draw` only what moves.
 * @typedef {{render: () => Promise<void>, draw: () => void, reset: () => void, dispose: () => void}} View */

/** Where a figure is drawn: its size in CSS pixels. @typedef {{width: number, height: number}} Place */

/** The page's own font, and one for Chinese words. */
export const fontFamily = "'Inter Variable', Inter, system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** @type {PlotStrings} */
export const englishStrings = {
  x: 'x', y: 'y', loss: 'loss', step: 'step', diverged: 'diverged', offPlane: 'off plane', minimum: 'minimum',
  train: 'train', test: 'test', batch: 'batch', truth: 'truth', actual: 'actual', predicted: 'predicted', accuracy: 'accuracy', rowShare: 'of row',
};

/** What the grid spans along u and v. @param {SurfaceData | null} surface @returns {[[number, number], [number, number]]} */
export function spanOf(surface) {
  const ends = (/** @type {ArrayLike<number> | null | undefined} */ axis) =>
    /** @type {[number, number]} */ (axis ? [axis[0], axis[axis.length - 1]] : [0, 1]);
  return [ends(surface?.u), ends(surface?.v)];
}

/** The lowest known loss; null where no minimum is known. @param {SurfaceData} surface */
export function knownMinimum(surface) {
  const losses = surface.objective.minima.map((minimum) => minimum.loss);
  return losses.length > 0 ? Math.min(...losses) : null;
}

/** The descents to draw, the selected one last: on top. @param {Picture} picture */
export function visibleDescents(picture) {
  return picture.descents.filter((descent) => descent.visible).sort((a, b) => Number(a.selected) - Number(b.selected));
}

/** @param {HTMLElement} element @returns {Place} */
export function placeOf({ clientWidth, clientHeight }) {
  return { width: Math.max(80, clientWidth), height: Math.max(80, clientHeight) };
}

/** Text of a size that suits a plot of that width, in pixels. @param {number} width */
export function textSize(width) {
  return Math.round(Math.min(18, Math.max(11.5, 8.5 + width / 100)));
}

/** What the page lays over a place, as far as it reaches into it, in CSS pixels from the place's corner. What opens and closes over it
 * (a list, a hint) does not count. @param {HTMLElement} element @returns {import('./framing.js').Rectangle[]} */
export function coversOf(element) {
  const place = element.getBoundingClientRect();
  return overlays(element).flatMap((overlay) => {
    const { left, top, right, bottom } = overlay.getBoundingClientRect();
    const cover = {
      left: Math.max(0, left - place.left), top: Math.max(0, top - place.top),
      right: Math.min(place.width, right - place.left), bottom: Math.min(place.height, bottom - place.top),
    };
    return cover.right > cover.left && cover.bottom > cover.top ? [cover] : [];
  });
}

/** What stands beside an element in the page and is read. @param {HTMLElement} element */
export function besides(element) {
  return [...(element.parentElement?.children ?? [])].filter((other) => other !== element && !other.matches('[aria-hidden="true"]'));
}

/** The parts of what stands beside an element, each with a place of its own. @param {HTMLElement} element */
function overlays(element) {
  const parts = besides(element).flatMap((other) => (other.children.length > 0 ? [...other.children] : [other]));
  return parts.filter((part) => !['absolute', 'fixed'].includes(getComputedStyle(part).position));
}
