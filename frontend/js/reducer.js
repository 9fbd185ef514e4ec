/** Every change of the page's state, as a pure function of the state and an action. */
import { FIRST_RACE, firstRecipe, freeSlot, makeDescent, nextOptimizer } from './recipe.js';
import { suggestedRate, withSuggestedRates } from './rates.js';

/**
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Descent} Descent
 * @typedef {import('./types.js').Recipe} Recipe
 * @typedef {import('./types.js').Value} Value
 * @typedef {{type: string} & Record<string, any>} Action
 * @typedef {(state: State, action: any) => State} Handler
 */

const MAX_TOASTS = 3;

/** @param {State} state @param {Partial<Recipe>} change @returns {State} */
const inRecipe = (state, change) => ({ ...state, recipe: { ...state.recipe, ...change } });

/** @param {State} state @param {string} key @param {(descent: Descent) => Descent} change */
const inDescent = (state, key, change) => inRecipe(state, {
  descents: state.recipe.descents.map((descent) => (descent.key === key ? change(descent) : descent)),
});

/** @param {State} state @param {(field: string) => boolean} isGone @returns {State} */
function withoutFaults(state, isGone) {
  /** @param {Record<string, string>} texts */
  const rest = (texts) => Object.fromEntries(Object.entries(texts).filter(([field]) => !isGone(field)));
  const fields = [...Object.keys(state.faults), ...Object.keys(state.drafts)];
  return fields.some(isGone) ? { ...state, faults: rest(state.faults), drafts: rest(state.drafts) } : state;
}

/** @param {State} state @param {string} field */
const mended = (state, field) => withoutFaults(state, (other) => other === field);

/** @param {State} state @param {Descent} descent */
function insert(state, descent) {
  return inRecipe(state, { descents: [...state.recipe.descents, descent] });
}

/** @param {State} state @param {string} id */
function objectiveRow(state, id) {
  return state.catalogue?.objectives.find((row) => row.id === id) ?? null;
}

/**
 * Once the catalogue is there: describe the objective, and suggest learning rates for an objective that a link names.
 *
 * @param {State} state
 * @returns {State}
 */
function settle(state) {
  const row = objectiveRow(state, state.recipe.objective.id);
  if (!row) return state;
  const descents = row.id === FIRST_RACE.objective ? state.recipe.descents : withSuggestedRates(state.recipe.descents, row);
  return inRecipe({ ...state, objective: row }, { descents });
}

/**
 * The state with what the server refused left out, so that a default takes its place.
 *
 * @param {State} state
 * @param {string | null} field
 * @returns {State}
 */
function withoutValue(state, field) {
  const [owner, name] = (field ?? '').split('/');
  if (owner === 'start') return inRecipe(state, { start: null });
  if (owner === 'steps') return inRecipe(state, { steps: FIRST_RACE.steps });
  if (owner === 'seed') return inRecipe(state, { seed: 0 });
  if (!name) return inRecipe(state, firstRecipe());
  /** @param {Record<string, any>} values */
  const rest = (values) => Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
  const { objective } = state.recipe;
  if (owner === 'objective') return inRecipe(state, { objective: { ...objective, parameters: rest(objective.parameters) } });
  return inDescent(state, owner, (d) => {
    if (name === 'optimizer') return { ...d, optimizer: 'SGD', hyperparameters: { lr: suggestedRate('SGD', state.objective) } };
    return name === 'clip_grad_norm' ? { ...d, clip_grad_norm: null } : { ...d, hyperparameters: rest(d.hyperparameters) };
  });
}

/** @type {Record<string, Handler>} */
const HANDLERS = {
  catalogue: (state, { catalogue }) => settle({ ...state, catalogue }),
  objective: (state, { objective }) => ({ ...state, objective }),
  pick: (state, { id }) => {
    const row = objectiveRow(state, id);
    if (!row) return state;
    const next = inRecipe(withoutFaults(state, (field) => field === 'start' || field.startsWith('objective')), {
      objective: { kind: 'function', id, parameters: {} },
      start: null,
      descents: withSuggestedRates(state.recipe.descents, row),
    });
    return { ...next, objective: row, playing: true };
  },
  parameter: (state, { name, value }) => inRecipe(mended(state, `objective/${name}`), {
    objective: { ...state.recipe.objective, parameters: { ...state.recipe.objective.parameters, [name]: value } },
  }),
  start: (state, { start }) => inRecipe(mended(state, 'start'), { start }),
  steps: (state, { steps }) => inRecipe(mended(state, 'steps'), { steps }),
  seed: (state, { seed }) => inRecipe(mended(state, 'seed'), { seed }),
  speed: (state, { speed }) => ({ ...mended(state, 'speed'), speed }),
  playing: (state, { playing }) => ({ ...state, playing }),

  add: (state) => {
    const slot = freeSlot(state.recipe.descents);
    if (slot === null) return state;
    const optimizer = nextOptimizer(state.recipe.descents, state.catalogue?.optimizers.map((row) => row.id) ?? []);
    return insert(state, makeDescent(slot, optimizer, { lr: suggestedRate(optimizer, state.objective) }));
  },
  duplicate: (state, { key }) => {
    const slot = freeSlot(state.recipe.descents);
    const original = state.recipe.descents.find((descent) => descent.key === key);
    if (slot === null || !original) return state;
    return insert(state, { ...original, slot, key: `d${slot}`, visible: true });
  },
  remove: (state, { key }) => {
    const descents = state.recipe.descents.filter((descent) => descent.key !== key);
    if (descents.length === 0) return state;
    return inRecipe(withoutFaults(state, (field) => field.startsWith(`${key}/`)), { descents });
  },
  label: (state, { key, label }) => inDescent(state, key, (d) => ({ ...d, label: label || null })),
  optimizer: (state, { key, optimizer }) => inDescent(
    withoutFaults(state, (field) => field.startsWith(`${key}/`)),
    key,
    (d) => ({ ...d, optimizer, hyperparameters: { lr: suggestedRate(optimizer, state.objective) }, tuned: false }),
  ),
  hyperparameter: (state, { key, name, value }) => inDescent(mended(state, `${key}/${name}`), key, (d) => ({
    ...d, hyperparameters: { ...d.hyperparameters, [name]: value }, tuned: d.tuned || name === 'lr',
  })),
  option: (state, { key, name, value }) => inDescent(mended(state, `${key}/${name}`), key, (d) => ({ ...d, [name]: value })),
  visible: (state, { key }) => inDescent(state, key, (d) => ({ ...d, visible: !d.visible })),
  select: (state, { key }) => (state.selected === key ? state : { ...state, selected: key }),

  view: (state, { view }) => ({ ...state, view: { ...state.view, ...view } }),
  load: (state, { shared }) => settle({ ...state, ...shared, objective: null, faults: {}, drafts: {} }),
  run: (state, { run }) => ({ ...state, run }),
  progress: (state, { state: runState, reason, descents }) => {
    if (!state.run) return state;
    // A script may drive the same run: the page follows.
    const isDriven = runState !== state.run.state && (runState === 'running' || runState === 'paused');
    const playing = isDriven ? runState === 'running' : state.playing;
    return { ...state, playing, run: { ...state.run, state: runState, reason, descents } };
  },
  connection: (state, { connection }) => ({ ...state, connection }),
  fallback: (state, { field }) => withoutValue(withoutFaults(state, (other) => other === field), field),
  fault: (state, { field, text }) => ({ ...state, faults: { ...state.faults, [field]: text } }),
  mended: (state, { field }) => mended(state, field),
  draft: (state, { field, text }) => (state.drafts[field] === text ? state : { ...state, drafts: { ...state.drafts, [field]: text } }),
  settled: (state, { field }) => {
    if (!(field in state.drafts)) return state;
    const { [field]: _, ...drafts } = state.drafts;
    return { ...state, drafts };
  },
  toast: (state, { toast }) => ({
    ...state,
    toasts: [...state.toasts.filter((other) => other.text !== toast.text), toast].slice(-MAX_TOASTS),
  }),
  dismiss: (state, { id }) => ({ ...state, toasts: state.toasts.filter((toast) => toast.id !== id) }),
};

export const ACTIONS = Object.keys(HANDLERS);

/** @param {State} state @param {Action} action @returns {State} */
export function reduce(state, action) {
  const handler = HANDLERS[action.type];
  if (!handler) throw new RangeError(`unknown action: ${action.type}`);
  return handler(state, action);
}
