/** On a touch screen one finger over a plot scrolls the page, a tap is a click, and two fingers zoom. */
import { placeOf } from './pointer.js';

/** @typedef {import('./pointer.js').Place} Place */
/** @typedef {import('./projection.js').Axis} Axis */
/** @typedef {import('./projection.js').Box} Box */

/**
 * @param {HTMLElement} element
 * @param {(place: Place, factor: number) => void} onPinch between the fingers, and by how much they moved apart since the last call
 * @param {'scroll' | 'drag'} oneFinger what one finger does: it scrolls the page, or Plotly takes it for a drag
 * @returns {() => void} stop watching
 */
export function watchPinch(element, onPinch, oneFinger) {
  const stop = new AbortController();
  /** @type {Map<number, Place>} */
  const fingers = new Map();
  element.style.touchAction = oneFinger === 'scroll' ? 'pan-y' : 'none';

  const moved = (/** @type {PointerEvent} */ event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = spread(fingers);
    fingers.set(event.pointerId, placeOf(element, event));
    const after = spread(fingers);
    if (before && after) onPinch(after.middle, after.distance / before.distance);
  };
  const down = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType === 'touch') fingers.set(event.pointerId, placeOf(element, event));
  };
  const up = (/** @type {PointerEvent} */ event) => fingers.delete(event.pointerId);
  element.addEventListener('pointerdown', down, { capture: true, signal: stop.signal });
  window.addEventListener('pointermove', moved, { capture: true, signal: stop.signal });
  for (const name of /** @type {const} */ (['pointerup', 'pointercancel'])) window.addEventListener(name, up, { capture: true, signal: stop.signal });
  // Plotly would pan from the first touch on, and a second finger would throw its drag across the plot.
  const keep = (/** @type {TouchEvent} */ event) => {
    if (oneFinger === 'scroll' || event.touches.length > 1) event.stopPropagation();
  };
  for (const name of /** @type {const} */ (['touchstart', 'touchmove'])) element.addEventListener(name, keep, { capture: true, passive: true, signal: stop.signal });
  return () => stop.abort();
}

/** Two fingers, or null. @param {Map<number, Place>} fingers */
function spread(fingers) {
  if (fingers.size !== 2) return null;
  const [a, b] = fingers.values();
  const middle = { left: (a.left + b.left) / 2, top: (a.top + b.top) / 2 };
  return { middle, distance: Math.max(1, Math.hypot(a.left - b.left, a.top - b.top)) };
}

/** The ranges of a zoom about a place, which stays where it is. @param {Box} box @param {Place} place @param {number} factor more than 1: closer */
export function zoomedRanges({ x, y }, { left, top }, factor) {
  return { x: zoomed(x, (left - x.offset) / x.length, factor), y: zoomed(y, 1 - (top - y.offset) / y.length, factor) };
}

/** @param {Axis} axis @param {number} part of its length that stays @param {number} factor @returns {[number, number]} */
function zoomed({ range: [low, high] }, part, factor) {
  const fixed = low + part * (high - low);
  return [fixed + (low - fixed) / factor, fixed + (high - fixed) / factor];
}

/** Zooms the axes of a 2-D figure, once for each animation frame. @param {(ranges: ReturnType<typeof zoomedRanges>) => void} apply
 * @param {() => Box | null} boxOf */
export function createZoom(apply, boxOf) {
  let factor = 1;
  let isDue = false;
  return (/** @type {Place} */ place, /** @type {number} */ by) => {
    factor *= by;
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      const box = boxOf();
      if (box) apply(zoomedRanges(box, place, factor));
      [factor, isDue] = [1, false];
    });
  };
}
