/** Catches what a component throws, so that the page says so instead of going blank. */
import { Component } from 'preact';
import { html } from 'htm/preact';

/** @extends {Component<{title: string, action: string, children?: any}, {error: Error | null}>} */
export class Guard extends Component {
  state = { error: /** @type {Error | null} */ (null) };

  /** @param {Error} error */
  static getDerivedStateFromError(error) {
    return { error };
  }

  render() {
    const { error } = this.state;
    const { title, action, children } = /** @type {any} */ (this.props);
    if (!error) return children;
    return html`<div class="broken" role="alert"><h1>${title}</h1><pre>${error.message}</pre>
      <button type="button" class="text-button" onClick=${() => location.reload()}>${action}</button></div>`;
  }
}
