/** Holds the state, and tells who listens that it changed. */
import { reduce } from './reducer.js';

/**
 * @typedef {import('./types.js').State} State
 * @typedef {import('./reducer.js').Action} Action
 * @typedef {(state: State, previous: State) => void} Listener
 */

/** @param {State} initial */
export function createStore(initial) {
  let state = initial;
  /** @type {Set<Listener>} */
  const listeners = new Set();
  return {
    get: () => state,
    /** @param {Action} action */
    dispatch(action) {
      const previous = state;
      state = reduce(state, action);
      if (state !== previous) for (const listener of [...listeners]) listener(state, previous);
    },
    /** @param {Listener} listener @returns {() => void} */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */
