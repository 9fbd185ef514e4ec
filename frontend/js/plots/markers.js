/** Shapes that stand for a descent or a minimum. Each has an outline of the ground's colour, so that it reads on any background. */

/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {import('../palette.js').MarkerShape} MarkerShape */

/** Corners of a regular star or polygon, from the top, clockwise. @param {number} count @param {number} radius @param {number} inner */
export function corners(count, radius, inner = radius) {
  const numCorners = inner === radius ? count : 2 * count;
  return Array.from({ length: numCorners }, (_, i) => {
    const angle = (2 * Math.PI * i) / numCorners - Math.PI / 2;
    const size = i % 2 === 1 && inner !== radius ? inner : radius;
    return [size * Math.cos(angle), size * Math.sin(angle)];
  });
}

/** @param {Context} context @param {number} left @param {number} top @param {number[][]} points */
function tracePolygon(context, left, top, points) {
  context.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? context.moveTo(left + x, top + y) : context.lineTo(left + x, top + y)));
  context.closePath();
}

/** @param {number} radius */
function plusCorners(radius) {
  const arm = radius * 0.42;
  const [r, a] = [radius * 1.1, arm];
  return [[-a, -r], [a, -r], [a, -a], [r, -a], [r, a], [a, a], [a, r], [-a, r], [-a, a], [-r, a], [-r, -a], [-a, -a]];
}

/** @param {number} radius @returns {Record<Exclude<MarkerShape['form'], 'circle'>, number[][]>} */
function polygons(radius) {
  const side = radius * 0.9;
  return {
    square: [[-side, -side], [side, -side], [side, side], [-side, side]],
    diamond: corners(4, radius * 1.25),
    plus: plusCorners(radius),
    triangle: corners(3, radius * 1.3),
  };
}

/**
 * The marker of a descent: filled with its colour and outlined, or open.
 * @param {Context} context @param {MarkerShape} shape @param {number} left @param {number} top @param {number} radius
 * @param {{color: string, outline: string}} style
 */
export function drawMarker(context, shape, left, top, radius, style) {
  if (shape.form === 'circle') {
    context.beginPath();
    context.arc(left, top, radius, 0, 2 * Math.PI);
  } else tracePolygon(context, left, top, polygons(radius)[shape.form]);
  context.lineJoin = 'round';
  context.strokeStyle = style.outline;
  context.lineWidth = shape.isOpen ? 6 : 4;
  context.stroke();
  context.fillStyle = shape.isOpen ? style.outline : style.color;
  context.fill();
  if (!shape.isOpen) return;
  context.strokeStyle = style.color;
  context.lineWidth = 3;
  context.stroke();
}

/** @param {Context} context @param {number} left @param {number} top @param {number} radius @param {{color: string, outline: string}} style */
export function drawStar(context, left, top, radius, style) {
  tracePolygon(context, left, top, corners(5, radius, radius * 0.45));
  context.lineJoin = 'round';
  context.strokeStyle = style.outline;
  context.lineWidth = 4;
  context.stroke();
  context.fillStyle = style.color;
  context.fill();
}
