/** Paths that leave the plane on which they are drawn: the farther off it, the thinner and fainter, and dotted behind the surface. */

/** @typedef {{color: string, width: number, dash: readonly number[], halo?: {color: string, width: number} | null}} Stroke */

/** Levels of solidity that are told apart: a path is stroked piece by piece, each of one level. */
const LEVELS = 8;
/** Of the width of a path, what is left of it where it is faintest. */
const LEAST_WIDTH = 0.5;
/** Behind the surface, beside what is before it. */
const BEHIND = 0.6;
const DOTS = [0.1, 6];

/** Consecutive points of one look. @typedef {{from: number, to: number, level: number, isHidden: boolean}} Piece */

/**
 * Splits a path where its look changes; each piece goes on to the first point of the next one, so that no gap shows.
 * @param {ArrayLike<number>} solidities of each point, from 0 to 1; NaN is a gap @param {ArrayLike<boolean>} hidden where it is left out, nothing is
 * @returns {Piece[]}
 */
export function piecesOf(solidities, hidden) {
  /** @type {Piece[]} */
  const pieces = [];
  /** @type {Piece | null} */
  let open = null;
  for (let i = 0; i < solidities.length; i++) {
    if (Number.isNaN(solidities[i])) {
      open = null;
      continue;
    }
    const level = Math.round(solidities[i] * LEVELS) / LEVELS;
    const isHidden = hidden[i] ?? false;
    if (open) open.to = i;
    if (open && open.level === level && open.isHidden === isHidden) continue;
    open = { from: i, to: i, level, isHidden };
    pieces.push(open);
  }
  return pieces.filter(({ from, to }) => to > from);
}

/** @param {CanvasRenderingContext2D} context @param {ArrayLike<number>} lefts @param {ArrayLike<number>} tops @param {Piece} piece */
function trace(context, lefts, tops, { from, to }) {
  context.beginPath();
  context.moveTo(lefts[from], tops[from]);
  for (let i = from + 1; i <= to; i++) context.lineTo(lefts[i], tops[i]);
}

/**
 * A path through pixels, piece by piece.
 * @param {CanvasRenderingContext2D} context @param {ArrayLike<number>} lefts @param {ArrayLike<number>} tops
 * @param {Piece[]} pieces @param {Stroke} style as it is where it is most solid
 */
export function strokePieces(context, lefts, tops, pieces, { color, width, dash, halo }) {
  context.lineJoin = 'round';
  for (const piece of pieces) {
    const part = LEAST_WIDTH + (1 - LEAST_WIDTH) * piece.level;
    trace(context, lefts, tops, piece);
    context.lineCap = 'round';
    if (halo && !piece.isHidden) {
      context.globalAlpha = piece.level;
      context.setLineDash([]);
      context.strokeStyle = halo.color;
      context.lineWidth = (halo.width - width) + width * part;
      context.stroke();
    }
    context.globalAlpha = piece.level * (piece.isHidden ? BEHIND : 1);
    context.setLineDash(piece.isHidden ? DOTS : /** @type {number[]} */ (dash));
    if (!piece.isHidden && dash.length > 0) context.lineCap = 'butt';
    context.strokeStyle = color;
    context.lineWidth = width * part;
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}
