/** Strokes on a canvas, each over a wider one in the ground's colour, so that it reads on any background. */

/** @typedef {CanvasRenderingContext2D} Context */

/**
 * A path through pixels; NaN is a gap. A halo, where given, lies under the whole path.
 * @param {Context} context @param {ArrayLike<number>} lefts @param {ArrayLike<number>} tops
 * @param {{color: string, width: number, dash: readonly number[], halo?: {color: string, width: number} | null}} style
 */
export function strokePath(context, lefts, tops, style) {
  context.beginPath();
  let isOpen = false;
  for (let i = 0; i < lefts.length; i++) {
    const isPoint = !Number.isNaN(lefts[i] + tops[i]);
    if (isPoint && isOpen) context.lineTo(lefts[i], tops[i]);
    else if (isPoint) context.moveTo(lefts[i], tops[i]);
    isOpen = isPoint;
  }
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.setLineDash([]);
  if (style.halo) {
    context.strokeStyle = style.halo.color;
    context.lineWidth = style.halo.width;
    context.stroke();
  }
  context.lineCap = style.dash.length > 0 ? 'butt' : 'round';
  context.setLineDash(/** @type {number[]} */ (style.dash));
  context.strokeStyle = style.color;
  context.lineWidth = style.width;
  context.stroke();
  context.setLineDash([]);
}

/** An upright cross: where a descent was lost. @param {Context} context @param {number} left @param {number} top
 * @param {number} radius @param {{color: string, outline: string}} style */
export function drawCross(context, left, top, radius, style) {
  context.beginPath();
  for (const [x, y] of [[1, 1], [1, -1]]) {
    context.moveTo(left - x * radius, top - y * radius);
    context.lineTo(left + x * radius, top + y * radius);
  }
  context.lineCap = 'round';
  for (const [color, width] of /** @type {[string, number][]} */ ([[style.outline, 8], [style.color, 4]])) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
  }
}

/** @param {Context} context @param {number} left @param {number} top @param {number} radius @param {{color: string, outline: string}} style */
export function drawRing(context, left, top, radius, style) {
  context.beginPath();
  context.arc(left, top, radius, 0, 2 * Math.PI);
  for (const [color, width] of /** @type {[string, number][]} */ ([[style.outline, 6], [style.color, 2.5]])) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
  }
}

/**
 * An arrow from its tail, with a filled head.
 * @param {Context} context @param {number} left @param {number} top tail
 * @param {number} dx @param {number} dy from tail to tip, in pixels
 * @param {{color: string, outline: string, width: number, head?: number}} style
 */
export function drawArrow(context, left, top, dx, dy, style) {
  const length = Math.hypot(dx, dy);
  if (!(length > 0)) return;
  const head = Math.min(length, style.head ?? 4 + 2.4 * style.width);
  const [x, y] = [dx / length, dy / length];
  const [neckX, neckY] = [left + dx - x * head, top + dy - y * head];
  const half = head * 0.52;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const [color, extra] of /** @type {[string, number][]} */ ([[style.outline, 3], [style.color, 0]])) {
    context.strokeStyle = color;
    context.lineWidth = style.width + extra;
    context.beginPath();
    context.moveTo(left, top);
    context.lineTo(neckX, neckY);
    context.stroke();
    context.beginPath();
    context.moveTo(left + dx, top + dy);
    context.lineTo(neckX - y * half, neckY + x * half);
    context.lineTo(neckX + y * half, neckY - x * half);
    context.closePath();
    context.fillStyle = color;
    context.fill();
    if (extra > 0) {
      context.lineWidth = extra;
      context.stroke();
    }
  }
}
