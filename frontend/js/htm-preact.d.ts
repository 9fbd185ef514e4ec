/** What the vendored `htm/preact` exports: the package's own types promise hooks, which it does not have. */
export { Component, h, render } from "preact";

import type { VNode } from "preact";

export function html(strings: TemplateStringsArray, ...values: unknown[]): VNode;
