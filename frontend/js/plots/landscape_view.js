/** The 3-D landscape on the page: one figure that lives on, whose paths are changed through their GL objects. */
import { numSlots } from "../palette.js";
import { createCostMeter } from "./cost.js";
import { camera, landscapeFigure, pathTrace, spotsTrace, traceIndex } from "./landscape.js";
import { drawFigure, listen, purge, relayout, resize, restyle, updateTrace } from "./plotly.js";
import { isSamePlace } from "./pointer.js";
import { markSpots, scenePath } from "./scene_path.js";
import { PathThinner } from "./thinning.js";

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./picture.js").DrawnDescent} DrawnDescent */
/** @typedef {import("./picture.js").View} View */

const PATH_BUDGET = 500;
/** Least move worth a point, as a part of the domain: less than a pixel. */
const TOLERANCE = 0.0015;
/** Least time between two updates through the public interface, in ms. */
const PUBLIC_INTERVAL = 200;

/** @param {HTMLElement} element @param {Picture} picture
 * @returns {View & {interval: () => number, facts: () => {cost: number, isDirect: boolean, numUpdates: number}}} */
export function createLandscapeView(element, picture) {
  const meter = createCostMeter((callback) => requestAnimationFrame(callback));
  const thinners = createThinners(picture);
  let isDrawn = false;
  let isDirect = true;
  let numUpdates = 0;
  const stop = watchPicks(element, picture);

  /** @param {Map<number, Record<string, unknown> & {x: number[]}>} changes by trace */
  function apply(changes) {
    const rest = new Map([...changes].filter(([index, change]) => !updateTrace(element, index, change)));
    isDirect = rest.size === 0;
    if (!isDirect) void restyle(element, [...rest.keys()], [...rest.values()]);
  }

  function draw() {
    if (!isDrawn) return;
    const { paths, heads } = movingParts(picture, thinners);
    const changes = new Map();
    paths.forEach((path, slot) => changes.set(traceIndex.firstPath + slot, path));
    changes.set(traceIndex.heads, spotsTrace(picture, heads));
    changes.set(traceIndex.marks, spotsTrace(picture, markSpots(picture)));
    apply(changes);
    numUpdates += 1;
    meter.measure(performance.now());
  }

  async function render() {
    const config = picture.isSoftwareGl ? { plotGlPixelRatio: 1 } : { plotGlPixelRatio: 2 };
    await drawFigure(element, landscapeFigure(picture, element.clientWidth), config);
    if (!isDrawn) listen(element, "plotly_click", stop.candidate);
    isDrawn = true;
    draw();
  }

  return {
    render,
    draw,
    interval: () => Math.max(meter.interval(), isDirect ? 0 : PUBLIC_INTERVAL),
    facts: () => ({ cost: meter.cost(), isDirect, numUpdates }),
    resize: () => void resize(element),
    reset: () => void relayout(element, { "scene.camera": structuredClone(camera) }),
    dispose() {
      stop.dispose();
      purge(element);
    },
  };
}

/** One thinner for each history and surface. @param {Picture} picture */
function createThinners(picture) {
  /** @type {WeakMap<object, {revision: number, thinner: PathThinner}>} */
  const known = new WeakMap();
  return (/** @type {DrawnDescent} */ { history }) => {
    const found = known.get(history);
    if (found?.revision === picture.revision) return found.thinner;
    const [u, v] = picture.surface?.objective.domain.map(([low, high]) => TOLERANCE * (high - low)) ?? [0, 0];
    const thinner = new PathThinner(history, PATH_BUDGET, [u, v]);
    known.set(history, { revision: picture.revision, thinner });
    return thinner;
  };
}

/** @param {Picture} picture @param {(descent: DrawnDescent) => PathThinner} thinners */
function movingParts(picture, thinners) {
  const bySlot = new Map(picture.descents.filter((descent) => descent.visible).map((descent) => [descent.slot, descent]));
  const heads = [];
  const paths = [];
  for (let slot = 0; slot < numSlots; slot++) {
    const descent = bySlot.get(slot);
    const drawn = descent && scenePath(picture, descent, thinners(descent).steps());
    paths.push(pathTrace(picture, slot, drawn?.line ?? null, descent?.selected ?? false));
    if (drawn?.head) heads.push(drawn.head);
  }
  return { paths, heads };
}

/** Plotly tells of a click when the button goes down, at the start of every drag too: it counts once the button comes up at
 * the same place. @param {HTMLElement} element @param {Picture} picture */
function watchPicks(element, picture) {
  const stop = new AbortController();
  /** @type {PointerEvent | null} */ let down = null;
  /** @type {number[] | null} */ let theta = null;
  const options = { capture: true, signal: stop.signal };
  element.addEventListener("pointerdown", (event) => ([down, theta] = [event, null]), options);
  window.addEventListener("pointerup", (event) => {
    // The click event of Plotly may come after this one in the same turn.
    const from = down;
    down = null;
    if (from && isSamePlace(from, event)) setTimeout(() => theta && picture.onStartPicked(theta), 0);
  }, options);
  return {
    dispose: () => stop.abort(),
    candidate(/** @type {any} */ event) {
      const point = event.points?.[0];
      if (point?.curveNumber === traceIndex.surface) theta = [Number(point.x), Number(point.y)];
    },
  };
}
