/** A table on its way to be data: read by the server, then its columns are given their parts. */

/**
 * @typedef {import('./types.js').Table} Table
 * @typedef {import('./types.js').TableColumn} TableColumn
 * @typedef {import('./types.js').Problem} Problem
 * @typedef {import('./types.js').Objective} Objective
 * @typedef {import('./types.js').Data} Data
 * @typedef {{inputs: string[], target: string}} Mapping
 * @typedef {{min_inputs: number, max_inputs: number, max_classes?: number | null, task: 'regression' | 'classification'}} Own which own data a model takes
 *
 * @typedef {object} Upload
 * @property {string | null} name of the file; null: pasted
 * @property {string | null} text as it was pasted
 * @property {boolean | null} header what a person says of the first line; null: guessed
 * @property {boolean} isBusy
 * @property {Table | null} table
 * @property {Mapping | null} mapping
 * @property {Problem | null} problem
 */

/** More classes than this are taken for numbers by mistake. */
const MOST_CLASSES = 10;

/** @param {string | null} name @param {string | null} text @param {boolean | null} header @returns {Upload} */
export const newUpload = (name, text, header) => ({ name, text, header, isBusy: true, table: null, mapping: null, problem: null });

/** Whether a column can name classes. @param {TableColumn} column */
export const isClassLike = (column) => column.type === 'label' || column.num_distinct <= MOST_CLASSES;

/** The columns by the parts that they most probably have. @param {Table} table @param {Own | null} own of the model on show @returns {Mapping} */
export function guessMapping({ columns }, own) {
  const wantsClasses = own ? own.task === 'classification' : columns.some(({ type }) => type === 'label');
  const suits = (/** @type {TableColumn} */ column) => (wantsClasses ? isClassLike(column) : column.type === 'number');
  const labels = wantsClasses ? columns.filter(({ type }) => type === 'label') : [];
  const target = labels.at(-1) ?? columns.findLast(suits) ?? columns[columns.length - 1];
  const others = columns.filter((column) => column !== target && column.type === 'number').map(({ name }) => name);
  return { inputs: others.slice(0, own?.max_inputs ?? others.length), target: target.name };
}

/** A column as the target, or no longer an input, or one again. @param {Mapping} mapping @param {string} name @param {Table} table @returns {Mapping} */
export function toggledInput({ inputs, target }, name, { columns }) {
  const next = inputs.includes(name) ? inputs.filter((other) => other !== name) : [...inputs, name];
  return { target, inputs: columns.map((column) => column.name).filter((other) => next.includes(other)) };
}

/** @param {Mapping} mapping @param {string} name @returns {Mapping} */
export function withTarget({ inputs, target }, name) {
  const freed = inputs.includes(name) ? inputs.map((other) => (other === name ? target : other)) : inputs;
  return { target: name, inputs: freed };
}

/**
 * Why a model cannot take a mapping: a reason with numbers for its sentence; null where it can.
 *
 * @param {Table} table @param {Mapping} mapping @param {Own | null | undefined} own
 * @returns {{reason: 'none' | 'label' | 'few' | 'many' | 'number' | 'classes', values: Record<string, string | number>} | null}
 */
export function misfit({ columns }, { inputs, target }, own) {
  if (!own) return { reason: 'none', values: {} };
  const named = (/** @type {string} */ name) => /** @type {TableColumn} */ (columns.find((column) => column.name === name));
  const label = inputs.find((name) => named(name).type === 'label');
  if (label !== undefined) return { reason: 'label', values: { name: label } };
  if (inputs.length < own.min_inputs) return { reason: 'few', values: { count: inputs.length, least: own.min_inputs } };
  if (inputs.length > own.max_inputs) return { reason: 'many', values: { count: inputs.length, most: own.max_inputs } };
  if (own.task === 'regression' && named(target).type === 'label') return { reason: 'number', values: { name: target } };
  const most = own.max_classes ?? MOST_CLASSES;
  const { num_distinct: count } = named(target);
  if (own.task === 'classification' && (count > most || !isClassLike(named(target)))) return { reason: 'classes', values: { name: target, count, most } };
  return null;
}

/** The models that take a mapping, those of the same task first. @param {Objective[]} objectives @param {Table} table @param {Mapping} mapping */
export const takers = (objectives, table, mapping) => objectives.filter((row) => row.data && misfit(table, mapping, row.data.own) === null);

/** The models that take the table with some mapping, each with that mapping. @param {Objective[]} objectives @param {Table} table
 * @returns {Array<{row: Objective, mapping: Mapping}>} */
export function possibleTakers(objectives, table) {
  return objectives.flatMap((row) => {
    if (!row.data?.own) return [];
    const mapping = guessMapping(table, row.data.own);
    return misfit(table, mapping, row.data.own) === null ? [{ row, mapping }] : [];
  });
}

/** What a recipe says of a table. @param {Table} table @param {Mapping} mapping @param {Data} [had] whose share of held back points stays @returns {Data} */
export function dataOf({ id }, { inputs, target }, had = {}) {
  return { ...(had.test_fraction === undefined ? {} : { test_fraction: had.test_fraction }), table: id, inputs, target };
}

/** The same data written out, from the points that the server read in it. @param {Data} data @param {import('./plots/fit_data.js').FitData} points @returns {Data} */
export function writtenOut({ inputs = [], target = '', test_fraction }, { train, test, classes }) {
  const parts = [train, ...(test ? [test] : [])];
  // Numbers that name classes stay numbers: as words they would be sorted otherwise.
  const names = classes?.every((name) => String(Number(name)) === name) ? classes.map(Number) : classes;
  const rows = parts.flatMap(({ x, y }) => x.map((row, i) => [...row, names ? names[y[i]] : y[i]]));
  return { ...(test_fraction === undefined ? {} : { test_fraction }), columns: [...inputs, target], rows };
}

/** @param {string} text */
const linesOf = (text) => text.split(/\r\n|\r|\n/);

/** Where a line of a text begins and ends. @param {string} text @param {number} line from 1 @returns {[number, number]} */
export function lineSpan(text, line) {
  const ends = [...text.matchAll(/\r\n|\r|\n|$/g)].map(({ index }) => index);
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length)];
  const at = Math.min(Math.max(1, line), starts.length) - 1;
  return [starts[at], ends[at]];
}

/** A line with one before and one after it. @param {string} text @param {number} line from 1 */
export function linesAround(text, line) {
  const lines = linesOf(text);
  return [line - 1, line, line + 1].filter((number) => number >= 1 && number <= lines.length).map((number) => ({ number, text: lines[number - 1].slice(0, 200) }));
}
