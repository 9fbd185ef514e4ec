/** Which columns of a table go in, and which one is to be predicted. */
import { html } from 'htm/preact';
import { editableText, formatCount, roundTo } from '../../format.js';
import { same } from '../../plan.js';
import { misfit, takers, toggledInput, possibleTakers, withTarget } from '../../upload.js';
import { Switch } from '../hyperparameter.js';
import { usePage } from '../page.js';
import { ModelOffer } from './model-offer.js';

/** @param {number | null} value */
const endText = (value) => editableText(value === null ? null : roundTo(value, 4)).replace('-', '\u2212');

/** @param {{column: import('../../types.js').TableColumn}} props */
function Content({ column: { type, num_distinct, minimum, maximum, labels } }) {
  const { t, language } = usePage();
  if (type === 'label') return html`${t('table.labels', { count: formatCount(num_distinct, language) })}: ${labels?.slice(0, 4).join(', ')}${num_distinct > 4 ? '\u2026' : ''}`;
  return t('table.range', { low: endText(minimum), high: endText(maximum) });
}

/** @param {{table: import('../../types.js').Table, mapping: import('../../upload.js').Mapping}} props */
function Columns({ table, mapping }) {
  const { intake, t } = usePage();
  return html`<table class="columns"><thead><tr><th scope="col">${t('table.column')}</th><th scope="col">${t('table.holds')}</th><th scope="col">${t('table.input')}</th><th scope="col">${t('table.target')}</th></tr></thead>
    <tbody>${table.columns.map((column) => {
      const isTarget = mapping.target === column.name;
      return html`<tr key=${column.name}><th scope="row">${column.name}</th><td class="holds"><${Content} column=${column} /></td>
        <td><input type="checkbox" class="check" checked=${mapping.inputs.includes(column.name)} disabled=${isTarget} aria-label=${`${t('table.input')}: ${column.name}`}
          onChange=${() => intake.map(toggledInput(mapping, column.name, table))} /></td>
        <td><input type="radio" class="radio" name="target" checked=${isTarget} aria-label=${`${t('table.target')}: ${column.name}`} onChange=${() => intake.map(withTarget(mapping, column.name))} /></td></tr>`;
    })}</tbody></table>`;
}

/** Why the model does not take it, and which do. @param {{upload: import('../../upload.js').Upload, table: import('../../types.js').Table, mapping: import('../../upload.js').Mapping}} props */
function Misfit({ table, mapping }) {
  const { state, intake, t } = usePage();
  const found = misfit(table, mapping, state.objective?.data?.own);
  if (!found) return null;
  const rows = (state.catalogue?.objectives ?? []).filter((row) => row.id !== state.objective?.id);
  const able = takers(rows, table, mapping);
  const offered = able.length > 0 ? able : possibleTakers(rows, table).map(({ row }) => row);
  return html`<p class="fault" role="alert">${t(`table.misfit.${found.reason}`, found.values)}${offered.length > 0 ? ` ${t('table.others')}` : ''}</p><${ModelOffer} rows=${offered} onPick=${intake.take} />`;
}

/** @param {{upload: import('../../upload.js').Upload, table: import('../../types.js').Table}} props */
export function TableMapping({ upload, table }) {
  const { state, intake, t, language } = usePage();
  const { mapping } = upload;
  if (!mapping) return null;
  const { objective } = state.recipe;
  const isUsed = objective.kind === 'model' && isOnShow(objective.data, table, mapping);
  const isUseless = misfit(table, mapping, state.objective?.data?.own) !== null;
  return html`<div class="table-mapping">
    <div class="table-head"><p class="hint">${t('table.read', { rows: formatCount(table.num_rows, language), columns: table.columns.length })}</p>
      ${intake.canReread() && html`<label><span class="name">${t('table.header')}</span><${Switch} checked=${table.has_header} label=${t('table.header')}
        onChange=${(/** @type {boolean} */ header) => intake.reread(header)} /></label>`}</div>
    <${Columns} table=${table} mapping=${mapping} />
    <${Misfit} upload=${upload} table=${table} mapping=${mapping} />
    <div class="row buttons-row"><button type="button" class="text-button is-solid" data-do="use" disabled=${isUseless || isUsed || upload.isBusy} onClick=${() => intake.use(mapping)}>${t(isUsed ? 'table.used' : 'table.use')}</button></div>
  </div>`;
}

/** Whether the recipe's data are these. @param {import('../../types.js').Data | undefined} data @param {import('../../types.js').Table} table @param {import('../../upload.js').Mapping} mapping */
function isOnShow(data, table, { inputs, target }) {
  if (data?.table) return data.table === table.id && same(data.inputs, inputs) && data.target === target;
  return Boolean(data?.rows) && data?.rows?.length === table.num_rows && same(data.columns, [...inputs, target]);
}
