/** The list of objectives: type to find one, or look through the groups. */
import { html } from 'htm/preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { GROUPS, found, groupOf } from '../search.js';
import { Formula } from './formula.js';
import { Icon } from './icons.js';
import { usePage } from './page.js';

/** The first entry: it opens the field for a formula. */
const FORMULA = 'formula';
/** Room between an entry and the edge of the list, in pixels. */
const EDGE = 8;

/** Places in the list that a key goes to. @param {string} key @param {number} at @param {number} length */
function moved(key, at, length) {
  if (key === 'ArrowDown') return (at + 1) % length;
  if (key === 'ArrowUp') return (at - 1 + length) % length;
  return key === 'PageDown' ? Math.min(at + 8, length - 1) : key === 'PageUp' ? Math.max(at - 8, 0) : null;
}

/** How the list follows: it opens with what is chosen in its middle. @typedef {'center' | 'nearest' | null} Follow */

/** Scroll the list alone, never the page, until an entry stands clear of the first one. @param {HTMLElement} entry @param {Follow} follow */
function bring(entry, follow) {
  const list = /** @type {HTMLElement} */ (entry.closest('.options'));
  const [outer, inner] = [list.getBoundingClientRect(), entry.getBoundingClientRect()];
  const top = outer.top + /** @type {HTMLElement} */ (list.firstElementChild).offsetHeight;
  if (follow === 'center') list.scrollTop += (inner.top + inner.bottom - top - outer.bottom) / 2;
  else list.scrollTop += Math.min(0, inner.top - top - EDGE) || Math.max(0, inner.bottom - outer.bottom + EDGE);
}

/** @param {{id: string, dataId: string, isChosen: boolean, isActive: boolean, follow: Follow, onPick: () => void, onPoint: () => void, children?: unknown}} props */
function Option({ id, dataId, isChosen, isActive, follow, onPick, onPoint, children }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (place.current && isActive && follow && dataId !== FORMULA) bring(place.current, follow);
  }, [isActive, follow]);
  return html`<div role="option" id=${id} data-id=${dataId} ref=${place} aria-selected=${isChosen} class=${isActive ? 'is-active' : ''}
    onClick=${onPick} onPointerMove=${onPoint}>${children}</div>`;
}

/** What is in the list, in its order. @param {string} query */
function useEntries(query) {
  const { state, t } = usePage();
  const rows = state.catalogue?.objectives ?? [];
  const own = { id: FORMULA, title: { en: t('formula.title'), zh: t('formula.title') } };
  const groups = GROUPS.map((name) => ({ name, rows: found(rows.filter((row) => groupOf(row) === name), query) })).filter((group) => group.rows.length > 0);
  const hasOwn = found([own], query).length > 0;
  return { groups, hasOwn, ids: [...(hasOwn ? [FORMULA] : []), ...groups.flatMap((group) => group.rows.map((row) => row.id))] };
}

/** Close when a person presses elsewhere, and give the focus back. @param {{current: HTMLElement | null}} list @param {() => void} onClose */
function useDismissal(list, onClose) {
  useLayoutEffect(() => {
    const opener = /** @type {HTMLElement | null} */ (document.activeElement);
    /** @param {PointerEvent} event */
    const onOutside = (event) => {
      const target = /** @type {Element} */ (event.target);
      if (!list.current?.contains(target) && !target.closest('.objective-name')) onClose();
    };
    document.addEventListener('pointerdown', onOutside);
    return () => {
      document.removeEventListener('pointerdown', onOutside);
      // What was picked may have taken the focus already.
      if (!document.activeElement || document.activeElement === document.body) opener?.focus();
    };
  }, []);
}

/** @param {{onPick: (id: string) => void, onFormula: () => void, onClose: () => void}} props */
export function ObjectivePicker({ onPick, onFormula, onClose }) {
  const { state, t, language } = usePage();
  const base = useId();
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const search = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [query, setQuery] = useState('');
  const chosen = state.objective?.id ?? null;
  // A list that moves under the pointer would be hard to point at, so only keys make it follow.
  const [active, setActive] = useState({ id: chosen, follow: /** @type {Follow} */ ('center') });
  const { groups, hasOwn, ids } = useEntries(query);
  const at = Math.max(0, ids.indexOf(active.id ?? ''));
  useDismissal(list, onClose);
  // On a phone the keyboard would cover the list.
  useLayoutEffect(() => (matchMedia('(pointer: coarse)').matches ? list.current : search.current)?.focus(), []);
  /** @param {string} id */
  const pick = (id) => {
    onClose();
    if (id === FORMULA) onFormula();
    else onPick(id);
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    if (event.key === 'Escape') return onClose();
    if (event.isComposing || ids.length === 0) return;
    const next = moved(event.key, at, ids.length);
    if (next === null && event.key !== 'Enter') return;
    event.preventDefault();
    if (next === null) pick(ids[at]);
    else setActive({ id: ids[next], follow: 'nearest' });
  };
  /** @param {string} id */
  const optionProps = (id) => ({ key: id, id: `${base}-${id}`, dataId: id, isChosen: id === chosen, isActive: id === ids[at], follow: active.follow,
    onPick: () => pick(id), onPoint: () => setActive({ id, follow: null }) });
  const source = state.catalogue?.objectives.find((row) => row.id === ids[at])?.source;
  return html`<div class="picker" tabindex="-1" ref=${list} onKeyDown=${onKeyDown}>
    <div class="search"><${Icon} name="search" /><input type="text" role="combobox" ref=${search} value=${query} placeholder=${t('objective.find')} aria-label=${t('objective.find')}
      aria-expanded="true" aria-controls=${`${base}-list`} aria-activedescendant=${ids.length > 0 ? `${base}-${ids[at]}` : undefined} autocomplete="off" spellcheck=${false}
      onInput=${(/** @type {any} */ event) => { setQuery(event.currentTarget.value); setActive({ id: null, follow: 'nearest' }); }} /></div>
    <div class="options" role="listbox" id=${`${base}-list`} aria-label=${t('objective.choose')}>
      ${hasOwn && html`<${Option} ...${optionProps(FORMULA)}><span class="title"><${Icon} name="formula" />${t('formula.title')}</span><code>x^2 + 3*y^2</code><kbd>F</kbd><//>`}
      ${groups.map(({ name, rows }) => html`<div role="group" key=${name} aria-label=${t(`objective.group.${name}`)}>
        <h3 aria-hidden="true">${t(`objective.group.${name}`)}<span>${rows.length}</span></h3>
        ${rows.map((row) => html`<${Option} ...${optionProps(row.id)}><span class="title">${row.title[language]}</span><${Formula} latex=${row.latex} /><//>`)}
      </div>`)}
      ${ids.length === 0 && html`<p class="nothing">${t('objective.nothing', { query })}</p>`}
    </div>
    ${source && html`<p class="source">${t('objective.source')}: ${source}</p>`}
  </div>`;
}
