/** Takes a person's own table in: has the server read it, and makes it the data of the model once it is known to fit. */
import { ProblemError, UnreachableError, getData, getTable, sendTable } from './api.js';
import { MAX_CELLS } from './address_objective.js';
import { keptData } from './model.js';
import { dataOf, guessMapping, newUpload, possibleTakers, takers, writtenOut } from './upload.js';

/**
 * @typedef {import('./store.js').Store} Store
 * @typedef {import('./upload.js').Upload} Upload
 * @typedef {import('./upload.js').Mapping} Mapping
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Data} Data
 * @typedef {import('./types.js').Problem} Problem
 */

/** Own data of any kind take the place of all that was there. */
export const NO_DATA = { set: undefined, parameters: undefined, seed: undefined, table: undefined, columns: undefined, rows: undefined, inputs: undefined, target: undefined };

/** More of a broken file is not shown. */
const MOST_SHOWN = 200_000;

/** @param {unknown} error @param {() => string} unreachable @returns {Problem} */
function problemOf(error, unreachable) {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof UnreachableError) return { status: 0, title: '', detail: unreachable(), code: 'unreachable' };
  throw error;
}

/** @param {State} state */
const idOf = ({ recipe: { objective } }) => (objective.kind === 'formula' ? null : objective.id);

/** @param {State} state */
const hasOwn = ({ recipe: { objective } }) => objective.kind === 'model' && Boolean(objective.data?.rows ?? objective.data?.table);

/** @param {Store} store @param {() => import('./i18n.js').Translate} translate @param {(text: string, tone: 'error') => void} toast */
export function createIntake(store, translate, toast) {
  /** @type {Blob | string} what was read last, for a second reading */
  let source = '';
  let turn = 0;

  /** @param {Partial<Upload>} change */
  const note = (change) => {
    const { upload } = store.get();
    if (upload) store.dispatch({ type: 'upload', upload: { ...upload, ...change } });
  };
  /** @type {import('./types.js').State | null} the last one with own data: a model that cannot take them does not end them */
  let had = null;
  store.subscribe((state) => {
    if (hasOwn(state)) had = state;
    else if (had && idOf(state) === idOf(had)) had = null;
  });

  /** Put a model on show, with the own data of an earlier one where it takes them. @param {string} id */
  function pick(id) {
    const before = had;
    store.dispatch({ type: 'pick', id });
    const { objective } = store.get();
    const data = before && objective && !hasOwn(store.get()) ? keptData(before, objective) : null;
    if (data) store.dispatch({ type: 'data', data: { ...NO_DATA, ...data } });
  }

  const unreachable = () => translate()('connection.unreachable');

  /** Where no model is on show, nothing else has a place for it. @param {string} text */
  function refuse(text) {
    store.dispatch({ type: 'upload', upload: null });
    toast(text, 'error');
  }

  /** @param {Problem} problem */
  const inWords = ({ line, column, detail }) => (line ? `${translate()('data.faultAt', { line, column: column ?? 1 })} ${detail}` : detail);

  /** A table needs a model: where none is on show, one that takes it. @param {import('./types.js').Table} table */
  function meet(table) {
    const { objective, catalogue } = store.get();
    if (!objective?.data) {
      const rows = catalogue?.objectives ?? [];
      const first = takers(rows, table, guessMapping(table, null))[0] ?? possibleTakers(rows, table)[0]?.row;
      if (!first) return refuse(translate()('data.noModel'));
      store.dispatch({ type: 'pick', id: first.id });
    }
    store.dispatch({ type: 'panel', panel: 'data' });
    note({ isBusy: false, table, mapping: guessMapping(table, store.get().objective?.data?.own ?? null) });
  }

  /** @param {string | null} name of the file @param {Blob | string} text @param {boolean | null} [header] */
  async function read(name, text, header = null) {
    const mine = ++turn;
    source = text;
    store.dispatch({ type: 'sketch', sketch: null });
    store.dispatch({ type: 'upload', upload: newUpload(name, typeof text === 'string' ? text : null, header) });
    try {
      const table = await sendTable(text, header);
      if (mine === turn) meet(table);
    } catch (error) {
      const isEmpty = (typeof text === 'string' ? text.length : text.size) === 0;
      const found = problemOf(error, unreachable);
      const problem = isEmpty && found.status > 0 ? { ...found, detail: translate()('data.empty') } : found;
      const shown = typeof text === 'string' ? text : await text.slice(0, MOST_SHOWN).text();
      if (mine !== turn) return;
      if (!store.get().objective?.data) return refuse(inWords(problem));
      store.dispatch({ type: 'panel', panel: 'data' });
      note({ isBusy: false, problem, text: shown });
    }
  }

  /** Make the table the data of the model on show. @param {Mapping} mapping */
  async function use(mapping) {
    const { recipe, upload } = store.get();
    if (recipe.objective.kind !== 'model' || !upload?.table) return;
    const mine = ++turn;
    const data = dataOf(upload.table, mapping, recipe.objective.data);
    note({ isBusy: true, mapping, problem: null });
    try {
      const points = await getData({ ...recipe.objective, data });
      if (mine !== turn) return;
      const isSmall = upload.table.num_rows * (mapping.inputs.length + 1) <= MAX_CELLS;
      store.dispatch({ type: 'sketch', sketch: null });
      store.dispatch({ type: 'data', data: { ...NO_DATA, ...(isSmall ? writtenOut(data, points) : data) } });
      note({ isBusy: false });
    } catch (error) {
      if (mine === turn) note({ isBusy: false, problem: problemOf(error, unreachable) });
    }
  }

  /** The table that the recipe names, where a link or a reload brought it. */
  async function recall() {
    const { recipe, upload } = store.get();
    const data = recipe.objective.kind === 'model' ? recipe.objective.data : undefined;
    if (upload || !data?.table) return;
    try {
      const table = await getTable(data.table);
      const guess = guessMapping(table, null);
      const mapping = { inputs: data.inputs ?? guess.inputs, target: data.target ?? guess.target };
      store.dispatch({ type: 'upload', upload: { ...newUpload(null, null, null), isBusy: false, table, mapping } });
    } catch (error) {
      problemOf(error, unreachable);
    }
  }

  return {
    read,
    use,
    recall,
    pick,
    /** Another model for the table on its way. @param {string} id */
    take(id) {
      const { upload } = store.get();
      store.dispatch({ type: 'pick', id });
      store.dispatch({ type: 'panel', panel: 'data' });
      if (upload?.table) void use(guessMapping(upload.table, store.get().objective?.data?.own ?? null));
    },
    /** Read the same text again with another word on its first line. @param {boolean} header */
    reread: (header) => read(store.get().upload?.name ?? null, source || (store.get().upload?.text ?? ''), header),
    canReread: () => source !== '',
    /** @param {Mapping} mapping */
    map: (mapping) => note({ mapping, problem: null }),
    forget: () => store.dispatch({ type: 'upload', upload: null }),
  };
}

/** @typedef {ReturnType<typeof createIntake>} Intake */
