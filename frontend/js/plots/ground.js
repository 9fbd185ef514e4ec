/** A surface comes into the picture: as another ground, or as a finer one of the ground that is there. */
import { same } from '../plan.js';
import { chooseHeight } from './height.js';
import { knownMinimum, spanOf } from './picture.js';
import { isWhole, projectionFor } from './shadows.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').SurfaceData} SurfaceData */

/** @param {SurfaceData} surface */
const spannedBy = ({ plane, objective }) => [objective.dim, plane?.axes, plane?.directions, plane?.anchor];

/** From which side a plane is seen best depends on what it is, not on how far it is looked at. @param {SurfaceData} surface */
const seenAs = ({ plane, objective }) => [objective.dim, objective.id, plane?.kind, plane?.axes];

/** The lowest loss that must have a place: paths off the plane may be below the slice. @param {Picture} picture @param {SurfaceData} surface
 * @param {boolean} isSameObjective whether the descents in the picture are on it */
function lowestOf({ descents }, surface, isSameObjective) {
  const known = [knownMinimum(surface) ?? Infinity];
  // No loss of a model, and no penalty, is below zero.
  if (surface.objective.kind === 'model') known.push(0);
  if (isSameObjective) known.push(...descents.map(({ history }) => history.best()?.loss ?? Infinity));
  const lowest = Math.min(...known);
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
