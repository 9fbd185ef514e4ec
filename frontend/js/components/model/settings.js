/** The parameters of one group of the model on show. */
import { html } from 'htm/preact';
import { rowsOf, valuesOf } from '../../model.js';
import { Setting } from './setting.js';
import { usePage } from '../page.js';

/** @param {{group: string}} props */
export function Settings({ group }) {
  const { state, dispatch } = usePage();
  const values = valuesOf(state);
  return rowsOf(state.objective, group, values).map((row) => html`<${Setting} key=${`${state.objective?.id}.${row.name}`} row=${row} value=${values[row.name]}
    field=${`objective/${row.name}`} onChange=${(/** @type {any} */ value) => dispatch({ type: 'parameter', name: row.name, value })} />`);
}
