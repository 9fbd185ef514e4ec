/** How an objective is written in the address: a function, a formula or a model, each with its own parts. */
import { editableText } from './format.js';
import { count, name, number, readFields, readItem, readList, readParts, readSetting, writeFields, writeItem, writeList, writeSetting } from './notation.js';

/**
 * @typedef {import('./types.js').ObjectiveRef} ObjectiveRef
 * @typedef {import('./types.js').FormulaRef} FormulaRef
 * @typedef {import('./types.js').ModelRef} ModelRef
 * @typedef {import('./types.js').Data} Data
 * @typedef {import('./types.js').Settings} Settings
 * @typedef {{key: string, write: (objective: ObjectiveRef) => string | null, read: (objective: ObjectiveRef, text: string) => ObjectiveRef}} Part
 */

const MAX_EXPRESSION = 2000;
/** An address that holds more cells of a table than this is too long to send. */
export const MAX_CELLS = 600;

/** Fields of data beside the parameters of its set. They begin with a capital, as no parameter does. */
const SEED = 'Seed', TABLE = 'Table', INPUTS = 'Inputs', TARGET = 'Target', TEST = 'Test', COLUMNS = 'Columns', ROWS = 'Rows';

/** @param {Data} data @returns {boolean} whether the rows that are written out in it are few enough for an address */
export const fitsInAddress = ({ columns, rows }) => !rows || (columns !== undefined && rows.length * columns.length <= MAX_CELLS);

/** @param {Data} data */
function writeData(data) {
  const parts = [data.set ?? '', ...writeFields(data.parameters ?? {}, editableText)];
  if (data.seed !== undefined) parts.push(`${SEED}:${data.seed}`);
  if (data.test_fraction !== undefined) parts.push(`${TEST}:${editableText(data.test_fraction)}`);
  if (data.table !== undefined) parts.push(`${TABLE}:${data.table}`);
  if (data.inputs) parts.push(`${INPUTS}:${writeList(data.inputs)}`);
  if (data.target !== undefined) parts.push(`${TARGET}:${writeItem(data.target)}`);
  if (data.columns && data.rows && fitsInAddress(data)) {
    parts.push(`${COLUMNS}:${writeList(data.columns)}`, `${ROWS}:${writeList(data.rows.flat())}`);
  }
  return parts.join(';');
}

/** @param {string} text @returns {string[]} */
const readNames = (text) => readList(text).map(String);

/** @param {string} text @param {string[]} columns */
function readRows(text, columns) {
  const cells = /** @type {Array<number | string | null>} */ (readList(text));
  if (columns.length === 0 || cells.length % columns.length !== 0) throw new RangeError(text);
  return Array.from({ length: cells.length / columns.length }, (_, i) => cells.slice(i * columns.length, (i + 1) * columns.length));
}

/** @param {string} text @returns {Data} */
function readData(text) {
  const [[set], ...parts] = readParts(text);
  /** @type {Data} */
  const data = set ? { set: name(set) } : {};
  for (const [key, rest] of parts) {
    if (key === SEED) data.seed = count(rest);
    else if (key === TEST) data.test_fraction = number(rest);
    else if (key === TABLE) data.table = name(rest);
    else if (key === INPUTS) data.inputs = readNames(rest);
    else if (key === TARGET) data.target = String(readItem(rest));
    else if (key === COLUMNS) data.columns = readNames(rest);
    else if (key === ROWS) data.rows = readRows(rest, data.columns ?? []);
    else data.parameters = { ...data.parameters, [name(key)]: number(rest) };
  }
  return data;
}

/** @param {string} text */
function readExpression(text) {
  if (!text.trim() || text.length > MAX_EXPRESSION) throw new RangeError(text);
  return text;
}

/** @param {string} text @returns {[number, number]} */
function readInterval(text) {
  const [low, high] = text.split(':').map(number);
  if (!(low < high)) throw new RangeError(text);
  return [low, high];
}

/** @param {string} text */
function size(text) {
  if (count(text) < 1) throw new RangeError(text);
  return count(text);
}

/** A part that only formulas have. @param {string} key @param {(formula: FormulaRef) => string | null} write @param {(text: string) => Partial<FormulaRef>} read @returns {Part} */
const ofFormula = (key, write, read) => ({
  key,
  write: (objective) => (objective.kind === 'formula' ? write(objective) : null),
  read: (objective, text) => {
    if (objective.kind !== 'formula') throw new RangeError(text);
    return { ...objective, ...read(text) };
  },
});

/** A part that only models have. @param {string} key @param {(model: ModelRef) => string | null} write @param {(text: string) => Partial<ModelRef>} read @returns {Part} */
const ofModel = (key, write, read) => ({
  key,
  write: (objective) => (objective.kind === 'model' ? write(objective) : null),
  read: (objective, text) => {
    if (objective.kind !== 'model') throw new RangeError(text);
    return { ...objective, ...read(text) };
  },
});

/** @param {string[]} parts */
const joined = (parts) => (parts.length > 0 ? parts.join(';') : null);

/** The parts that name another objective, whose own start and parameters then hold. @type {readonly Part[]} */
export const NAMES = [
  { key: 'objective', write: (objective) => (objective.kind === 'function' ? objective.id : null),
    read: (_, text) => ({ kind: 'function', id: name(text), parameters: {} }) },
  { key: 'formula', write: (objective) => (objective.kind === 'formula' ? objective.expression : null),
    read: (_, text) => ({ kind: 'formula', expression: readExpression(text), constants: {} }) },
  { key: 'model', write: (objective) => (objective.kind === 'model' ? objective.id : null),
    read: (_, text) => ({ kind: 'model', id: name(text), parameters: {} }) },
];

/** @type {readonly Part[]} */
export const PARTS = [
  {
    key: 'parameters',
    write: (objective) => (objective.kind === 'formula' ? null : joined(writeFields(/** @type {Settings} */ (objective.parameters), writeSetting))),
    read: (objective, text) => {
      if (objective.kind === 'formula') throw new RangeError(text);
      if (objective.kind === 'model') return { ...objective, parameters: readFields(text, readSetting) };
      return { ...objective, parameters: readFields(text, number) };
    },
  },
  ofFormula('constants', ({ constants }) => joined(writeFields(constants, editableText)), (text) => ({ constants: readFields(text, number) })),
  ofFormula('variables', ({ variables }) => variables?.join(',') ?? null, (text) => ({ variables: text.split(',').map(name) })),
  ofFormula('domain', ({ domain }) => domain?.map((ends) => ends.map(editableText).join(':')).join(';') ?? null,
    (text) => ({ domain: text.split(';').map(readInterval) })),
  ofModel('data', ({ data }) => (data ? writeData(data) : null), (text) => ({ data: readData(text) })),
  ofModel('objectiveLoss', ({ loss }) => loss ?? null, (text) => ({ loss: name(text) })),
  ofModel('batch', ({ batch_size }) => (batch_size ? String(batch_size) : null), (text) => ({ batch_size: size(text) })),
];
