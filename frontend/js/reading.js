/**
 * A formula while it is typed: the server reads it a moment after the last key, and only its newest answer counts.
 *
 * Letters that stand beside x, y or z become constants, which sliders move; a person may decide otherwise.
 */

/**
 * @typedef {import('./types.js').TypesetFormula} TypesetFormula
 * @typedef {import('./types.js').Problem} Problem
 * @typedef {Record<string, number>} Constants
 *
 * @typedef {object} Reading what there is to show
 * @property {string} text as typed
 * @property {Constants} constants
 * @property {TypesetFormula | null} answer the newest text that could be read, typeset
 * @property {boolean} isCurrent the answer is that of the text
 * @property {Problem | null} problem what is wrong with the text, once it is time to say so
 *
 * @typedef {object} Surroundings
 * @property {(formula: {expression: string, constants: Constants}) => Promise<TypesetFormula>} read rejects with an error that has a `problem`
 * @property {(reading: Reading) => void} onChange
 * @property {{setTimeout: (f: () => void, ms: number) => any, clearTimeout: (id: any) => void}} clock
 */

const READ_DELAY_MS = 140;
/** A text is mostly wrong while it is typed: nothing is said of it before the hand rests. */
const TELL_DELAY_MS = 800;

/** Coordinates, as everybody writes them. */
const isCoordinate = (/** @type {string} */ name) => /^[xyz](_?\d+)?$/.test(name);

/** Whether a text may still use a name; one that it may write in Greek counts as used. @param {string} text @param {string} name */
const isUsed = (text, name) => new RegExp(`(?<![A-Za-z_])${name}(?![A-Za-z0-9_])`).test(text) || /[\u0370-\u03ff]/.test(text);

/** The name that a problem is about, where it could be a constant. @param {Reading} reading */
export function unknownName({ text, problem }) {
  if (!problem?.column || !Array.isArray(problem.allowed) || !problem.allowed.includes('pi')) return null;
  const rest = [...text].slice(problem.column - 1).join('');
  return /^([A-Za-z][A-Za-z0-9_]*)(?!\s*\()/.exec(rest)?.[1] ?? null;
}

/**
 * @param {{text: string, constants: Constants, variables: string[]}} first what the formula on show has
 * @param {Surroundings} surroundings
 */
export function createReader(first, { read, onChange, clock }) {
  /** @type {Reading} */
  let reading = { text: first.text, constants: first.constants, answer: null, isCurrent: false, problem: null };
  /** Names that are to stay variables. */
  const variables = new Set(first.variables);
  let turn = 0;
  /** @type {any} */
  let pause = null;
  /** @type {any} */
  let hint = null;
  let isTellingAtOnce = false;

  /** @param {Partial<Reading>} change */
  function show(change) {
    reading = { ...reading, ...change };
    onChange(reading);
  }

  function stop() {
    turn += 1;
    clock.clearTimeout(pause);
    clock.clearTimeout(hint);
  }

  /** @param {TypesetFormula} answer @returns {string[]} variables that are to be constants */
  function constantsIn(answer) {
    if (!answer.variables.some(isCoordinate)) return [];
    return answer.variables.filter((name) => !isCoordinate(name) && !variables.has(name));
  }

  /** Ask until every letter has its role: twice at most. @param {string} text @returns {Promise<{answer: TypesetFormula, constants: Constants}>} */
  async function ask(text) {
    const kept = Object.entries(reading.constants).filter(([name]) => isUsed(text, name));
    let constants = Object.fromEntries(kept);
    let answer = await read({ expression: text, constants });
    const more = constantsIn(answer);
    if (more.length > 0) {
      constants = { ...constants, ...Object.fromEntries(more.map((name) => [name, 1])) };
      answer = await read({ expression: text, constants });
    }
    return { answer, constants };
  }

  /** @returns {Promise<Reading>} */
  async function look() {
    stop();
    const mine = turn;
    const { text } = reading;
    if (!text.trim()) return reading;
    try {
      const { answer, constants } = await ask(text);
      if (mine === turn) show({ answer, constants, isCurrent: true, problem: null });
    } catch (error) {
      const { problem } = /** @type {{problem?: Problem}} */ (error);
      if (!problem) throw error;
      if (mine === turn) tell(problem);
    }
    return reading;
  }

  /** @param {Problem} problem */
  function tell(problem) {
    if (isTellingAtOnce) show({ problem });
    else hint = clock.setTimeout(() => show({ problem }), TELL_DELAY_MS - READ_DELAY_MS);
  }

  /** The server may be away: the next key asks again. */
  const lookSoon = () => {
    isTellingAtOnce = false;
    pause = clock.setTimeout(() => void look().catch(() => {}), READ_DELAY_MS);
  };

  if (first.text) lookSoon();
  return {
    get: () => reading,
    /** @param {string} text */
    type(text) {
      stop();
      show({ text, isCurrent: false, problem: null, ...(text.trim() ? {} : { answer: null }) });
      lookSoon();
    },
    /** Make a name a constant, or a variable. @param {string} name @param {boolean} isConstant */
    setRole(name, isConstant) {
      stop();
      const { [name]: _, ...rest } = reading.constants;
      if (isConstant) variables.delete(name);
      else variables.add(name);
      show({ constants: isConstant ? { ...rest, [name]: 1 } : rest, isCurrent: false, problem: null });
      lookSoon();
    },
    /** Read at once, and say at once what is wrong. @returns {Promise<Reading>} */
    async submit() {
      if (reading.isCurrent) return reading;
      isTellingAtOnce = true;
      return look();
    },
    close: stop,
  };
}
