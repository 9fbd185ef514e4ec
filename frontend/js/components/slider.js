/** A slider on a linear or logarithmic scale. */
import { html } from 'htm/preact';
import { placeOf, valueAt } from '../scale.js';

const NUM_STOPS = 400;

/**
 * @param {{value: number, range: import('../scale.js').Range, onInput: (value: number) => void, label: string, text?: string}} props
 */
export function Slider({ value, range, onInput, label, text }) {
  const place = placeOf(value, range);
  const stops = range.integer && !range.log ? Math.min(NUM_STOPS, range.maximum - range.minimum) : NUM_STOPS;
  return html`<input class="slider" type="range" min="0" max=${stops} step="1" value=${Math.round(place * stops)}
    aria-label=${label} aria-valuetext=${text ?? String(value)} style=${`--place:${(place * 100).toFixed(2)}%`}
    onInput=${(/** @type {any} */ event) => onInput(valueAt(Number(event.currentTarget.value) / stops, range))} />`;
}
