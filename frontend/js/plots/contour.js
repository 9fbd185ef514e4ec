/** The map of a two-dimensional objective: bands of equal loss and axes. What moves is drawn over it. */
import { drawnHeights } from './gaps.js';
import { heightTicks } from './height.js';
import { fontFamily, spanOf, textSize } from './picture.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').Place} Place */
/** @typedef {Record<string, unknown>} Fields */

const NUM_BANDS = 18;
/** A map this much wider or higher than the domain is stretched: equal scales would waste too much of it. */
const MOST_WASTE = 1.9;
/** Where there is this much more width than the map needs, the scale of greys stands beside it. */
const BAR_FROM = 1.22;

/** Axis of a 2-D plot. @param {Picture} picture @param {number} width of the element @param {string} title @param {Fields} fields @returns {Fields} */
export function flatAxis(picture, width, title, fields) {
  const { theme } = picture;
  const size = textSize(width);
  return {
    title: { text: title, standoff: 6, font: { size: size + 1, color: theme.text } },
    tickfont: { size, color: theme.muted },
    gridcolor: theme.grid,
    linecolor: theme.grid,
    tickcolor: theme.grid,
    ticks: 'outside',
    ticklen: 4,
    zeroline: false,
    autorange: false,
    nticks: 6,
    automargin: true,
    // An axis that has hidden all its labels puts its title at infinity.
    ticklabeloverflow: 'allow',
    minexponent: 5,
    exponentformat: 'power',
    ...fields,
  };
}

/** What all 2-D plots share. @param {Picture} picture @param {Place} place @returns {Fields} */
export function flatLayout(picture, { width, height }) {
  const { theme } = picture;
  return {
    width,
    height,
    margin: { l: 8, r: 14, t: 10, b: 8 },
    paper_bgcolor: theme.paper,
    plot_bgcolor: theme.paper,
    font: { family: fontFamily, color: theme.text },
    hoverlabel: { bgcolor: theme.card, bordercolor: theme.cardLine, font: { color: theme.text, size: 13 } },
    dragmode: 'pan',
    showlegend: false,
    uirevision: picture.revision,
  };
}

/** True where one unit should be as long on both axes, so that arrows stand square on the lines of equal loss.
 * @param {[number, number][]} domain @param {number} width @param {number} height of the element @param {number} mostWaste */
export function isEqualScale(domain, width, height, mostWaste = MOST_WASTE) {
  const ratio = widthRatio(domain, width, height);
  return ratio < mostWaste && ratio > 1 / mostWaste;
}

/** Width that there is over width that equal scales need. @param {[number, number][]} domain @param {number} width @param {number} height */
function widthRatio([[uLow, uHigh], [vLow, vHigh]], width, height) {
  return (width - 70) / Math.max(1, height - 60) / ((uHigh - uLow) / (vHigh - vLow));
}

/** The scale of greys, with losses beside it. @param {Picture} picture @param {number} width of the element */
function colorBar({ height, theme, strings }, width) {
  const size = textSize(width);
  const ticks = heightTicks(height, 0.11);
  return {
    ...ticks,
    tickmode: 'array',
    thickness: 12,
    outlinewidth: 0,
    xpad: 8,
    ypad: 0,
    len: 1,
    tickfont: { size: size - 1, color: theme.muted },
    title: { text: strings.loss, side: 'right', font: { size: size + 1, color: theme.text } },
  };
}

/** @param {Picture} picture @param {Place} place */
export function contourFigure(picture, place) {
  const { width, height } = place;
  const { surface, theme, labels, strings } = picture;
  if (!surface) throw new Error('missing surface');
  const rows = /** @type {(number | null)[][]} */ (surface.z);
  const { low, high } = picture.height;
  const domain = spanOf(surface);
  const trace = {
    type: 'contour',
    x: surface.u,
    y: surface.v,
    z: drawnHeights(surface, picture.height),
    customdata: rows,
    hoverongaps: false,
    hovertemplate: `${labels.x} %{x:.3f}<br>${labels.y} %{y:.3f}<br>${strings.loss} %{customdata:.5g}<extra></extra>`,
    colorscale: theme.surface,
    zmin: low,
    zmax: high,
    showscale: widthRatio(domain, width, height) > BAR_FROM,
    colorbar: colorBar(picture, width),
    autocontour: false,
    contours: { start: low, end: high, size: (high - low) / NUM_BANDS, coloring: 'fill' },
    line: { color: theme.contourLine, width: 1, smoothing: 0.8 },
  };
  const square = isEqualScale(domain, width, height) ? { scaleanchor: 'x', scaleratio: 1, constrain: 'domain' } : {};
  return {
    data: [trace],
    layout: {
      ...flatLayout(picture, place),
      hovermode: 'closest',
      xaxis: flatAxis(picture, width, labels.xTitle ?? labels.x, { range: domain[0], constrain: 'domain', constraintoward: 'right', showgrid: false }),
      yaxis: flatAxis(picture, width, labels.yTitle ?? labels.y, { range: domain[1], showgrid: false, ...square }),
    },
  };
}
