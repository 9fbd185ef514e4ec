/**
 * Colours of the plots and of the swatches beside them. A descent is told apart by colour, dash and marker together.
 *
 * The eight colours of a theme were searched for the largest least distance (CIEDE2000) between any two of them and to the
 * greys of the surface, for normal sight and simulated protanopia, deuteranopia and tritanopia; a test holds the bar.
 *
 * Classes of data have calmer colours, searched in the same way: far from each other, the first two farthest, and from every slot.
 */

/** @typedef {{form: 'circle' | 'square' | 'diamond' | 'plus' | 'triangle', isOpen: boolean}} MarkerShape */

/** How the descent of a slot is drawn whatever the theme. `dash` is in pixels for a canvas; `dash3d` and `symbol3d` are Plotly's names.
 * @typedef {{dash: readonly number[], dash3d: string, marker: MarkerShape, symbol3d: string}} SlotStyle */

/** @type {readonly SlotStyle[]} */
export const slotStyles = [
  { dash: [], dash3d: 'solid', marker: { form: 'circle', isOpen: false }, symbol3d: 'circle' },
  { dash: [], dash3d: 'solid', marker: { form: 'square', isOpen: false }, symbol3d: 'square' },
  { dash: [], dash3d: 'solid', marker: { form: 'diamond', isOpen: false }, symbol3d: 'diamond' },
  { dash: [], dash3d: 'solid', marker: { form: 'triangle', isOpen: false }, symbol3d: 'cross' },
  { dash: [11, 5], dash3d: 'dash', marker: { form: 'circle', isOpen: true }, symbol3d: 'circle-open' },
  { dash: [3.5, 4], dash3d: 'dot', marker: { form: 'square', isOpen: true }, symbol3d: 'square-open' },
  { dash: [11, 4, 3, 4], dash3d: 'dashdot', marker: { form: 'diamond', isOpen: true }, symbol3d: 'diamond-open' },
  { dash: [20, 5], dash3d: 'longdash', marker: { form: 'triangle', isOpen: true }, symbol3d: 'cross' },
];

export const numSlots = slotStyles.length;

/** The marker of each class of data: with ten classes it says more than the colour. */
export const classShapes = /** @type {const} */ (['circle', 'square', 'triangle', 'diamond', 'plus', 'down', 'star', 'cross', 'hexagon', 'bar']);

/** @typedef {typeof classShapes[number]} ClassShape */

/**
 * @typedef {object} Theme
 * @property {string} paper ground of every plot
 * @property {string} text titles
 * @property {string} muted tick labels
 * @property {string} grid grid lines and axis lines
 * @property {readonly (readonly [number, string])[]} surface greys from the lowest to the highest loss
 * @property {string} isoline lines of equal loss on the surface and on the floor
 * @property {string} contourLine lines of equal loss on the map
 * @property {string} halo under the paths of the map
 * @property {string} field arrows of the gradient field
 * @property {string} mark start and minima
 * @property {string} markOutline
 * @property {string} card ground of a readout
 * @property {string} cardLine
 * @property {string} curve line of a one-dimensional objective
 * @property {string} curveFill
 * @property {readonly string[]} slots
 * @property {readonly string[]} classes of data, one a class
 */

/** @type {Record<'light' | 'dark', Theme>} */
export const themes = {
  light: {
    paper: '#ffffff',
    text: '#1b2230',
    muted: '#4d586a',
    grid: '#dde2ea',
    surface: [[0, '#6b788b'], [0.2, '#8491a2'], [0.45, '#a5b0be'], [0.7, '#c9d1db'], [0.88, '#e4e9ef'], [1, '#f4f6f9']],
    isoline: '#69768a',
    contourLine: 'rgba(30,40,60,0.34)',
    halo: 'rgba(255,255,255,0.85)',
    field: 'rgba(25,33,50,0.4)',
    mark: '#10151f',
    markOutline: '#ffffff',
    card: 'rgba(255,255,255,0.94)',
    cardLine: '#c5ccd8',
    curve: '#5b687b',
    curveFill: 'rgba(91,104,123,0.10)',
    slots: ['#000000', '#d55e00', '#7b2fbe', '#2ca779', '#dc5afb', '#122060', '#8e3957', '#434600'],
    classes: ['#838ec5', '#e17471', '#5c6000', '#12615b', '#3a7f77', '#8162b5', '#5f4f82', '#67523a', '#a3684c', '#ac849a'],
  },
  dark: {
    paper: '#0f1420',
    text: '#e8edf5',
    muted: '#a6b2c4',
    grid: '#2a3447',
    surface: [[0, '#080c15'], [0.2, '#151d2c'], [0.45, '#2a3649'], [0.7, '#46556d'], [0.88, '#66788f'], [1, '#8fa0b5']],
    isoline: '#94a2b8',
    contourLine: 'rgba(225,235,255,0.22)',
    halo: 'rgba(8,12,21,0.75)',
    field: 'rgba(226,234,248,0.4)',
    mark: '#ffffff',
    markOutline: '#0b101a',
    card: 'rgba(21,28,43,0.94)',
    cardLine: '#3a475e',
    curve: '#a6b2c4',
    curveFill: 'rgba(166,178,196,0.10)',
    slots: ['#ffffff', '#f5a300', '#4db5ff', '#ff2d63', '#b0f7b6', '#a92df2', '#8b6903', '#329979'],
    classes: ['#7487d5', '#ad6756', '#6bdeb3', '#cac9e8', '#8b628d', '#9ea2c9', '#978521', '#dd759c', '#9ece6f', '#5fb781'],
  },
};
