/** What is wrong with a table, and where: the line itself, with those beside it. */
import { html } from 'htm/preact';
import { linesAround } from '../../upload.js';
import { usePage } from '../page.js';

/** @param {{upload: import('../../upload.js').Upload}} props */
export function TableProblem({ upload: { problem, text } }) {
  const { t } = usePage();
  if (!problem) return null;
  const { line, column } = problem;
  const lines = line && text !== null ? linesAround(text, line) : [];
  return html`<div class="table-problem" role="alert">
    <p class="fault"><strong>${line ? t('data.faultAt', { line, column: column ?? 1 }) : t('data.fault')}</strong> <span lang="en">${problem.detail}</span></p>
    ${lines.length > 0 && html`<ol class="excerpt" start=${lines[0].number}>${lines.map(({ number, text: content }) => html`<li key=${number} class=${number === line ? 'is-faulty' : ''} value=${number}>
      <code>${content || ' '}</code></li>`)}</ol>`}
    <p class="hint">${t('data.stays')}</p>
  </div>`;
}
