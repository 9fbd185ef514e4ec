// The changes that are made to packages while they are bundled. Each says why; a text that is not there exactly once ends the build.
import { readFile } from "node:fs/promises";

/** @typedef {{ file: RegExp, from: string, to: string }} Patch */

/** @type {Patch[]} */
export const PATCHES = [
  {
    // A 3-D plot draws everything twice, the second time for picking, and reads that back from the graphics card at every change,
    // wherever the pointer is. The page finds the point under the pointer by itself, so nothing asks for a place in that picture.
    file: /plotly\.js[\\/]stackgl_modules[\\/]index\.js$/,
    from: "var pickCount = obj.pickSlots",
    to: "var pickCount = 0",
  },
  {
    // Text of a 3-D plot is drawn on a canvas and read back, which browsers warn of unless it was announced.
    file: /plotly\.js[\\/]stackgl_modules[\\/]index\.js$/,
    from: 'defaultContext = defaultCanvas.getContext("2d")',
    to: 'defaultContext = defaultCanvas.getContext("2d", { willReadFrequently: true })',
  },
];

/** Returns `text` with the one place of `from` replaced. */
export function replaceOnce(/** @type {string} */ text, /** @type {Patch} */ { file, from, to }) {
  const count = text.split(from).length - 1;
  if (count !== 1) throw new Error(`the text to replace must be once in ${file} but is ${count} times: ${from}`);
  return text.replace(from, () => to);
}

/**
 * What a plugin needs of esbuild, whose own types are not there where only the checks are installed.
 *
 * @typedef {{ contents: string, loader: "js" }} Loaded
 * @typedef {object} Build
 * @property {(options: { filter: RegExp }, load: (file: { path: string }) => Promise<Loaded>) => void} onLoad
 * @property {(end: () => void) => void} onEnd
 */

/** Applies the patches; those whose file is not in the bundle end the build too. */
export function patch() {
  return {
    name: "patch",
    setup(/** @type {Build} */ build) {
      const missing = new Set(PATCHES);
      for (const filter of new Set(PATCHES.map(({ file }) => file.source))) {
        const patches = PATCHES.filter(({ file }) => file.source === filter);
        build.onLoad({ filter: new RegExp(filter) }, async ({ path }) => {
          for (const each of patches) missing.delete(each);
          const contents = patches.reduce(replaceOnce, await readFile(path, "utf8"));
          return { contents, loader: /** @type {const} */ ("js") };
        });
      }
      build.onEnd(() => {
        for (const { file } of missing) throw new Error(`nothing in the bundle to patch: ${file}`);
      });
    },
  };
}
