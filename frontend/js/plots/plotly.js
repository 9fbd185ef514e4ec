/**
 * The one module that touches Plotly. Everything it reads that is not public (where axes lie, the GL objects of traces) is read
 * here and nowhere else; the version is pinned.
 */

/** @typedef {Record<string, unknown>} Fields */
/** @typedef {{data: Fields[], layout: Fields}} Figure */
/** @typedef {import('./projection.js').Box} Box */

/** What Plotly turns an element into. @typedef {HTMLElement & {data?: any[], layout?: any, _fullData?: any[], _fullLayout?: any,
 *   on?: (name: string, handler: (event: any) => void) => void}} GraphDiv */

const CONFIG = {
  displaylogo: false,
  displayModeBar: false,
  showSendToCloud: false,
  scrollZoom: true,
  doubleClick: false,
  responsive: false,
};

/** @returns {any} */
function library() {
  const found = /** @type {any} */ (globalThis).Plotly;
  if (!found) throw new Error('missing Plotly: its script must be loaded before the plots are made');
  return found;
}

/** Draw a figure, or change the drawn one into it; zooms stay while `uirevision` does. Plotly writes into the layout that it is
 * given (ranges, while a reader pans), so it gets one of its own; the same one again, as a 3-D scene compares with its first.
 * @param {GraphDiv} element @param {Figure} figure @param {Fields} [config] */
export async function drawFigure(element, figure, config = {}) {
  const layout = Object.assign(element.layout ?? {}, structuredClone(figure.layout));
  await library().react(element, figure.data, layout, { ...CONFIG, ...config });
}

/** @param {GraphDiv} element @param {Fields} change */
export async function relayout(element, change) {
  if (element._fullLayout) await library().relayout(element, structuredClone(change));
}

/** @param {GraphDiv} element */
export function purge(element) {
  if (element._fullLayout) library().purge(element);
}

/** @param {GraphDiv} element @param {string} name @param {(event: any) => void} handler */
export function listen(element, name, handler) {
  element.on?.(name, handler);
}

/** Where the axes of a 2-D figure lie now, during a drag too; null before the first drawing. @param {GraphDiv} element @returns {Box | null} */
export function axesOf(element) {
  const { xaxis, yaxis } = element._fullLayout ?? {};
  if (!xaxis?._length || !yaxis?._length) return null;
  const axis = (/** @type {any} */ from) => {
    const [low, high] = from.range.map(Number);
    return { offset: from._offset, length: from._length, range: /** @type {[number, number]} */ ([low, high]), isLog: from.type === 'log' };
  };
  return { x: axis(xaxis), y: axis(yaxis) };
}

/**
 * Change a trace of a 3-D figure through its GL object: nothing else is recomputed, and camera, drag and wheel go on. (Any public
 * call resets the camera's motion: dragging dies while updates come.)
 * @param {GraphDiv} element @param {number} index @param {Fields & {x: number[]}} change
 * @returns {boolean} false where this Plotly has no such object: use `restyle`
 */
export function updateTrace(element, index, change) {
  const full = element._fullData?.[index];
  const drawn = element._fullLayout?.scene?._scene?.traces?.[full?.uid];
  if (!full || !drawn?.update || !element.data) return false;
  Object.assign(full, change);
  full._length = change.x.length;
  Object.assign(element.data[index], change);
  drawn.update(full);
  return true;
}

/** The public way to change traces. @param {GraphDiv} element @param {number[]} indices @param {Fields[]} changes one for each index */
export async function restyle(element, indices, changes) {
  /** @type {Record<string, unknown[]>} */
  const columns = {};
  for (const name of Object.keys(changes[0])) columns[name] = changes.map((change) => change[name]);
  await library().restyle(element, columns, indices);
}

/** @typedef {{x: number, y: number, z: number}} Point3 */
/** @typedef {{eye: Point3, center: Point3, up: Point3, projection?: {type: string}}} Camera */

/** The camera of a 3-D figure as it stands, wherever a drag or a wheel left it. @param {GraphDiv} element @returns {Camera | null} */
export function cameraOf(element) {
  return element._fullLayout?.scene?._scene?.getCamera?.() ?? null;
}

/** True where two cameras see the same, but for what turning numbers into angles and back costs. @param {Camera} a @param {Camera} b */
export function isSameCamera(a, b) {
  const parts = (/** @type {Camera} */ { eye, center }) => [eye.x, eye.y, eye.z, center.x, center.y, center.z];
  const others = parts(b);
  return parts(a).every((part, i) => Math.abs(part - others[i]) < 1e-3);
}

/** Keep the wheel from going through the surface or away from it: Plotly multiplies its turns by the time of a slow frame.
 * @param {GraphDiv} element @param {[number, number]} limits */
export function limitDistance(element, limits) {
  const camera = element._fullLayout?.scene?._scene?.camera;
  if (camera && 'distanceLimits' in camera) camera.distanceLimits = limits;
}

/** Move the camera of a 3-D figure towards what it looks at. @param {GraphDiv} element @param {number} factor more than 1: closer */
export function moveCloser(element, factor) {
  const camera = element._fullLayout?.scene?._scene?.camera;
  if (camera && 'distance' in camera) camera.distance /= factor;
}

/** How the 3-D figure maps data to the screen now; null before the first drawing. @param {GraphDiv} element
 * @returns {import('./sightline.js').SceneView | null} */
export function sceneViewOf(element) {
  const scene = element._fullLayout?.scene?._scene;
  const camera = scene?.glplot?.cameraParams;
  if (!camera?.view || !camera.projection || !camera.model || !scene.dataScale) return null;
  const { model, view, projection } = camera;
  return { scale: scene.dataScale, model, view, projection, width: element.clientWidth, height: element.clientHeight };
}

/** @type {WeakSet<object>} */
const heard = new WeakSet();

/** Call back after each frame of a 3-D figure, so that what lies over it moves with the camera. @param {GraphDiv} element
 * @param {() => void} handler */
export function listenToFrames(element, handler) {
  const plot = element._fullLayout?.scene?._scene?.glplot;
  if (!plot || heard.has(plot)) return;
  heard.add(plot);
  const before = plot.onrender;
  plot.onrender = () => {
    before?.();
    handler();
  };
}

/** The cursor over the axes of a 2-D figure: Plotly's own says that a drag moves them, not that a click picks. @param {GraphDiv} element
 * @param {'crosshair' | ''} cursor empty: Plotly's own */
export function showCrosshair(element, cursor = 'crosshair') {
  const area = /** @type {SVGElement | null} */ (element.querySelector('.nsewdrag'));
  if (area) area.style.cursor = cursor;
}

/** The layer under Plotly's hover labels, where an overlay belongs. @param {GraphDiv} element */
export function layersOf(element) {
  const container = element.querySelector('.svg-container');
  const layers = container?.querySelectorAll(':scope > .main-svg');
  return container && layers?.length ? { container, top: layers[layers.length - 1] } : null;
}
