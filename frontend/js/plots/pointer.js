/** Clicks that are not drags: a pointer that goes down and comes up at the same place. */

/** Farther than this, in pixels, a press was a drag. */
const CLICK_REACH = 4;

/** @typedef {{left: number, top: number}} Place in CSS pixels from the corner of the element */

/** @param {HTMLElement} element @param {PointerEvent} event @returns {Place} */
export function placeOf(element, event) {
  const bounds = element.getBoundingClientRect();
  return { left: event.clientX - bounds.left, top: event.clientY - bounds.top };
}

/** @param {PointerEvent} from @param {PointerEvent} to */
export function isSamePlace(from, to) {
  return Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY) < CLICK_REACH;
}

/**
 * @param {HTMLElement} element
 * @param {(place: Place) => void} onClick
 * @returns {() => void} stop watching
 */
export function watchClicks(element, onClick) {
  /** @type {PointerEvent | null} */
  let down = null;
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true };
  const pressed = (/** @type {PointerEvent} */ event) => {
    down = event.isPrimary && event.button === 0 ? event : null;
  };
  const released = (/** @type {PointerEvent} */ event) => {
    const from = down;
    down = null;
    if (from && from.pointerId === event.pointerId && isSamePlace(from, event)) onClick(placeOf(element, event));
  };
  element.addEventListener('pointerdown', pressed, options);
  // Plotly covers the page while a button is down, so the release may reach another element.
  window.addEventListener('pointerup', released, options);
  window.addEventListener('pointercancel', () => (down = null), options);
  return () => stop.abort();
}

/**
 * @param {HTMLElement} element
 * @param {(place: Place | null) => void} onMove null when the pointer has left
 * @returns {() => void} stop watching
 */
export function watchMoves(element, onMove) {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  element.addEventListener('pointermove', (event) => onMove(placeOf(element, event)), options);
  element.addEventListener('pointerdown', (event) => onMove(placeOf(element, event)), options);
  element.addEventListener('pointerleave', () => onMove(null), options);
  return () => stop.abort();
}

/** Hovering: a pointer that can move without pressing, while it does not press. @param {HTMLElement} element
 * @param {(place: Place | null) => void} onMove null when it has left or presses @returns {() => void} stop watching */
export function watchHover(element, onMove) {
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true };
  const moved = (/** @type {PointerEvent} */ event) => {
    onMove(event.pointerType !== 'touch' && event.buttons === 0 ? placeOf(element, event) : null);
  };
  for (const name of /** @type {const} */ (['pointermove', 'pointerdown', 'pointerup'])) element.addEventListener(name, moved, options);
  element.addEventListener('pointerleave', () => onMove(null), options);
  return () => stop.abort();
}
