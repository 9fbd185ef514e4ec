/** The words of the page. */

/**
 * @typedef {import('./types.js').Language} Language
 * @typedef {import('./types.js').Strings} Strings
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Translate
 */

/** @type {readonly Language[]} */
export const LANGUAGES = ['en', 'zh'];

/** The language of the page for what a browser prefers. @param {readonly string[]} preferred @returns {Language} */
export function guessLanguage(preferred) {
  for (const tag of preferred) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}

/** Make the function that says a string with its `{values}`. @param {Strings} strings @returns {Translate} */
export function createTranslate(strings) {
  return (key, values = {}) => (strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Load every language at once: switching must not wait. @returns {Promise<Record<Language, Strings>>} */
export async function loadStrings() {
  const all = await Promise.all(LANGUAGES.map(async (language) => (await fetch(`lang/${language}.json`)).json()));
  return { en: all[0], zh: all[1] };
}
