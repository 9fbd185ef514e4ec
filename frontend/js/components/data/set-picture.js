/** A set at a glance: some of its points. */
import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { getData } from '../../api.js';
import { themes } from '../../palette.js';
import { usePage } from '../page.js';

const SIZE = 40;
const MOST_POINTS = 90;

/** What was asked for already, by model and set. @type {Map<string, Promise<any>>} */
const asked = new Map();

/** @param {string} id of a model @param {string} set */
function askFor(id, set) {
  const key = `${id} ${set}`;
  const found = asked.get(key) ?? getData({ kind: 'model', id, parameters: {}, data: { set, test_fraction: 0 } }).catch(() => null);
  asked.set(key, found);
  return found;
}

/** Places from 0 to SIZE, upwards. @param {number[]} values */
function places(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (high > low ? 2 + ((SIZE - 4) * (value - low)) / (high - low) : SIZE / 2));
}

/** @param {{set: string}} props */
export function SetPicture({ set }) {
  const { state, theme } = usePage();
  const [data, setData] = useState(/** @type {import('../../plots/fit_data.js').FitData | null} */ (null));
  const id = state.objective?.id ?? '';
  useEffect(() => {
    let isHere = true;
    void askFor(id, set).then((found) => isHere && setData(found));
    return () => { isHere = false; };
  }, [id, set]);
  if (!data) return html`<svg class="set-picture" viewBox=${`0 0 ${SIZE} ${SIZE}`} aria-hidden="true"></svg>`;
  const { x, y } = data.train;
  const isPlane = data.task === 'classification' && data.inputs.length > 1;
  const [us, vs] = [places(x.map((point) => point[0])), places(isPlane ? x.map((point) => point[1]) : y)];
  const every = Math.max(1, Math.ceil(x.length / MOST_POINTS));
  const color = (/** @type {number} */ i) => (data.task === 'classification' ? themes[theme].classes[y[i] % 10] : themes[theme].curve);
  return html`<svg class="set-picture" viewBox=${`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
    ${us.map((u, i) => i % every === 0 && html`<circle key=${i} cx=${u.toFixed(1)} cy=${(SIZE - vs[i]).toFixed(1)} r="1.5" fill=${color(i)} />`)}</svg>`;
}
