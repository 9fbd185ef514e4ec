/** The landscape of a one-dimensional objective: its curve. */
import { flatAxis, flatLayout } from './contour.js';
import { curveLine } from './gaps.js';
import { heightTicks } from './height.js';
import { spanOf } from './picture.js';

/** @typedef {import('./picture.js').Picture} Picture */

/** Room below and above the curve, as parts of its range. */
const ROOM = [0.1, 0.14];

/** @param {Picture} picture @returns {[number, number]} */
export function curveRange({ height }) {
  const span = height.high - height.low;
  return [height.low - ROOM[0] * span, height.high + ROOM[1] * span];
}

/** @param {Picture} picture @param {import('./picture.js').Place} place */
export function curveFigure(picture, place) {
  const { width } = place;
  const { surface, theme, labels, strings, height } = picture;
  if (!surface) throw new Error('missing surface');
  const { x, y, losses } = curveLine(surface, height);
  const trace = {
    type: 'scatter',
    mode: 'lines',
    x,
    y,
    customdata: losses,
    hovertemplate: `${labels.x} %{x:.4f}<br>${strings.loss} %{customdata:.5g}<extra></extra>`,
    line: { color: theme.curve, width: 3.5 },
    fill: 'tozeroy',
    fillcolor: theme.curveFill,
  };
  const ticks = height.kind === 'log' ? { tickmode: 'array', ...heightTicks(height, 0.1) } : { nticks: 7 };
  return {
    data: [trace],
    layout: {
      ...flatLayout(picture, place),
      hovermode: 'x',
      xaxis: flatAxis(picture, width, labels.x, { range: spanOf(surface)[0] }),
      yaxis: flatAxis(picture, width, strings.loss, { range: curveRange(picture), ...ticks }),
    },
  };
}
