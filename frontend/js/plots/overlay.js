/** A canvas over a figure, under its hover labels, as sharp as the screen; pointers pass through it. */
import { layersOf } from './plotly.js';

/** @typedef {import('./plotly.js').GraphDiv} GraphDiv */
/** @typedef {import('./projection.js').Box} Box */

/**
 * @template View what maps data to pixels
 * @param {GraphDiv} element @param {(element: GraphDiv) => View | null} viewOf
 */
export function createOverlay(element, viewOf) {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  Object.assign(canvas.style, { position: 'absolute', left: '0', top: '0', pointerEvents: 'none' });

  function attach() {
    const layers = layersOf(element);
    if (layers && layers.top.previousSibling !== canvas) layers.container.insertBefore(canvas, layers.top);
  }

  /** @param {number} width @param {number} height @param {number} ratio */
  function fit(width, height, ratio) {
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h) canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }

  /**
   * Clear and draw; `paint` gets the context in CSS pixels and the view as it is now.
   * @param {(context: CanvasRenderingContext2D, view: View) => void} paint
   */
  function draw(paint) {
    const view = viewOf(element);
    const context = canvas.getContext('2d');
    if (!view || !context || element.clientWidth === 0) return;
    attach();
    const ratio = window.devicePixelRatio || 1;
    fit(element.clientWidth, element.clientHeight, ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, element.clientWidth, element.clientHeight);
    context.save();
    paint(context, view);
    context.restore();
  }

  return { draw, dispose: () => canvas.remove() };
}

/** Keep what follows within the axes. @param {CanvasRenderingContext2D} context @param {Box} box */
export function clipToAxes(context, box) {
  context.beginPath();
  context.rect(box.x.offset, box.y.offset, box.x.length, box.y.length);
  context.clip();
}
