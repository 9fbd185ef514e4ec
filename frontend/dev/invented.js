/**
 * Invented data to try the plots alone: a few surfaces and rough descents on them. The product never computes
 * these itself: there every number comes from torch.
 */

/** @typedef {{dim: 1 | 2, domain: [number, number][], start: number[], minima: {theta: number[], loss: number}[], lr: number,
 *   loss: (theta: number[]) => number}} Invented */

const HIMMELBLAU = [[3, 2], [-2.805118, 3.131312], [-3.77931, -3.283186], [3.584428, -1.848126]];

/** @type {Record<string, Invented>} */
export const inventedObjectives = {
  rosenbrock: {
    dim: 2, domain: [[-2, 2], [-1, 3]], start: [-1.1, -0.75], minima: [{ theta: [1, 1], loss: 0 }], lr: 1e-3,
    loss: ([x, y]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  },
  himmelblau: {
    dim: 2, domain: [[-5, 5], [-5, 5]], start: [-0.2, -0.9], minima: HIMMELBLAU.map((theta) => ({ theta, loss: 0 })), lr: 0.008,
    loss: ([x, y]) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
  },
  ravine: {
    dim: 2, domain: [[-2, 2], [-2, 2]], start: [-1.8, 1], minima: [{ theta: [0, 0], loss: 0 }], lr: 0.019,
    loss: ([x, y]) => 0.5 * (x * x + 100 * y * y),
  },
  saddle: {
    dim: 2, domain: [[-2, 2], [-2, 2]], start: [1.6, 0.01], minima: [], lr: 0.02,
    loss: ([x, y]) => x * x - y * y,
  },
  styblinski: {
    dim: 2, domain: [[-5, 5], [-5, 5]], start: [0.3, 4.2], minima: [{ theta: [-2.903534, -2.903534], loss: -78.33233 }], lr: 0.01,
    loss: (theta) => theta.reduce((sum, x) => sum + 0.5 * (x ** 4 - 16 * x * x + 5 * x), 0),
  },
  'double well': {
    dim: 1, domain: [[-2.2, 2.2]], start: [2.05], minima: [{ theta: [-1.036], loss: -0.3057 }], lr: 0.02,
    loss: ([x]) => (x * x - 1) ** 2 + 0.3 * x,
  },
};

/** @param {Invented} objective @param {number[]} theta */
export function slope({ loss }, theta) {
  return theta.map((_, axis) => {
    const moved = (/** @type {number} */ by) => theta.map((value, i) => (i === axis ? value + by : value));
    return (loss(moved(1e-6)) - loss(moved(-1e-6))) / 2e-6;
  });
}

/** @param {[number, number]} range @param {number} count */
function spread([low, high], count) {
  return Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** @param {Invented} objective */
export function inventedSurface(objective) {
  const [u, v] = objective.domain.map((range) => spread(range, objective.dim === 1 ? 401 : 121));
  const [gu, gv] = objective.domain.map(([low, high]) => spread([low + (high - low) / 30, high - (high - low) / 30], 13));
  const z = v ? Array.from(v, (y) => Array.from(u, (x) => objective.loss([x, y]))) : Array.from(u, (x) => objective.loss([x]));
  const slopes = v ? Array.from(gv, (y) => Array.from(gu, (x) => slope(objective, [x, y]))) : [];
  const [du, dv] = [0, 1].map((axis) => slopes.map((row) => row.map((gradient) => gradient[axis])));
  const flat = z.flat();
  return {
    u, v: v ?? null, z, minimum: Math.min(...flat), maximum: Math.max(...flat),
    objective: { dim: objective.dim, domain: objective.domain, minima: objective.minima },
    gradient: v ? { u: gu, v: gv, du, dv } : null,
  };
}

export const inventedRules = ['SGD', 'Momentum', 'RMSprop', 'Adam', 'Adagrad', 'Nesterov', 'AdamW', 'too fast'];

/** A rough walker: gives one frame of rows at a time. @param {Invented} objective @param {string} rule */
export function createWalker(objective, rule) {
  const first = objective.start.map(() => 0);
  const second = objective.start.map(() => 0);
  let theta = [...objective.start];
  let step = 0;
  const lr = objective.lr * (rule === 'too fast' ? 14 : rule === 'Momentum' || rule === 'Nesterov' ? 0.6 : 1);
  const pace = { RMSprop: 0.012, Adam: 0.05, AdamW: 0.025, Adagrad: 0.25 }[rule] ?? 0;
  const size = (objective.domain[0][1] - objective.domain[0][0]) / 4;

  /** @param {number[]} g */
  function move(g) {
    theta = theta.map((value, i) => {
      first[i] = (rule === 'Nesterov' ? 0.85 : 0.9) * first[i] + (pace ? 0.1 : 1) * g[i];
      second[i] = rule === 'Adagrad' ? second[i] + g[i] ** 2 : 0.99 * second[i] + 0.01 * g[i] ** 2;
      if (!pace) return value - lr * (rule === 'SGD' || rule === 'too fast' ? g[i] : first[i]);
      return value - (pace * size * (rule.startsWith('Adam') ? first[i] : g[i])) / (Math.sqrt(second[i]) + 1e-8);
    });
    step += 1;
  }

  return (/** @type {number} */ count) => {
    const first_step = step;
    /** @type {{loss: number[], theta: number[][], grad: number[][], grad_norm: number[], lr: number[]}} */
    const columns = { loss: [], theta: [], grad: [], grad_norm: [], lr: [] };
    for (let i = 0; i < count; i++) {
      const g = slope(objective, theta);
      columns.loss.push(objective.loss(theta));
      columns.theta.push([...theta]);
      columns.grad.push(g);
      columns.grad_norm.push(Math.hypot(...g));
      columns.lr.push(pace || lr);
      move(g);
    }
    return { first_step, count, ...columns };
  };
}
