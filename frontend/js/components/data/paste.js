/** Numbers from a spreadsheet, pasted. */
import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { lineSpan } from '../../upload.js';
import { usePage } from '../page.js';

export function Paste() {
  const { state, intake, t } = usePage();
  const { upload } = state;
  const mine = upload?.name === null ? upload : null;
  const [text, setText] = useState(mine?.text ?? '');
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const line = mine?.problem?.line ?? null;
  useEffect(() => {
    if (line === null || !area.current || area.current.value !== mine?.text) return;
    area.current.setSelectionRange(...lineSpan(area.current.value, line));
    area.current.focus();
  }, [mine?.problem]);
  return html`<textarea class="text paste" rows="6" ref=${area} spellcheck=${false} autocomplete="off" value=${text} aria-label=${t('data.pasteLabel')}
      aria-invalid=${mine?.problem ? 'true' : undefined} placeholder=${'x\ty\n1\t2.1\n2\t3.9\n3\t6.2'} onInput=${(/** @type {any} */ event) => setText(event.currentTarget.value)}></textarea>
    <div class="row"><p class="hint">${t('data.pasteHint')}</p>
      <button type="button" class="text-button" data-do="read" disabled=${text.trim() === '' || mine?.isBusy} onClick=${() => intake.read(null, text)}>${t('data.read')}</button></div>`;
}
