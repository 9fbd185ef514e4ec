/** Where the camera of the 3-D figure stands at first, so that what it shows fills its place and lies under nothing. */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Rectangle in CSS pixels from the corner of the place */
/** A point in units of the camera, and the room that it needs around it in pixels. @typedef {{at: number[], room: number}} Subject */
/** What lies over the place is kept free. @typedef {{width: number, height: number, covers: Rectangle[]}} Room */
/** @typedef {{eye: number[], center: number[]}} Stand */

/** Plotly's own angle of view, upright. */
const FIELD_OF_VIEW = Math.PI / 4;
const NEAREST = 1;
const FARTHEST = 8;
const HALVINGS = 18;
const TURNS = 5;
const EDGE = 6;

/** Unit vectors of a camera: towards the eye, to its right and up. @param {number} azimuth turned to the right from the side of low y
 * @param {number} elevation in radians */
export function directions(azimuth, elevation) {
  const [s, c] = [Math.sin(azimuth), Math.cos(azimuth)];
  const [rise, run] = [Math.sin(elevation), Math.cos(elevation)];
  return { back: [s * run, -c * run, rise], right: [c, s, 0], up: [-s * rise, c * rise, run] };
}

/** @param {number[]} a @param {number[]} b */
function dot(a, b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/**
 * The nearest stand from which every subject keeps within the place and out from under its covers; the farthest where none does.
 * @param {Subject[]} subjects @param {{azimuth: number, elevation: number}} side @param {Room} room
 * @returns {Stand}
 */
export function frame(subjects, { azimuth, elevation }, room) {
  const view = directions(azimuth, elevation);
  let [near, far] = [NEAREST, FARTHEST];
  for (let i = 0; i < HALVINGS; i++) {
    const away = (near + far) / 2;
    if (center(subjects, view, away, room).fits) far = away;
    else near = away;
  }
  const at = center(subjects, view, far, room).at;
  return { eye: at.map((value, axis) => value + far * view.back[axis]), center: at };
}

/** @typedef {ReturnType<typeof directions>} View */

/** Moves the camera sideways until its subjects lie in the middle of what is free.
 * @param {Subject[]} subjects @param {View} view @param {number} away @param {Room} room */
function center(subjects, view, away, room) {
  const focal = room.height / 2 / Math.tan(FIELD_OF_VIEW / 2);
  let at = [0, 0, 0];
  let fits = false;
  for (let turn = 0; turn < TURNS; turn++) {
    const seen = subjects.map((subject) => project(subject, at, view, away, focal, room));
    if (seen.some(({ depth }) => depth < 0.1)) return { at, fits: false };
    const move = shift(seen, room);
    fits = move.fits;
    const [x, y] = [(-move.dx * away) / focal, (move.dy * away) / focal];
    at = at.map((value, axis) => value + x * view.right[axis] + y * view.up[axis]);
  }
  return { at, fits };
}

/** @param {Subject} subject @param {number[]} center @param {View} view @param {number} away @param {number} focal @param {Room} room */
function project({ at, room }, center, view, away, focal, { width, height }) {
  const from = at.map((value, axis) => value - center[axis]);
  const depth = away - dot(from, view.back);
  return { left: width / 2 + (focal * dot(from, view.right)) / depth, top: height / 2 - (focal * dot(from, view.up)) / depth, depth, room };
}

/** How far the picture must move to lie in the middle, in pixels, and whether it then fits.
 * @param {{left: number, top: number, room: number}[]} seen @param {Room} room */
function shift(seen, { width, height, covers }) {
  const west = Math.min(...seen.map(({ left, room }) => left - room));
  const east = Math.max(...seen.map(({ left, room }) => left + room));
  const dx = (width - east - west) / 2;
  let [least, most] = [-Infinity, Infinity];
  for (const { left, top, room } of seen) {
    const [ceiling, ground] = freeHeight(left + dx, room, height, covers);
    least = Math.max(least, ceiling - top + room);
    most = Math.min(most, ground - top - room);
  }
  return { dx, dy: (least + most) / 2, fits: least <= most && east - west <= width - 2 * EDGE };
}

/** What is free between the covers above and below a column. @param {number} left @param {number} room @param {number} height
 * @param {Rectangle[]} covers */
function freeHeight(left, room, height, covers) {
  let [ceiling, ground] = [EDGE, height - EDGE];
  for (const cover of covers) {
    if (left + room < cover.left || left - room > cover.right) continue;
    if (cover.top + cover.bottom < height) ceiling = Math.max(ceiling, cover.bottom);
    else ground = Math.min(ground, cover.top);
  }
  return [ceiling, ground];
}
