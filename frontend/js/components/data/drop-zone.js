/** A table may be dropped anywhere on the page. */
import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../icons.js';
import { usePage } from '../page.js';

/** @param {DragEvent} event */
const hasFile = (event) => event.dataTransfer?.types.includes('Files') ?? false;

export function DropZone() {
  const { intake, t } = usePage();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    /** @type {Record<string, (event: DragEvent) => void>} */
    const listeners = {
      dragenter: () => setOver((depth += 1) > 0),
      dragleave: () => setOver((depth -= 1) > 0),
      dragover: (event) => event.preventDefault(),
      drop: (event) => {
        event.preventDefault();
        depth = 0;
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) void intake.read(file.name, file);
      },
    };
    const names = Object.keys(listeners);
    /** @param {Event} event */
    const onDrag = (event) => hasFile(/** @type {DragEvent} */ (event)) && listeners[event.type](/** @type {DragEvent} */ (event));
    for (const name of names) addEventListener(name, onDrag);
    return () => names.forEach((name) => removeEventListener(name, onDrag));
  }, []);
  return isOver && html`<div class="drop-zone" aria-hidden="true"><div><${Icon} name="table" /><p>${t('data.drop')}</p></div></div>`;
}
