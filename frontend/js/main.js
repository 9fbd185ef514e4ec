/** Where the page begins: makes the parts, lets them meet, and asks the server what there is. */
import { render } from 'preact';
import { html } from 'htm/preact';
import { getCatalogue } from './api.js';
import { createBookmark } from './bookmark.js';
import { App } from './components/app.js';
import { Guard } from './components/guard.js';
import { createTranslate, loadStrings } from './i18n.js';
import { createIntake } from './intake.js';
import { createRace } from './race.js';
import { applyView, languageOf, onSystemTheme } from './settings.js';
import { initialState } from './state.js';
import { createStore } from './store.js';
import { createTheatre } from './theatre.js';

const RETRY_MS = 1000;

const store = createStore(initialState());
const strings = await loadStrings();
const translate = () => createTranslate(strings[languageOf(store.get().view)]);

let numToasts = 0;
/** @param {string} text @param {'info' | 'error'} [tone] */
function toast(text, tone = 'info') {
  numToasts += 1;
  store.dispatch({ type: 'toast', toast: { id: numToasts, tone, text } });
}

const theatre = createTheatre(store, translate, (key) => race.historyOf(key), (key) => race.fitOf(key), (key) => race.trailOf(key), (theta) => race.startAt(theta));
const race = createRace(store, theatre, translate, toast);
const intake = createIntake(store, translate, toast);
const bookmark = createBookmark(store, (bad) => toast(translate()('address.bad', { parts: bad.join(', ') }), 'error'));

const showView = () => applyView(store.get().view, translate()('page.title'));
store.subscribe((state, previous) => {
  if (state.view !== previous.view) showView();
});
onSystemTheme(showView);
bookmark.load();
showView();

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
root.replaceChildren();
const t = translate();
render(html`<${Guard} title=${t('page.broken')} action=${t('page.reload')}>
  <${App} store=${store} race=${race} theatre=${theatre} intake=${intake} strings=${strings} toast=${toast} /><//>`, root);

/** Ask until the server answers; it does once PyTorch is there. */
async function begin() {
  try {
    store.dispatch({ type: 'catalogue', catalogue: await getCatalogue() });
    if (store.get().connection.phase !== 'open') store.dispatch({ type: 'connection', connection: { phase: 'connecting', code: null } });
  } catch {
    store.dispatch({ type: 'connection', connection: { phase: 'unreachable', code: null } });
    setTimeout(begin, RETRY_MS);
  }
}
void begin();

/** For teachers' consoles and scripts: look, don't touch. */
Object.defineProperty(window, 'downslope', {
  value: Object.freeze({
    get state() { return store.get(); },
    get histories() { return race.histories(); },
    get plots() { return theatre.plots(); },
  }),
});
