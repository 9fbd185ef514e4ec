/** Where a picture ends whose losses go to infinity: a pole would flatten all the rest. */

/** @typedef {(number | null)[][] | (number | null)[]} Losses */

/** An extreme value is the tip of a pole, and no narrow basin, where a neighbour is away from it by this part of its way from the median. */
const STEEP = 0.4;
/** Of a pole, what lies this many spreads beyond the tenths at both ends is cut off. */
const REACH = 0.75;
const TENTH = 0.1;

/** The neighbours of an extreme value. @param {Losses} z @param {number} extreme */
function besides(z, extreme) {
  const rows = Array.isArray(z[0]) ? /** @type {(number | null)[][]} */ (z) : [/** @type {(number | null)[]} */ (z)];
  const j = rows.findIndex((row) => row.includes(extreme));
  const i = rows[j].indexOf(extreme);
  const neighbours = [rows[j][i - 1], rows[j][i + 1], rows[j - 1]?.[i], rows[j + 1]?.[i]];
  return /** @type {number[]} */ (neighbours.filter((value) => typeof value === 'number' && Number.isFinite(value)));
}

/** @param {Losses} z @param {number} extreme @param {number} median */
function isPole(z, extreme, median) {
  return besides(z, extreme).some((value) => Math.abs(value - extreme) > STEEP * Math.abs(extreme - median));
}

/**
 * The losses between which the picture is drawn: all of them, but for the ends of poles.
 * @param {Losses} z @param {ArrayLike<number>} sorted its finite values, rising
 * @returns {[number, number]}
 */
export function fence(z, sorted) {
  const at = (/** @type {number} */ part) => sorted[Math.round(part * (sorted.length - 1))];
  const [least, most, median] = [sorted[0], sorted[sorted.length - 1], at(0.5)];
  const [low, high] = [at(TENTH), at(1 - TENTH)];
  const room = REACH * (high - low);
  if (room === 0) return [least, most];
  return [
    least < low - room && isPole(z, least, median) ? low - room : least,
    most > high + room && isPole(z, most, median) ? high + room : most,
  ];
}
