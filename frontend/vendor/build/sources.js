// Reads the installed npm packages.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const MODULES = fileURLToPath(new URL("./node_modules/", import.meta.url));
const LICENSE_FILE = /^(licen[cs]e|copying)(\.(md|txt))?$/i;

/** Returns one file of an installed package. */
export function read(/** @type {string} */ name, /** @type {string} */ path) {
  return readFileSync(`${MODULES}${name}/${path}`);
}

/** Returns a text file of an installed package without its reference to a source map, which is not vendored. */
export function readText(/** @type {string} */ name, /** @type {string} */ path) {
  return read(name, path)
    .toString()
    .replace(/\n?(\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+?\s*\*\/)\s*$/, "\n");
}

/** Returns the `package.json` of an installed package. */
export function describe(/** @type {string} */ name) {
  return JSON.parse(read(name, "package.json").toString());
}

/** Returns the licence text of an installed package, or what its `package.json` says where it has none. */
export function licenseText(/** @type {string} */ name) {
  const file = readdirSync(MODULES + name).find((entry) => LICENSE_FILE.test(entry));
  if (file) return read(name, file).toString().trim();
  const { license, author } = describe(name);
  return `${license}, ${typeof author === "string" ? author : author?.name ?? "author not stated"}`;
}

/** Returns the sorted names of the packages that esbuild took `inputs` from. */
export function packagesOf(/** @type {string[]} */ inputs) {
  const names = inputs.map((path) => {
    const [scopeOrName, name] = path.split("node_modules/").slice(1).pop()?.split("/") ?? [];
    return scopeOrName?.startsWith("@") ? `${scopeOrName}/${name}` : scopeOrName;
  });
  return [...new Set(names)].filter((name) => name && existsSync(`${MODULES}${name}/package.json`)).sort();
}
