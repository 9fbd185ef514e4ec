/** What draws WebGL here: a graphics card, or the processor. */

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render|swrast/i;

/** @param {string} renderer the name WebGL gives */
export function isSoftwareName(renderer) {
  return SOFTWARE.test(renderer);
}

/** True where WebGL runs on the processor: 3-D is then a few frames a second, whatever we do. */
export function detectSoftwareGl() {
  const context = document.createElement('canvas').getContext('webgl');
  if (!context) return true;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return isSoftwareName(name);
}
