/** The camera of the 3-D figure as it stands at first: what it shows fills what the page leaves free of the place. */
import { directions, frame } from './framing.js';
import { bestOutlook } from './outlook.js';
import { textSize } from './picture.js';
import { MOST_SIZE } from './scene_axes.js';
import { boxOf, sidesFor, surfacePoints, toWorld } from './scene_box.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./framing.js').Room} CoveredPlace */
/** @typedef {import('./framing.js').Subject} Subject */
/** @typedef {import('./scene_box.js').Sides} Sides */

/** Room in sizes of the text: around the numbers of an edge, around its title, and around the numbers of the heights. */
const WORDS = { numbers: 2, title: 3.6, heights: 3 };
const NUM_STOPS = 8;

/** @param {Picture} picture @param {CoveredPlace} place */
export function cameraFor(picture, place) {
  const { sides, azimuth, elevation } = stanceFor(picture, place);
  const { eye, center } = frame(subjects(picture, sides, place.width, directions(azimuth, elevation)), { azimuth, elevation }, place);
  const named = (/** @type {number[]} */ [x, y, z]) => ({ x, y, z });
  return { eye: named(eye), center: named(center), up: named([0, 0, 1]), projection: { type: 'perspective' } };
}

/** Sides of the box and direction of the camera: a narrow place sees a higher box, and more from above.
 * @param {Picture} picture @param {CoveredPlace} place */
export function stanceFor(picture, place) {
  const slender = freeShape(place);
  const sides = sidesFor(slender);
  const lowest = Math.round(Math.min(46, Math.max(36, 40 + 16 * (slender - 0.85))));
  return { sides, ...bestOutlook(picture, sides, lowest) };
}

/** Height over width of what no cover takes from the place. @param {CoveredPlace} place */
function freeShape({ width, height, covers }) {
  const taken = covers.reduce((sum, { left, top, right, bottom }) => sum + (right - left) * (bottom - top), 0);
  return Math.max(height / 2, height - taken / width) / width;
}

/** What must be seen: the surface, the map on the floor, and the words along the edges that face the camera.
 * @param {Picture} picture @param {Sides} sides @param {number} width of the place @param {ReturnType<typeof directions>} view
 * @returns {Subject[]} */
function subjects(picture, sides, width, { back, right }) {
  const box = boxOf(picture);
  const size = Math.min(MOST_SIZE, textSize(width));
  const subject = (/** @type {number[]} */ point, /** @type {number} */ room) => ({ at: toWorld(box, sides, point), room });
  const near = [0, 1].map((axis) => box[axis][back[axis] > 0 ? 1 : 0]);
  const edges = Array.from({ length: NUM_STOPS + 1 }, (_, i) => i / NUM_STOPS).flatMap((part) => {
    const room = size * (Math.abs(part - 0.5) < 0.2 ? WORDS.title : WORDS.numbers);
    const [u, v] = [0, 1].map((axis) => box[axis][0] + part * (box[axis][1] - box[axis][0]));
    return [subject([u, near[1], box[2][0]], room), subject([near[0], v, box[2][0]], room)];
  });
  const corners = box[0].flatMap((u) => box[1].map((v) => [u, v]));
  const floor = corners.map((corner) => subject([...corner, box[2][0]], 6));
  const left = (/** @type {number[]} */ corner) => subject([...corner, 0], 0).at.reduce((sum, part, axis) => sum + part * right[axis], 0);
  const leftmost = corners.sort((a, b) => left(a) - left(b))[0];
  const heights = [picture.height.low, picture.height.high].map((z) => subject([...leftmost, z], WORDS.heights * size));
  return [...edges, ...floor, ...heights, ...surfacePoints(picture).map((point) => subject(point, 10))];
}
