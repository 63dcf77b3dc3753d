/**
 * Makes one file of a package and all that it depends on: for the task that builds the bundles, and so for the test that the committed ones are what it builds.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };

/** A package as it lies on disk. */
export interface BundledPackage {
  /** Its name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** Its folder, with a slash at the end. */
  readonly folder: URL;
}

/** A built bundle. */
export interface Bundle {
  /** The source. */
  readonly text: string;
  /** All packages that are in it. */
  readonly packages: readonly BundledPackage[];
}

/** Browsers are served what needs no other module: no files, no canvas of another package. */
const OPTIONS = ["bundle", "--frozen", "--quiet", "--platform", "browser"];

const REPOSITORY = new URL("../../", import.meta.url);

/** What `deno bundle` writes above each file if it is to be read: `// ../cache/npm/registry.npmjs.org/@scope/name/1.0.0/build/file.js`. */
const ORIGIN = /^ *\/\/ (.+\.[cm]?js)$/gm;

/** The packages that the lock file knows: names and versions, without the versions of those that they came with. */
const LOCKED = Object.keys(
  (JSON.parse(Deno.readTextFileSync(new URL("deno.lock", REPOSITORY))) as { npm: Record<string, unknown> }).npm,
).map((id) => /^(.[^@]*)@([^_]*)/.exec(id)!.slice(1));

/**
 * Bundles what is taken of packages.
 *
 * @param file The bundle's path.
 * @param taken Names by package.
 * @returns The bundle; the same text on every machine.
 * @throws {Error} If the packages cannot be bundled.
 */
export async function bundle(file: string, taken: Readonly<Record<string, readonly string[]>>): Promise<Bundle> {
  const entry = Object.entries(taken).map(([name, names]) => `export { ${names.join(", ")} } from "${name}";`).join(
    "\n",
  );
  const [text, readable] = await Promise.all([run(entry, ["--minify"]), run(entry, [])]);
  const imports: Readonly<Record<string, string>> = project.imports;
  const named = Object.keys(taken).map((name) => imports[name].replace(/^npm:/, ""));
  const types = file.slice(file.lastIndexOf("/") + 1).replace(/\.js$/, ".d.ts");
  const header = [
    `// ${named.join(" ")} in one file, built by deno task build-packages: do not edit`,
    `// @ts-self-types="./${types}"`,
  ];
  return { text: `${header.join("\n")}\n${text.trimEnd()}\n`, packages: packagesIn(readable) };
}

async function run(entry: string, options: readonly string[]): Promise<string> {
  const args = [...OPTIONS, ...options, `data:text/javascript,${encodeURIComponent(entry)}`];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: REPOSITORY }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`Cannot bundle ${entry}: deno ${OPTIONS.join(" ")} said\n${decoder.decode(stderr)}`);
  return decoder.decode(stdout);
}

/** The packages that a bundle's files come from. */
function packagesIn(text: string): BundledPackage[] {
  const found = new Map<string, BundledPackage>();
  for (const [, path] of text.matchAll(ORIGIN)) {
    const url = new URL(encodeURI(path), REPOSITORY);
    if (!isFile(url)) continue; // a comment of the package itself
    const origin = originOf(path);
    if (origin === undefined) throw new Error(`Cannot tell whose file ${path} is: deno.lock knows no such package`);
    found.set(`${origin.name} ${origin.version}`, origin);
  }
  return [...found.values()];
}

/** The package of a file, which lies in a folder of its name and version; of `@scope/name` and `name`, the former. */
function originOf(path: string): BundledPackage | undefined {
  const folders = LOCKED.map(([name, version]) => ({ name, version, folder: `/${name}/${version}/` }));
  const origin = folders.filter(({ folder }) => path.includes(folder)).sort((a, b) => b.name.length - a.name.length)[0];
  if (origin === undefined) return undefined;
  const folder = path.slice(0, path.indexOf(origin.folder) + origin.folder.length);
  return { ...origin, folder: new URL(encodeURI(folder), REPOSITORY) };
}

function isFile(url: URL): boolean {
  try {
    return Deno.statSync(url).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
