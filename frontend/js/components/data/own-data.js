/** A person's own data: clicked, pasted, or read from a file. */
import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../page.js';
import { Segments } from '../segments.js';
import { FilePicker } from './file-picker.js';
import { Paste } from './paste.js';
import { Sketching } from './sketching.js';
import { TableMapping } from './table-mapping.js';
import { TableProblem } from './table-problem.js';
import { TestFraction } from './test-fraction.js';
import { isOwn } from './data-aspect.js';

/** Which way a person was going. @param {import('../../types.js').State} state */
function wayOf({ upload, recipe: { objective } }) {
  if (upload) return upload.name === null && upload.text !== null ? 'paste' : 'file';
  return objective.kind === 'model' && objective.data?.table ? 'file' : 'click';
}

export function OwnData() {
  const { state, dispatch, intake, t } = usePage();
  const [way, setWay] = useState(wayOf(state));
  const { upload } = state;
  useEffect(() => void intake.recall(), []);
  useEffect(() => {
    if (upload) setWay(wayOf(state));
  }, [upload?.name, upload?.text]);
  /** @param {string} id */
  const go = (id) => {
    if (id !== 'click') dispatch({ type: 'sketch', sketch: null });
    setWay(id);
  };
  const choices = [{ id: 'click', title: t('data.click') }, { id: 'paste', title: t('data.paste') }, { id: 'file', title: t('data.file') }];
  return html`<${Segments} kind="is-full" label=${t('data.own')} value=${way} choices=${choices} onChange=${go} />
    ${way === 'click' ? html`<${Sketching} />` : way === 'paste' ? html`<${Paste} />` : html`<${FilePicker} />`}
    ${way !== 'click' && upload?.problem && html`<${TableProblem} upload=${upload} />`}
    ${way !== 'click' && upload?.table && html`<${TableMapping} upload=${upload} table=${upload.table} />`}
    ${isOwn(state) && html`<${TestFraction} />`}`;
}
