// What is vendored: one row a package, with a function that gives its files.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { bundleModule, bundlePlotly } from "./bundle.js";
import { describe, licenseText, packagesOf, read, readText } from "./sources.js";

/** @typedef {Record<string, string | Buffer>} Files file contents by their path in the package's folder */
/** @typedef {{ name: string, folder: string, files: () => Promise<Files> }} Package */

async function plotly() {
  const { code, inputs } = await bundlePlotly();
  const others = packagesOf(inputs).filter((name) => name !== "plotly.js");
  const licenses = others.map((name) => `${name} ${describe(name).version}\n\n${licenseText(name)}\n`);
  return { "plotly.js": code, "BUNDLED-LICENSES.txt": licenses.join(`\n${"-".repeat(80)}\n\n`) };
}

async function preact() {
  return {
    "preact.js": (await bundleModule("preact", "dist/preact.mjs")).code,
    "hooks.js": (await bundleModule("preact", "hooks/dist/hooks.mjs", ["preact"])).code,
  };
}

async function htm() {
  return { "preact.js": (await bundleModule("htm", "preact/index.module.js", ["preact"])).code };
}

async function msgpack() {
  return { "msgpack.js": (await bundleModule("@msgpack/msgpack", "dist.esm/index.mjs")).code };
}

async function katex() {
  const fontFolder = fileURLToPath(new URL("./node_modules/katex/dist/fonts/", import.meta.url));
  const fonts = readdirSync(fontFolder).filter((name) => name.endsWith(".woff2")).sort();
  const otherFormats = /,url\(fonts\/[^)]+\.(woff|ttf)\) format\("[^"]+"\)/g;
  return {
    "katex.js": (await bundleModule("katex", "dist/katex.mjs")).code,
    "katex.css": readText("katex", "dist/katex.min.css").replace(otherFormats, ""),
    ...Object.fromEntries(fonts.map((name) => [`fonts/${name}`, read("katex", `dist/fonts/${name}`)])),
  };
}

function fontFace(/** @type {string} */ css, /** @type {string} */ name) {
  const found = css.match(new RegExp(`/\\* ${name} \\*/\\n@font-face \\{[^}]*\\}`));
  if (!found) throw new Error(`missing @font-face: ${name}`);
  return found[0];
}

async function inter() {
  const css = read("@fontsource-variable/inter", "wght.css").toString();
  const names = ["latin", "latin-ext", "greek"].map((subset) => `inter-${subset}-wght-normal`);
  const faces = names.map((name) => fontFace(css, name));
  const fonts = names.map((name) => `files/${name}.woff2`);
  return {
    "inter.css": `${faces.join("\n\n")}\n`,
    ...Object.fromEntries(fonts.map((path) => [path, read("@fontsource-variable/inter", path)])),
  };
}

async function swagger() {
  const copies = ["NOTICE", "favicon-32x32.png", "swagger-ui-bundle.js.LICENSE.txt"];
  const texts = ["swagger-ui-bundle.js", "swagger-ui.css"];
  return {
    ...Object.fromEntries(copies.map((path) => [path, read("swagger-ui-dist", path)])),
    ...Object.fromEntries(texts.map((path) => [path, readText("swagger-ui-dist", path)])),
  };
}

/** @type {Package[]} */
export const PACKAGES = [
  { name: "@fontsource-variable/inter", folder: "inter", files: inter },
  { name: "@msgpack/msgpack", folder: "msgpack", files: msgpack },
  { name: "htm", folder: "htm", files: htm },
  { name: "katex", folder: "katex", files: katex },
  { name: "plotly.js", folder: "plotly", files: plotly },
  { name: "preact", folder: "preact", files: preact },
  { name: "swagger-ui-dist", folder: "swagger-ui", files: swagger },
];
