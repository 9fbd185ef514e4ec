/** How a descent is written in the address. */
import { editableText } from './format.js';
import { count, name, number, readParts, readValue, writeFields, writeValue } from './notation.js';
import { MAX_DESCENTS, makeDescent } from './recipe.js';

/** @typedef {import('./types.js').Descent} Descent */

/** Fields of a descent beside its hyperparameters. They begin with a capital, as no hyperparameter does. */
const LABEL = 'Label', HIDDEN = 'Hidden', MAXIMIZE = 'Maximize', KEEP_GRAD = 'KeepGrad', CLIP = 'Clip', SLOT = 'Slot', AUTO = 'Auto';

/** @param {Descent} descent @param {number} index */
export function writeDescent(descent, index) {
  const parts = writeFields(descent.hyperparameters, writeValue);
  if (descent.label !== null) parts.push(`${LABEL}:${encodeURIComponent(descent.label)}`);
  if (!descent.tuned) parts.push(AUTO);
  if (!descent.visible) parts.push(HIDDEN);
  if (descent.maximize) parts.push(MAXIMIZE);
  if (!descent.zero_grad) parts.push(KEEP_GRAD);
  if (descent.clip_grad_norm !== null) parts.push(`${CLIP}:${editableText(descent.clip_grad_norm)}`);
  if (descent.slot !== index) parts.push(`${SLOT}:${descent.slot}`);
  return [descent.optimizer, ...parts].join(';');
}

/** @param {string} text @param {number} index @returns {Descent} */
function readDescent(text, index) {
  const [[optimizer], ...parts] = readParts(text);
  const descent = makeDescent(index, name(optimizer), {}, { tuned: true });
  for (const [key, rest] of parts) {
    if (key === LABEL) descent.label = decodeURIComponent(rest).slice(0, 80) || null;
    else if (key === AUTO) descent.tuned = false;
    else if (key === HIDDEN) descent.visible = false;
    else if (key === MAXIMIZE) descent.maximize = true;
    else if (key === KEEP_GRAD) descent.zero_grad = false;
    else if (key === CLIP) descent.clip_grad_norm = number(rest);
    else if (key === SLOT) descent.slot = count(rest) % MAX_DESCENTS;
    else descent.hyperparameters[name(key)] = readValue(rest);
  }
  return { ...descent, key: `d${descent.slot}` };
}

/** @param {string[]} texts */
export function readDescents(texts) {
  if (texts.length > MAX_DESCENTS) throw new RangeError(String(texts.length));
  const descents = texts.map(readDescent);
  if (new Set(descents.map((descent) => descent.slot)).size === descents.length) return descents;
  return descents.map((descent, slot) => ({ ...descent, slot, key: `d${slot}` }));
}
