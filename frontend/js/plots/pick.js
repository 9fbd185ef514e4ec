/**
 * Picking a point of the 3-D surface. Plotly tells of a click when the button goes down, at the start of every drag too: it
 * counts once the button comes up at the same place.
 */
import { isSamePlace } from './pointer.js';

/** @param {HTMLElement} element @param {number} trace of the surface @param {(theta: number[]) => void} onPick */
export function watchPicks(element, trace, onPick) {
  const stop = new AbortController();
  const options = { capture: true, signal: stop.signal };
  /** @type {PointerEvent | null} */ let down = null;
  /** @type {number[] | null} */ let theta = null;
  element.addEventListener('pointerdown', (event) => ([down, theta] = [event, null]), options);
  const released = (/** @type {PointerEvent} */ event) => {
    const from = down;
    down = null;
    // Plotly's own event may come later in the same turn.
    if (from && isSamePlace(from, event)) setTimeout(() => theta && onPick(theta), 0);
  };
  window.addEventListener('pointerup', released, options);
  return {
    dispose: () => stop.abort(),
    /** @param {any} event of Plotly's click */
    candidate(event) {
      const point = event.points?.[0];
      if (point?.curveNumber === trace) theta = [Number(point.x), Number(point.y)];
    },
  };
}
