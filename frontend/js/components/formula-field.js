/** Your own formula: typed, typeset with its gradient while it is typed, and drawn on Enter. */
import { html } from 'htm/preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ProblemError, readFormula } from '../api.js';
import { formulaExamples } from '../examples.js';
import { same } from '../plan.js';
import { createReader, unknownName } from '../reading.js';
import { IconButton } from './button.js';
import { Formula } from './formula.js';
import { FormulaInput } from './formula-input.js';
import { usePage } from './page.js';

/**
 * @typedef {import('../reading.js').Reading} Reading
 * @typedef {ReturnType<typeof createReader>} Reader
 */

const CLOCK = { setTimeout: (/** @type {() => void} */ f, /** @type {number} */ ms) => setTimeout(f, ms), clearTimeout: (/** @type {any} */ id) => clearTimeout(id) };

/** What the field begins with: the formula on show, or nothing. @param {import('../types.js').State} state */
function firstOf({ recipe, objective }) {
  if (recipe.objective.kind !== 'formula') return { text: '', constants: {}, variables: [] };
  const { expression, constants, variables } = recipe.objective;
  return { text: expression, constants, variables: variables ?? objective?.theta_names ?? [] };
}

/** @returns {[Reading, Reader]} */
function useReader() {
  const { state } = usePage();
  const [, setReading] = useState(/** @type {Reading | null} */ (null));
  const reader = useRef(/** @type {Reader | null} */ (null));
  reader.current ??= createReader(firstOf(state), { read: readFormula, onChange: setReading, clock: CLOCK });
  useEffect(() => () => reader.current?.close(), []);
  return [reader.current.get(), reader.current];
}

/** The gradient as a column, or that there is none to show. @param {{reading: Reading}} props */
function Typeset({ reading }) {
  const { t } = usePage();
  const { answer, isCurrent } = reading;
  if (!answer) return html`<p class="formula-help">${t('formula.help')}</p>`;
  const { latex, gradient_latex: parts, variables } = answer;
  const derivative = variables.length === 1 ? `\\frac{df}{d${nameOf(latex)}} = ${parts?.[0]}`
    : `\\nabla f = \\begin{pmatrix} ${parts?.join(' \\\\[0.3em] ')} \\end{pmatrix}`;
  return html`<div class=${`formula-typeset ${isCurrent ? '' : 'is-old'}`}>
    <${Formula} latex=${latex} />
    ${parts ? html`<${Formula} latex=${derivative} />` : html`<p class="formula-help">${t('formula.noGradient')}</p>`}
  </div>`;
}

/** The variable of `f(x) = ...`, as it is typeset. @param {string} latex */
const nameOf = (latex) => /^f\((.*?)\) =/.exec(latex)?.[1] ?? 'x';

/** Which letters are variables and which are constants; shown where there is a choice. @param {{reading: Reading, reader: Reader}} props */
function Roles({ reading: { answer, constants }, reader }) {
  const { t } = usePage();
  const variables = answer?.variables ?? [];
  const names = [...variables, ...Object.keys(answer?.constants ?? {})];
  if (!answer || names.every((name) => ['x', 'y', 'z'].includes(name))) return null;
  return html`<div class="formula-roles" role="group" aria-label=${t('formula.roles')}>
    <span class="name">${t('formula.roles')}</span>
    ${names.map((name) => {
      const isConstant = name in constants;
      return html`<button type="button" key=${name} class="chip" aria-pressed=${isConstant} disabled=${!isConstant && variables.length === 1}
        onClick=${() => reader.setRole(name, !isConstant)}><i>${name}</i><span>${t(isConstant ? 'formula.constant' : 'formula.variable')}</span></button>`;
    })}
  </div>`;
}

/** @param {{reading: Reading, reader: Reader, id: string}} props */
function Problem({ reading, reader, id }) {
  const { t } = usePage();
  const name = unknownName(reading);
  // The place of an alert must stand before there is one to tell.
  return html`<div class="formula-problem" id=${id} role="alert">
    ${reading.problem && html`<p class="fault" lang="en">${reading.problem.detail}</p>`}
    ${name && html`<button type="button" class="text-button" onClick=${() => reader.setRole(name, true)}>${t('formula.useConstant', { name })}</button>`}
  </div>`;
}

/** @param {{onClose: () => void}} props */
export function FormulaField({ onClose }) {
  const { state, dispatch, t, language } = usePage();
  const id = useId();
  const [reading, reader] = useReader();
  const [isAway, setAway] = useState(false);
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));

  async function draw() {
    try {
      const { answer, isCurrent, text, constants } = await reader.submit();
      if (!answer || !isCurrent) return;
      const before = state.recipe.objective;
      const keepsDomain = before.kind === 'formula' && before.domain && same(state.objective?.theta_names, answer.variables);
      /** @type {import('../types.js').FormulaRef} */
      const objective = { kind: 'formula', expression: text.trim(), constants, ...(keepsDomain ? { domain: before.domain } : {}) };
      if (!same(objective, before)) dispatch({ type: 'formula', objective, row: answer.objective });
      onClose();
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      setAway(true);
    }
  }
  /** @param {string} text */
  const type = (text) => {
    setAway(false);
    reader.type(text);
  };
  return html`<div class="composer" role="dialog" aria-label=${t('formula.title')} ref=${place}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && onClose()}>
    <header><h2>${t('formula.title')}</h2><${IconButton} kind="small" icon="remove" tip="down-left" label=${t('toast.dismiss')} onClick=${onClose} /></header>
    <div class="formula-entry">
      <${FormulaInput} text=${reading.text} column=${reading.problem?.column ?? null} label=${t('formula.field')} describedBy=${reading.problem ? id : undefined}
        onInput=${type} onEnter=${draw} />
      <button type="button" class="solid-button" disabled=${!reading.text.trim()} onClick=${draw}>${t('formula.draw')}<kbd aria-hidden="true">\u21b5</kbd></button>
    </div>
    <${Problem} reading=${reading} reader=${reader} id=${id} />
    ${isAway && html`<p class="fault" role="alert">${t('connection.unreachable')}</p>`}
    <${Typeset} reading=${reading} />
    ${!reading.problem && html`<${Roles} reading=${reading} reader=${reader} />`}
    <div class="formula-examples" role="group" aria-label=${t('formula.examples')}><span class="name">${t('formula.examples')}</span>
      ${formulaExamples.map(({ expression, title }) => html`<button type="button" key=${expression} class="chip" title=${title[language]} data-example=${expression}
        onClick=${() => { type(expression); place.current?.querySelector('input')?.focus(); }}><code>${expression}</code></button>`)}</div>
  </div>`;
}
