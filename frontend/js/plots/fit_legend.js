/** A strip above the axes that says what the marks are: it covers no data. */
import { LEGEND_HEIGHT } from './fit_figure.js';
import { drawPoints } from './fit_points.js';
import { drawRule, percent } from './fit_scene.js';
import { fontFamily } from './picture.js';

/** @typedef {import('./fit_scene.js').Scene} Scene */
/** @typedef {import('./fit_scene.js').Context} Context */
/** @typedef {import('./projection.js').Box} Box */
/** @typedef {{text: string, sign: 'point' | 'ring' | 'dots' | 'block', group: number, color?: string}} Entry */

const SIGN = 13;
/** Pixels between two entries, or fewer where all names fit so. */
const GAPS = [14, 8];
const RADIUS = 4;
/** Of the strip at both ends. */
const MARGIN = 10;
const LONGEST = 14;

/** @param {Scene} scene @returns {Entry[]} */
export function legendEntries({ picture, data, shown }) {
  const { strings, theme } = picture;
  if (data.kind === 'confusion' || data.kind === 'parity') {
    const test = data.kind === 'parity' && data.test?.y.length ? [partEntry(strings.train, 'point'), partEntry(strings.test, 'ring')] : [];
    if (data.kind === 'parity' || !shown) return test;
    const accuracy = `${shown.descent.label} \u00b7 ${strings.accuracy} ${percent(shown.fit.train_accuracy)}`;
    return [{ text: accuracy, sign: 'block', group: 0, color: theme.slots[shown.descent.slot] }];
  }
  const classes = data.task === 'classification' ? (data.classes ?? []) : [];
  const names = classes.map((name, group) => /** @type {Entry} */ ({ text: shortName(name), sign: 'point', group }));
  const hasTest = Boolean(data.test?.y.length);
  const train = names.length === 0 && (hasTest || data.truth) ? [partEntry(strings.train, 'point')] : [];
  const truth = data.truth ? [partEntry(strings.truth, 'dots')] : [];
  return [...names, ...train, ...(hasTest ? [partEntry(strings.test, 'ring')] : []), ...truth];
}

/** @param {string} text @param {Entry['sign']} sign @returns {Entry} */
const partEntry = (text, sign) => ({ text, sign, group: -1 });

/** @param {string} name */
const shortName = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}\u2026` : name);

/** The entries with a place for each; where names do not fit, signs alone. @param {Entry[]} entries @param {(text: string) => number} widthOf
 * @param {number} room @returns {{placed: (Entry & {left: number})[], width: number}} */
export function placeEntries(entries, widthOf, room) {
  for (const gap of GAPS) {
    const line = inLine(entries, (entry) => SIGN + widthOf(entry.text), gap);
    if (line.width <= room || entries.length === 1) return line;
  }
  return inLine(entries.map((entry) => ({ ...entry, text: '' })), () => Math.min(SIGN + 5, room / entries.length), 0);
}

/** @param {Entry[]} entries @param {(entry: Entry) => number} lengthOf @param {number} gap */
function inLine(entries, lengthOf, gap) {
  let left = 0;
  const placed = entries.map((entry) => {
    const at = left;
    left += lengthOf(entry) + gap;
    return { ...entry, left: at };
  });
  return { placed, width: left - gap };
}

/** @param {Context} context @param {Entry & {left: number}} entry @param {number} left @param {number} middle @param {Scene} scene */
function drawSign(context, { sign, group, color }, left, middle, { picture, data }) {
  const { theme } = picture;
  const at = left + RADIUS;
  if (sign === 'dots') return drawRule(context, [left, middle], [left + 10, middle], { color: theme.text, width: 1.8, dash: [1.6, 2.6] });
  if (sign === 'block') {
    context.fillStyle = color ?? theme.text;
    context.beginPath();
    context.roundRect(left, middle - 4.5, 9, 9, 2);
    context.fill();
    return;
  }
  const isClasses = data.task === 'classification' && group >= 0;
  drawPoints(context, { group: Math.max(0, group), isTest: sign === 'ring' }, [[at, middle]], RADIUS, { theme, isClasses });
}

/** @param {Context} context @param {Box} box @param {Scene} scene */
export function drawLegend(context, box, scene) {
  context.font = `500 12px ${fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const middle = box.y.offset - LEGEND_HEIGHT / 2 - 1;
  const edge = context.canvas.width / context.getTransform().a - MARGIN;
  const { placed, width } = placeEntries(legendEntries(scene), (text) => context.measureText(text).width, edge - MARGIN);
  const start = Math.max(MARGIN, Math.min(box.x.offset, edge - width));
  for (const entry of placed) {
    drawSign(context, entry, start + entry.left, middle, scene);
    context.fillStyle = scene.picture.theme.muted;
    context.fillText(entry.text, start + entry.left + SIGN, middle + 0.5);
  }
}
