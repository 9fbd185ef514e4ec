/** Invented data and fits, to try the fit view alone. The product never computes these itself: there every number comes from torch. */

/** @param {number} seed */
function randoms(seed) {
  let state = seed;
  const uniform = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** @param {number} low @param {number} high @param {number} count */
const spread = (low, high, count) => Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
const sigmoid = (/** @type {number} */ at) => 1 / (1 + Math.exp(-at));
/** How far a descent has come: from 0 to 1. @param {number} slot @param {number} moment */
const progress = (slot, moment) => 1 - Math.exp(-moment / (120 + 160 * slot));

/** @typedef {{make: (count: number) => any, fit: (data: any, part: number, slot: number) => ArrayLike<number>, shape: (data: any) => number[]}} InventedFit */

/** @param {any[]} points @param {number} [share] held back */
function split(points, share = 0.25) {
  const numTest = Math.floor(share * points.length);
  const of = (/** @type {any[]} */ some) => ({ x: some.map((point) => point.x), y: some.map((point) => point.y) });
  return { train: of(points.slice(numTest)), test: numTest > 0 ? of(points.slice(0, numTest)) : null };
}

/** Points around places, one class each. @param {number} count @param {number[][]} centres @param {number} width */
function blobs(count, centres, width) {
  const { normal, uniform } = randoms(7);
  return Array.from({ length: count }, () => {
    const y = Math.min(centres.length - 1, Math.floor(uniform() * centres.length));
    return { x: centres[y].map((at) => at + width * normal()), y };
  });
}

const around = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => [3 * Math.cos((2 * Math.PI * i) / count), 3 * Math.sin((2 * Math.PI * i) / count)]);
const plane = (/** @type {number} */ reach) => ({ u: spread(-reach, reach, 49), v: spread(-reach, reach, 49) });
const classesOf = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => String(i));

/** @param {any} data @param {(u: number, v: number) => number} value */
function overPlane({ grid }, value) {
  return grid.v.flatMap((/** @type {number} */ v) => grid.u.map((/** @type {number} */ u) => value(u, v)));
}

/** Softmax over distances to places that turn into their own. @param {any} data @param {number[][]} centres @param {number} part @param {number} slot */
function nearestPlace(data, centres, part, slot) {
  const turn = (1 - part) * (1.2 + 0.3 * slot);
  const moved = centres.map(([x, y]) => [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)]);
  const scores = moved.map(([x, y]) => overPlane(data, (u, v) => Math.exp(-(0.1 + part) * 0.4 * ((u - x) ** 2 + (v - y) ** 2))));
  const sums = scores[0].map((/** @type {number} */ _, /** @type {number} */ i) => scores.reduce((sum, layer) => sum + layer[i], 1e-12));
  return Float32Array.from(scores.flatMap((layer) => layer.map((/** @type {number} */ score, /** @type {number} */ i) => score / sums[i])));
}

/** @param {number} count of classes @returns {InventedFit} */
const ofClasses = (count) => ({
  make: (points) => ({
    kind: 'regions', task: 'classification', inputs: ['x1', 'x2'], target: 'class', classes: classesOf(count), grid: plane(5.5), truth: null,
    ...split(blobs(points, around(count), count > 4 ? 0.6 : 1)),
  }),
  fit: (data, part, slot) => nearestPlace(data, around(count), part, slot),
  shape: () => [count, 49, 49],
});

/** @type {Record<string, InventedFit>} */
export const inventedFits = {
  curve: {
    make(points) {
      const { normal } = randoms(3);
      const some = spread(-5, 5, points).map((x) => ({ x: [x], y: Math.sin(x) + 0.12 * normal() }));
      const u = spread(-5.5, 5.5, 129);
      return { kind: 'curve', task: 'regression', inputs: ['x'], target: 'y', classes: null, grid: { u, v: null }, truth: { y: u.map(Math.sin) }, ...split(some.sort((a, b) => (a.y * 997) % 1 - ((b.y * 997) % 1))) };
    },
    fit: (data, part, slot) => Float32Array.from(data.grid.u, (/** @type {number} */ u) => part * Math.sin(u + (1 - part) * (0.4 + 0.3 * slot)) + (slot === 3 ? 3 * (1 - part) * Math.sin(9 * part) * u : 0.2 * (1 - part) * u)),
    shape: ({ grid }) => [grid.u.length],
  },
  logistic: {
    make(points) {
      const some = blobs(points, [[-1.4], [1.6]], 1.1);
      return { kind: 'curve', task: 'classification', inputs: ['hours'], target: 'passed', classes: ['no', 'yes'], grid: { u: spread(-5, 5, 129), v: null }, truth: null, ...split(some, 0) };
    },
    fit: (data, part, slot) => Float32Array.from(data.grid.u, (/** @type {number} */ u) => sigmoid(2.2 * part * u + (slot - 1) * (1 - part))),
    shape: ({ grid }) => [grid.u.length],
  },
  moons: {
    make(points) {
      const { normal, uniform } = randoms(11);
      const some = Array.from({ length: points }, () => {
        const [y, turn] = [Number(uniform() < 0.5), Math.PI * uniform()];
        return { x: [y ? 1 - Math.cos(turn) : Math.cos(turn), y ? 0.5 - Math.sin(turn) : Math.sin(turn)].map((at) => at + 0.12 * normal()), y };
      });
      return { kind: 'regions', task: 'classification', inputs: ['x1', 'x2'], target: 'moon', classes: ['upper', 'lower'], grid: { u: spread(-1.6, 2.6, 49), v: spread(-1.1, 1.6, 49) }, truth: null, ...split(some) };
    },
    fit: (data, part, slot) => Float32Array.from(overPlane(data, (u, v) => sigmoid((1 + 12 * part) * (0.25 + 0.1 * slot * (1 - part) - v - part * 0.55 * Math.sin(2.6 * (u - 0.5) + 0.2 * slot) - (1 - part) * 0.4 * u)))),
    shape: () => [1, 49, 49],
  },
  'three classes': ofClasses(3),
  'ten classes': ofClasses(10),
  parity: {
    make(points) {
      const { normal } = randoms(5);
      const some = Array.from({ length: points }, () => {
        const x = [normal(), normal(), normal()];
        return { x, y: 20 + 2 * x[0] - 3.4 * x[1] + 4.2 * x[2] + 0.3 * normal() };
      });
      return { kind: 'parity', task: 'regression', inputs: ['a', 'b', 'c'], target: 'price', classes: null, grid: null, truth: null, ...split(some) };
    },
    fit: (data, part, slot) => Float32Array.from([...data.train.y, ...(data.test?.y ?? [])], (y, i) => part * y + (1 - part) * (8 + slot) + (1.5 - part) * 0.4 * Math.sin(37 * i + slot)),
    shape: (data) => [data.train.y.length + (data.test?.y.length ?? 0)],
  },
  confusion: {
    make: (points) => ({ kind: 'confusion', task: 'classification', inputs: ['a', 'b', 'c', 'd'], target: 'species', classes: ['setosa', 'versicolor', 'virginica'], grid: null, truth: null, ...split(blobs(points, [[0], [1], [2]], 1)) }),
    fit: ({ train }, part) => counts(train.y, 3, part),
    shape: () => [3, 3],
  },
  'ten digits': {
    make: (points) => ({ kind: 'confusion', task: 'classification', inputs: ['a', 'b', 'c'], target: 'digit', classes: classesOf(10), grid: null, truth: null, ...split(blobs(points, classesOf(10).map((at) => [Number(at)]), 1)) }),
    fit: ({ train }, part) => counts(train.y, 10, part),
    shape: () => [10, 10],
  },
};

/** @param {number[]} classes @param {number} size @param {number} part that is right */
function counts(classes, size, part) {
  const { uniform } = randoms(13);
  const found = new Float32Array(size * size);
  for (const actual of classes) found[actual * size + (uniform() < 0.15 + 0.8 * part ? actual : Math.floor(uniform() * size))] += 1;
  return found;
}

/** @param {string} name @param {number} points */
export function inventedData(name, points) {
  return { ...inventedFits[name].make(points), name };
}

/** @param {any} data @param {string} label @param {number} slot @param {number} moment */
export function inventedFit(data, label, slot, moment) {
  const part = progress(slot, moment);
  const scaled = label === 'too fast' ? part * 40 : part;
  const values = inventedFits[data.name].fit(data, scaled, slot);
  return { step: moment, values, shape: inventedFits[data.name].shape(data), train_accuracy: 0.5 + 0.45 * part, test_accuracy: 0.5 + 0.4 * part };
}
