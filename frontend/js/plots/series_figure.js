/** Empty axes of a value against the step; the lines are drawn over them. */
import { flatAxis, flatLayout } from './contour.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {{title: string, isLog: boolean, range: [number, number], ticks?: Record<string, unknown>}} ValueAxis */

/** @param {Picture} picture @param {ValueAxis} axis @param {[number, number]} steps @param {import('./picture.js').Place} place
 * @param {string} revision changes where a zoom must be forgotten */
export function seriesFigure(picture, axis, steps, place, revision) {
  const { width } = place;
  return {
    data: [{ type: 'scatter', x: [0], y: [1], mode: 'lines', hoverinfo: 'skip' }],
    layout: {
      ...flatLayout(picture, place),
      uirevision: revision,
      hovermode: false,
      xaxis: flatAxis(picture, width, picture.strings.step, { range: steps, nticks: 6 }),
      yaxis: flatAxis(picture, width, axis.title, {
        range: axis.range,
        type: axis.isLog ? 'log' : 'linear',
        nticks: 6,
        ...(axis.isLog ? { dtick: decadesPerTick(axis.range) } : {}),
        ...axis.ticks,
      }),
    },
  };
}

/** Whole decades between ticks, so that at most six are shown. @param {[number, number]} range */
export function decadesPerTick([low, high]) {
  return Math.max(1, Math.ceil((high - low) / 6));
}
