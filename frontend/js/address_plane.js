/** How the choice of a plane is written in the address: `axes:0,3`, `random:7;Anchor:end;Of:1`, `pca`, `hessian;Follow`. */
import { count, oneOf, readParts } from './notation.js';
import { ANCHORS, FIRST_CHOICE, PLANE_KINDS } from './plane_choice.js';

/** @typedef {import('./types.js').PlaneChoice} PlaneChoice */

const ANCHOR = 'Anchor', OF = 'Of', FOLLOW = 'Follow';

/** @param {PlaneChoice} choice */
export function writePlane({ kind, axes, seed, anchor, descent, follow }) {
  const parts = [kind === 'axes' ? `axes:${axes.join(',')}` : kind === 'random' ? `random:${seed}` : kind];
  if (anchor !== FIRST_CHOICE.anchor) parts.push(`${ANCHOR}:${anchor}`);
  if (descent !== FIRST_CHOICE.descent) parts.push(`${OF}:${descent}`);
  if (follow) parts.push(FOLLOW);
  return parts.join(';');
}

/** @param {string} text */
function readAxes(text) {
  const axes = text.split(',').map(count);
  if (axes.length !== 2 || axes[0] === axes[1]) throw new RangeError(text);
  return axes;
}

/** @param {string} text @returns {PlaneChoice} */
export function readPlane(text) {
  const [[kind, value], ...parts] = readParts(text);
  const choice = { ...FIRST_CHOICE, kind: oneOf(kind, PLANE_KINDS) };
  if (kind === 'axes') choice.axes = readAxes(value);
  if (kind === 'random') choice.seed = count(value);
  for (const [key, rest] of parts) {
    if (key === ANCHOR) choice.anchor = oneOf(rest, ANCHORS);
    else if (key === OF) choice.descent = count(rest);
    else if (key === FOLLOW) choice.follow = true;
    else throw new RangeError(text);
  }
  if (choice.follow && choice.anchor !== 'current') throw new RangeError(text);
  return choice;
}
