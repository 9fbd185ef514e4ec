/** A surface comes into the picture: as another ground, or as a finer one of the ground that is there. */
import { same } from '../plan.js';
import { chooseHeight } from './height.js';
import { knownMinimum, spanOf } from './picture.js';
import { isWhole, projectionFor } from './shadows.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').SurfaceData} SurfaceData */

/** Part of the drawn heights, or of the linear piece of a logarithm, by which a path may be below them. */
const MOST_BELOW = 0.04;

/** @param {SurfaceData} surface */
const spannedBy = ({ plane, objective }) => [objective.dim, plane?.axes, plane?.directions, plane?.anchor];

/** From which side a plane is seen best depends on what it is, not on how far it is looked at. @param {SurfaceData} surface */
const seenAs = ({ plane, objective }) => [objective.dim, objective.id, plane?.kind, plane?.axes];

/** @param {import('./picture.js').DrawnDescent[]} descents */
const bestOf = (descents) => Math.min(...descents.map(({ history }) => history.best()?.loss ?? Infinity));

/** Whether a path has come so far below the slice that the picture has no place for it. @param {Picture} picture */
export function needsRoom(picture) {
  const { height, surface, descents } = picture;
  if (!surface || isWhole(picture)) return false;
  const reach = height.kind === 'log' ? height.scale : height.high - height.low;
  return height.base - bestOf(descents) > MOST_BELOW * reach;
}

/** The lowest loss that must have a place: paths off the plane may be below the slice. @param {Picture} picture @param {SurfaceData} surface
 * @param {boolean} isSameObjective whether the descents in the picture are on it */
function lowestOf({ descents }, surface, isSameObjective) {
  const lowest = Math.min(knownMinimum(surface) ?? Infinity, isSameObjective ? bestOf(descents) : Infinity);
  return Number.isFinite(lowest) ? lowest : null;
}

/**
 * Put a surface in the place of the one that is there. What a reader has in view stays where it is: with a finer surface of the same
 * ground the zoom and the kind of height, with the same plane the paths, with the same kind of plane the side from which it is seen.
 * @param {Picture} picture @param {SurfaceData} surface
 */
export function layGround(picture, surface) {
  const before = picture.surface;
  const isSamePlane = before !== null && picture.projection !== null && same(spannedBy(before), spannedBy(surface));
  const isSameGround = isSamePlane && same(spanOf(before), spanOf(surface)) && before.objective.id === surface.objective.id;
  if (!isSamePlane) picture.projection = projectionFor(surface);
  const isOff = !isWhole(picture);
  if (!isOff || !before || !same(seenAs(before), seenAs(surface))) picture.viewpoint = {};
  if (!isSameGround || !isOff) picture.revision += 1;
  const lowest = isOff ? lowestOf(picture, surface, before?.objective.id === surface.objective.id) : knownMinimum(surface);
  picture.height = chooseHeight(surface.z, lowest, isSameGround && isOff ? picture.height : null);
  picture.surface = surface;
}
