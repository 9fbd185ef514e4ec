/** Several figures in one place, of which one is seen. The others live on: a WebGL figure is never made twice. */

/**
 * @template {string} Name
 * @param {HTMLElement} element @param {Name[]} names
 */
export function createStack(element, names) {
  if (getComputedStyle(element).position === 'static') element.style.position = 'relative';
  /** @type {Map<Name, HTMLElement>} */
  const layers = new Map();
  for (const name of names) {
    const layer = document.createElement('div');
    layer.dataset.plot = name;
    Object.assign(layer.style, { position: 'absolute', inset: '0', display: name === names[0] ? 'block' : 'none' });
    element.append(layer);
    layers.set(name, layer);
  }
  return {
    /** @param {Name} name */
    layer: (name) => /** @type {HTMLElement} */ (layers.get(name)),
    /** @param {Name} name */
    show(name) {
      for (const [other, layer] of layers) layer.style.display = other === name ? 'block' : 'none';
    },
    dispose() {
      for (const layer of layers.values()) layer.remove();
    },
  };
}
