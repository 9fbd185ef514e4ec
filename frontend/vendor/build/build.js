// Rebuilds the vendored packages and their manifest; with --check only compares them with what is there.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { PACKAGES } from "./packages.js";
import { describe, licenseText } from "./sources.js";

const VENDOR = fileURLToPath(new URL("../", import.meta.url));

/** Returns the contents of every vendored file of one package by its path in the vendor folder. */
async function filesOf(/** @type {import("./packages.js").Package} */ { name, folder, files }) {
  const contents = { LICENSE: `${licenseText(name)}\n`, ...(await files()) };
  const paths = Object.entries(contents).map(([path, content]) => [`${folder}/${path}`, Buffer.from(content)]);
  return /** @type {[string, Buffer][]} */ (paths.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Returns the manifest's row of one package. */
function row(/** @type {string} */ name, /** @type {[string, Buffer][]} */ files) {
  const { version, license } = describe(name);
  const listed = files.map(([path, content]) => ({
    path,
    bytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  }));
  return { name, version, license, files: listed };
}

/** Returns the contents of the whole folder by path, the manifest included. */
async function build() {
  const contents = [];
  const packages = [];
  for (const entry of PACKAGES) {
    const files = await filesOf(entry);
    contents.push(...files);
    packages.push(row(entry.name, files));
  }
  const manifest = Buffer.from(`${JSON.stringify({ packages }, null, 2)}\n`);
  return [...contents, /** @type {[string, Buffer]} */ (["manifest.json", manifest])];
}

function write(/** @type {[string, Buffer][]} */ contents) {
  for (const { folder } of PACKAGES) rmSync(VENDOR + folder, { recursive: true, force: true });
  for (const [path, content] of contents) {
    mkdirSync(dirname(VENDOR + path), { recursive: true });
    writeFileSync(VENDOR + path, content);
  }
  console.log(`wrote ${contents.length} files`);
}

function check(/** @type {[string, Buffer][]} */ contents) {
  const stale = contents.filter(([path, content]) => !existsSync(VENDOR + path) || !content.equals(readFileSync(VENDOR + path)));
  for (const [path] of stale) console.error(`differs from its npm package: ${path}; run build.js without --check`);
  if (stale.length === 0) console.log(`${contents.length} files are as built`);
  process.exitCode = stale.length === 0 ? 0 : 1;
}

const contents = await build();
if (process.argv.includes("--check")) check(contents);
else write(contents);
