/** A file, chosen or dropped. */
import { html } from 'htm/preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../icons.js';
import { usePage } from '../page.js';

export function FilePicker() {
  const { state, intake, t } = usePage();
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const name = state.upload?.name;
  return html`<div class="file"><input type="file" class="file-input" accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values" ref=${input} tabindex="-1" aria-hidden="true"
      onChange=${() => {
        const file = input.current?.files?.[0];
        if (file) void intake.read(file.name, file);
        if (input.current) input.current.value = '';
      }} />
    <button type="button" class="drop-place" onClick=${() => input.current?.click()}><${Icon} name="table" />
      <span><strong>${name ?? t('data.choose')}</strong><span class="hint">${t(name ? 'data.another' : 'data.fileHint')}</span></span></button></div>`;
}
