/**
 * `deno task build-packages`: makes one file of each package that takes long to load as many, into the project or into the folder that the first argument names.
 *
 * @module
 */
import { bundle, type BundledPackage } from "./bundle.ts";
import { BUNDLES, LICENSES } from "./bundles.ts";
import { licenses } from "./licenses.ts";

const [root = "."] = Deno.args, carried = new Map<string, BundledPackage[]>();
for (const [file, taken] of Object.entries(BUNDLES)) {
  const folder = `${root}/${file.slice(0, file.lastIndexOf("/"))}`, { text, packages } = await bundle(file, taken);
  Deno.mkdirSync(folder, { recursive: true });
  write(`${root}/${file}`, text);
  carried.set(folder, [...carried.get(folder) ?? [], ...packages]);
}
for (const [folder, packages] of carried) write(`${folder}/${LICENSES}`, licenses(packages));

function write(path: string, text: string): void {
  Deno.writeTextFileSync(path, text);
  console.log(`${path}: ${new TextEncoder().encode(text).length} bytes`);
}
