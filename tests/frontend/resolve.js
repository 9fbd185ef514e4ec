// Lets node read the page's modules as the browser does: bare names go where the import map of index.html sends them.
// Use: node --import ./tests/frontend/resolve.js --test ...
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

const PAGE = new URL("../../frontend/index.html", import.meta.url);
const IMPORT_MAP = /<script type="importmap">(.*?)<\/script>/s;

const [, json] = readFileSync(PAGE, "utf8").match(IMPORT_MAP) ?? [];
if (json === undefined) throw new Error("missing import map in frontend/index.html");
/** @type {Record<string, string>} */
const imports = JSON.parse(json).imports;

registerHooks({
  resolve: (specifier, context, nextResolve) => {
    const target = Object.hasOwn(imports, specifier) ? new URL(imports[specifier], PAGE).href : specifier;
    return nextResolve(target, context);
  },
});
