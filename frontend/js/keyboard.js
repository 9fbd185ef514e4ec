/** What each key does, wherever no field takes it. */

/** @typedef {{keys: string[], codes: string[], command: string, text: string}} Shortcut */

/** @type {readonly Shortcut[]} */
export const SHORTCUTS = [
  { keys: [' '], codes: [' '], command: 'toggle', text: 'help.toggle' },
  { keys: ['→', '.'], codes: ['ArrowRight', '.'], command: 'step', text: 'transport.step' },
  { keys: ['R'], codes: ['r'], command: 'again', text: 'transport.restart' },
  { keys: ['+', '−'], codes: ['+', '=', '-'], command: 'speed', text: 'help.speed' },
  { keys: ['O'], codes: ['o'], command: 'objective', text: 'objective.choose' },
  { keys: ['F'], codes: ['f'], command: 'formula', text: 'formula.title' },
  { keys: ['A'], codes: ['a'], command: 'add', text: 'help.add' },
  { keys: ['C'], codes: ['c'], command: 'camera', text: 'landscape.resetCamera' },
  { keys: ['S'], codes: ['s'], command: 'lossScale', text: 'help.lossScale' },
  { keys: ['T'], codes: ['t'], command: 'theme', text: 'help.theme' },
  { keys: ['L'], codes: ['l'], command: 'language', text: 'help.language' },
  { keys: ['W'], codes: ['w'], command: 'fullscreen', text: 'top.fullscreen' },
  { keys: ['?'], codes: ['?'], command: 'help', text: 'top.help' },
];

/**
 * Whether a field takes the key itself.
 *
 * @param {string} key
 * @param {{tagName: string, type?: string, role?: string | null} | null} target
 */
export function isTaken(key, target) {
  if (!target) return false;
  const { tagName, type, role } = target;
  if (tagName === 'TEXTAREA' || tagName === 'SELECT') return true;
  if (tagName === 'INPUT' && type === 'range') return key.startsWith('Arrow');
  if (tagName === 'INPUT' && type === 'checkbox') return key === ' ';
  if (tagName === 'INPUT') return true;
  return role === 'option' || (key === ' ' && (tagName === 'BUTTON' || tagName === 'SUMMARY' || tagName === 'A'));
}

/**
 * The command of a key event, or null.
 *
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, target: any}} event
 */
export function commandOf({ key, ctrlKey, metaKey, altKey, target }) {
  if (ctrlKey || metaKey || altKey || isTaken(key, target)) return null;
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  return SHORTCUTS.find(({ codes }) => codes.includes(wanted))?.command ?? null;
}
