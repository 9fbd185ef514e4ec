/** Empty axes for data and fits, which are drawn over them. */
import { flatAxis, flatLayout, isEqualScale } from './contour.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./picture.js').Place} Place */
/** @typedef {import('./fit_axes.js').FitAxes} FitAxes */

/** Pixels above the axes for the legend. */
export const LEGEND_HEIGHT = 26;
/** Regions stand square on nothing: their plane is sooner stretched than a map. */
const MOST_WASTE = 1.35;
/** A table with more classes than this has no place for their names on a narrow plot. */
const MOST_LETTERS = 11;

/** @param {string[]} names */
function nameTicks(names) {
  const short = names.map((name) => (name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1)}\u2026` : name));
  return { tickmode: 'array', tickvals: names.map((_, i) => i), ticktext: short, ticks: '', fixedrange: true, showgrid: false };
}

/** @param {number[]} at */
const fixedTicks = (at) => ({ tickmode: 'array', tickvals: at, ticktext: at.map(String) });

/** @param {Picture} picture @param {FitAxes} axes @param {Place} place @param {string} revision changes where a zoom must be forgotten */
export function fitFigure(picture, axes, place, revision) {
  const { width, height } = place;
  const layout = flatLayout(picture, place);
  const square = axes.isSquare && isEqualScale([axes.x, axes.y], width, height, MOST_WASTE) ? { scaleanchor: 'x', scaleratio: 1, constrain: 'domain', constraintoward: 'top' } : {};
  const ofNames = axes.names ? nameTicks(axes.names) : {};
  const grid = { showgrid: axes.hasGrid };
  return {
    data: [{ type: 'scatter', x: [axes.x[0]], y: [axes.y[0]], mode: 'markers', marker: { opacity: 0 }, hoverinfo: 'skip' }],
    layout: {
      ...layout,
      margin: { l: 8, r: 14, t: LEGEND_HEIGHT, b: 8 },
      uirevision: revision,
      hovermode: false,
      xaxis: flatAxis(picture, width, axes.xTitle, { range: axes.x, constrain: 'domain', constraintoward: 'right', ...grid, ...ofNames }),
      yaxis: flatAxis(picture, width, axes.yTitle, {
        range: axes.y, ...grid, ...square, ...ofNames, ...(axes.yTicks ? fixedTicks(axes.yTicks) : {}),
      }),
    },
  };
}
