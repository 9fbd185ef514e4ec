// Turns npm packages into single minified files.
import { environmentPlugin } from "esbuild-plugin-environment";
import { glsl } from "esbuild-plugin-glsl";
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

import { patch } from "./patches.js";
import { describe } from "./sources.js";

const HERE = fileURLToPath(new URL("./", import.meta.url));

/** @typedef {{ code: string, inputs: string[] }} Bundle */

/** @returns {Promise<Bundle>} */
async function bundle(/** @type {import("esbuild").BuildOptions} */ options) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: HERE,
    bundle: true,
    legalComments: "eof",
    metafile: true,
    minify: true,
    outfile: "bundle.js",
    tsconfigRaw: {}, // else the settings of the nearest tsconfig.json would change the output
    write: false,
    ...options,
  });
  return { code: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

/** Bundles one entry of a package as an ES module; `external` names stay imports. */
export function bundleModule(/** @type {string} */ name, /** @type {string} */ entry, external = [""]) {
  const { version, license } = describe(name);
  const banner = `/*! ${name} ${version}, ${license}, see LICENSE in this folder */`;
  return bundle({
    banner: { js: banner },
    entryPoints: [`./node_modules/${name}/${entry}`],
    external: external.filter(Boolean),
    format: "esm",
    target: "es2022",
  });
}

/** Bundles the chosen traces of plotly.js as a classic script that defines `Plotly`, with the options of plotly's own build
 * and the patches. */
export function bundlePlotly() {
  const { version } = describe("plotly.js");
  const banner = `/**
* plotly.js (custom - minified) v${version}
* Copyright 2012-2026, Plotly, Inc.
* All rights reserved.
* Licensed under the MIT license
*/`;
  return bundle({
    alias: { regl: "@plotly/regl", stream: "stream-browserify" },
    banner: { js: banner },
    define: { global: "window", "define.amd": "false" },
    entryPoints: ["./plotly_entry.cjs"],
    format: "iife",
    globalName: "Plotly",
    plugins: [patch(), glsl({ minify: true }), environmentPlugin({ NODE_DEBUG: "" })],
    target: "es2016",
  });
}
