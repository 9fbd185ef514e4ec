/** The REST side of the server. An error is always a Problem with a sentence. */

/**
 * @typedef {import('./types.js').Problem} Problem
 * @typedef {import('./types.js').Recipe} Recipe
 */

/** What the server answered instead; `problem.detail` is the sentence to show. */
export class ProblemError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** There was no answer at all: no network, or no server. */
export class UnreachableError extends Error {}

/** @param {string} path @param {RequestInit} [options] */
async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    throw new UnreachableError(String(error));
  }
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  const { status, statusText } = response;
  throw new ProblemError(body?.detail ? body : { status, title: statusText, detail: `${status} ${statusText}`, code: 'http' });
}

/** @param {string} path @param {unknown} body */
const post = (path, body) => request(path, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

export const getHealth = () => request('api/health');

/** @returns {Promise<import('./types.js').Catalogue>} */
export async function getCatalogue() {
  const [objectives, optimizers] = await Promise.all([request('api/objectives'), request('api/optimizers')]);
  return { objectives, optimizers };
}

/**
 * @param {Recipe['objective']} objective
 * @param {object | null} plane null: all of an objective of one or two dimensions
 * @param {number} resolution
 * @param {number | null} gradientResolution null: no gradient
 */
export const getSurface = (objective, plane, resolution, gradientResolution) => post('api/surfaces', {
  objective, resolution, ...(plane ? { plane } : {}), ...(gradientResolution ? { gradient_resolution: gradientResolution } : {}),
});

/** A formula as it is typed: typeset, or a problem with its column. @param {{expression: string, constants: Record<string, number>, variables?: string[]}} formula
 * @returns {Promise<import('./types.js').TypesetFormula>} */
export const readFormula = ({ expression, constants, variables }) =>
  post('api/formulas', { expression, constants, ...(variables ? { variables } : {}) });

/** @param {object} recipe on the wire @param {boolean} autoplay @param {number | null} speed */
export const createRun = (recipe, autoplay, speed) => post('api/runs', { ...recipe, autoplay, speed });

/** What a model is fitted to. @param {Recipe['objective']} objective @returns {Promise<import('./plots/fit_data.js').FitData>} */
export const getData = (objective) => post('api/data', { objective });

/** Leave a table with the server: it is read, or refused with a line and a column. @param {Blob | string} text @param {boolean | null} header null: guessed
 * @returns {Promise<import('./types.js').Table>} */
export const sendTable = (text, header) => request(`api/tables${header === null ? '' : `?header=${header}`}`, {
  method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: text,
});

/** @param {string} id @returns {Promise<import('./types.js').Table>} */
export const getTable = (id) => request(`api/tables/${encodeURIComponent(id)}`);

/** The address of a run's stream. @param {string} id @param {number} since @param {string} base the page's own address */
export function streamAddress(id, since, base) {
  const url = new URL(`api/runs/${encodeURIComponent(id)}/stream?since=${since}&encoding=msgpack&include=fit,samples`, base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  return url.href;
}
