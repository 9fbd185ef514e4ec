/** Which field of the page an error of the server speaks of. */

/**
 * The page's name of a field: `start`, `steps`, `objective`, `objective/a`, `data/noise`, or `<card>/lr` for what belongs to a descent.
 *
 * @param {string | null | undefined} parameter the path that the server names
 * @param {string[]} keys the card of each descent, in the order of the recipe
 * @param {string} [key] the card that a command was about
 * @returns {string | null}
 */
export function fieldOf(parameter, keys, key) {
  if (!parameter) return key ? `${key}/` : null;
  const path = parameter.replace(/^recipe\./, '');
  const inDescent = /^descents\[(\d+)\]\.?(.*)$/.exec(path) ?? /^descents\.(\d+)\.?(.*)$/.exec(path);
  if (inDescent) {
    const card = keys[Number(inDescent[1])];
    return card ? `${card}/${nameOf(inDescent[2])}` : null;
  }
  if (/^hyperparameters\b/.test(path)) return key ? `${key}/${nameOf(path)}` : null;
  const parameters = /^objective\.(?:parameters|constants)\.(\w+)/.exec(path);
  if (parameters) return `objective/${parameters[1]}`;
  if (/^objective\.domain\b/.test(path)) return 'objective/domain';
  const data = /^objective\.data\.(?:parameters\.)?(\w+)/.exec(path);
  if (data) return `data/${data[1]}`;
  const model = /^objective\.(loss|batch_size)\b/.exec(path);
  if (model) return `model/${model[1]}`;
  if (/^objective\b/.test(path)) return 'objective';
  if (/^start\b/.test(path)) return 'start';
  return /^(steps|seed|speed)\b/.test(path) ? path : null;
}

/** `hyperparameters.betas[1]` is about the field `betas`. @param {string} path */
function nameOf(path) {
  return /^(?:hyperparameters\.)?(\w+)/.exec(path)?.[1] ?? '';
}
