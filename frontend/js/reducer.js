/** Every change of the page's state, as a pure function of the state and an action. */
import { keptData } from './model.js';
import { continued, refTo, reshapes, rowOf, settingsOf, withParts, withSettings, withoutSetting } from './objectives.js';
import { same } from './plan.js';
import { FIRST_RACE, firstDescents, firstRecipe, freeSlot, makeDescent, nextOptimizer } from './recipe.js';
import { suggestedRate, withSuggestedRates } from './rates.js';
import { raceOn } from './suggestion.js';

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

/** @param {string} field */
const isOfObjective = (field) => /^(start|objective|data|model)\b/.test(field);

/**
 * Once the catalogue is there: describe the objective that a link names, and suggest what the link leaves open.
 *
 * @param {State} state
 * @returns {State}
 */
function settle(state) {
  const { recipe, catalogue } = state;
  const row = rowOf(catalogue, recipe.objective);
  if (!row) return catalogue && recipe.descents.length === 0 ? inRecipe(state, { descents: firstDescents() }) : state;
  if (recipe.descents.length === 0) return race({ ...state, objective: null }, row);
  const descents = row.id === FIRST_RACE.objective ? recipe.descents : withSuggestedRates(recipe.descents, row);
  return inRecipe({ ...state, objective: row }, { descents });
}

/** The state with another objective's race. @param {State} state @param {import('./types.js').Objective} row @returns {State} */
function race(state, row) {
  const { steps, speed, descents } = raceOn(state, row);
  return inRecipe({ ...state, speed, objective: row }, { steps, descents });
}

/** @param {State} state @param {Recipe['objective']} objective @param {import('./types.js').Objective} row @returns {State} */
function begin(state, objective, row) {
  return { ...inRecipe(race(withoutFaults(state, isOfObjective), row), { objective, start: null }), playing: true, panel: null, sketch: null, view: { ...state.view, plane: null } };
}

/** A change of the objective that may give theta other components, so that the start no longer fits.
 * @param {State} state @param {Recipe['objective']} objective @param {boolean} isReshaped */
const inObjective = (state, objective, isReshaped) =>
  inRecipe(state, isReshaped ? { objective, start: null } : { objective });

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
  if (owner === 'objective' || owner === 'data' || owner === 'model') return withoutPart(state, owner, name);
  return inDescent(state, owner, (d) => {
    if (name === 'optimizer') return { ...d, optimizer: 'SGD', hyperparameters: { lr: suggestedRate('SGD', state.objective) } };
    return name === 'clip_grad_norm' ? { ...d, clip_grad_norm: null } : { ...d, hyperparameters: rest(d.hyperparameters) };
  });
}

/** @param {State} state @param {string} owner @param {string} name @returns {State} */
function withoutPart(state, owner, name) {
  const { objective } = state.recipe;
  const rest = owner === 'objective' ? withoutSetting(objective, name)
    : withParts(objective, /** @type {any} */ (owner === 'data' ? { data: undefined } : { [name]: undefined }));
  return inRecipe(state, rest && !same(rest, objective) ? { objective: rest } : firstRecipe());
}

/** @type {Record<string, Handler>} */
const HANDLERS = {
  catalogue: (state, { catalogue }) => settle({ ...state, catalogue }),
  objective: (state, { objective }) => ({ ...state, objective: continued(state.objective, objective) }),
  pick: (state, { id }) => {
    const row = state.catalogue?.objectives.find((other) => other.id === id);
    const data = row && keptData(state, row);
    return row ? begin(state, { ...refTo(row), ...(data ? { data } : {}) }, row) : state;
  },
  formula: (state, { objective, row }) => begin(state, objective, row),
  /** What the server and the page found out about a formula, unless another is wanted by now. */
  learnt: (state, { of, row }) => {
    if (!same(state.recipe.objective, of)) return state;
    return inRecipe({ ...state, objective: continued(state.objective, row) }, { descents: withSuggestedRates(state.recipe.descents, row) });
  },
  parameter: (state, { name, value }) => {
    const { objective } = state.recipe;
    const settings = { ...settingsOf(objective), [name]: value };
    return inObjective(mended(state, `objective/${name}`), withSettings(objective, settings), reshapes(objective, name));
  },
  domain: (state, { domain }) => {
    const { objective, start } = state.recipe;
    if (objective.kind !== 'formula') return state;
    const isOutside = start?.some((value, i) => value < domain[i][0] || value > domain[i][1]) ?? false;
    return inObjective(mended(state, 'objective/domain'), { ...objective, domain }, isOutside);
  },
  data: (state, { data }) => {
    const { objective } = state.recipe;
    if (objective.kind !== 'model') return state;
    const next = withParts(objective, { data: withParts(objective.data ?? {}, data) });
    return inObjective(withoutFaults(state, (field) => field.startsWith('data/')), next, true);
  },
  /** Another loss or batch size of a model; undefined: the model's own. */
  model: (state, { change }) => {
    const { objective } = state.recipe;
    return objective.kind === 'model' ? inObjective(withoutFaults(state, (field) => field.startsWith('model/')), withParts(objective, change), false) : state;
  },
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
  /** Which part of the objective is open for a change; null: none. */
  panel: (state, { panel }) => (state.panel === panel ? state : { ...state, panel }),
  points: (state, { points }) => ({ ...state, points }),
  sketch: (state, { sketch }) => ({ ...state, sketch }),
  upload: (state, { upload }) => ({ ...state, upload }),
  surface: (state, { change }) => ({ ...state, surface: { ...state.surface, ...change } }),
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
