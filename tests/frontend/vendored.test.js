// The vendored modules work under the names that the page imports them by.
import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, encode } from "@msgpack/msgpack";
import { h as hOfHtm, html } from "htm/preact";
import katex from "katex";
import { h } from "preact";

test("htm builds the same nodes as preact, from the one copy of preact", () => {
  assert.equal(hOfHtm, h);
  const node = html`<p class="a">${"x"}<b>y</b></p>`;
  assert.equal(node.type, "p");
  assert.equal(/** @type {any} */ (node.props).class, "a");
});

test("a byte string of msgpack comes back as the same bytes, which hold little-endian doubles", () => {
  const column = new Float64Array([1.5, -0, Number.MIN_VALUE, 1e300]);
  const packed = encode({ loss: new Uint8Array(column.buffer), first_step: 7 });
  const { loss, first_step } = /** @type {{loss: Uint8Array, first_step: number}} */ (decode(packed));
  assert.equal(first_step, 7);
  assert.deepEqual(new Float64Array(loss.slice().buffer), column);
});

test("a packed map is read byte by byte as the format's specification writes it", () => {
  const bytes = Uint8Array.of(0x82, 0xa1, 0x61, 0xcd, 0x01, 0x2c, 0xa1, 0x62, 0xc4, 0x02, 0xff, 0x00);
  assert.deepEqual(decode(bytes), { a: 300, b: Uint8Array.of(255, 0) });
});

test("KaTeX renders a formula, and refuses a malformed one with the position of its fault", () => {
  const rendered = katex.renderToString(String.raw`\theta_{t+1} = \theta_t - \eta \nabla f`);
  assert.match(rendered, /<math/);
  assert.throws(() => katex.renderToString("x^2^3"), /Double superscript at position 4/);
});
