/** What the model is fitted to: a generated set, or a person's own points. */
import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { formatCount } from '../../format.js';
import { titleOf } from '../../model.js';
import { Aspect } from '../model/aspect.js';
import { Settings } from '../model/settings.js';
import { usePage } from '../page.js';
import { Segments } from '../segments.js';
import { Generated } from './generated.js';
import { OwnData } from './own-data.js';

/** @param {import('../../types.js').State} state */
export function isOwn({ recipe: { objective }, sketch }) {
  return sketch !== null || (objective.kind === 'model' && Boolean(objective.data?.rows ?? objective.data?.table));
}

function Content() {
  const { state, dispatch, t } = usePage();
  const [tab, setTab] = useState(isOwn(state) || state.upload ? 'own' : 'set');
  useEffect(() => {
    if (state.upload) setTab('own');
  }, [state.upload]);
  // Clicks mean points only for as long as this is open.
  useEffect(() => () => dispatch({ type: 'sketch', sketch: null }), []);
  /** @param {string} id */
  const go = (id) => {
    if (id === 'set') dispatch({ type: 'sketch', sketch: null });
    setTab(id);
  };
  const choices = [{ id: 'set', title: t('data.generated') }, { id: 'own', title: t('data.own') }];
  return html`<${Segments} kind="is-full" label=${t('aspect.data')} value=${tab} choices=${choices} onChange=${go} />
    ${tab === 'set' ? html`<${Generated} />` : html`<${OwnData} />`}
    <${Settings} group="data" />`;
}

export function DataAspect() {
  const { state, t, language } = usePage();
  const { objective } = state;
  if (!objective?.data) return null;
  const { data } = objective;
  const count = formatCount(data.num_train + data.num_test, language);
  const name = data.set ? titleOf(data.sets, data.set, language) : t('data.own');
  const faults = Object.entries(state.faults).filter(([field]) => field.startsWith('data/'));
  return html`<${Aspect} name="data" title=${t('aspect.data')} wide value=${`${name} \u00b7 ${count}`} text=${t('data.summary', { name, count })} hasFault=${faults.length > 0}>
    <${Content} />
    ${faults.map(([field, text]) => html`<p class="fault" role="alert" key=${field}>${text}</p>`)}
  <//>`;
}
