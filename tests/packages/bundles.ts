/**
 * Which packages are carried as one file each, and what is taken of them; apart from what builds them, which asks for more permissions than tests need.
 *
 * @module
 */

/** What is taken of packages, by the file that carries it; packages with dependencies in common share one. */
export const BUNDLES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "pipeline/packages/rxjs.bundle.js": {
    rxjs: [
      ...["EMPTY", "Observable", "ReplaySubject", "Subject", "Subscription", "catchError", "concatMap", "connect"],
      ...["debounceTime", "defer", "filter", "from", "groupBy", "interval", "lastValueFrom", "map", "merge"],
      ...["mergeAll", "mergeMap", "of", "switchMap", "takeUntil", "tap", "toArray"],
    ],
  },
  "stages/packages/arquero.bundle.js": { arquero: ["table"] },
  "stages/packages/hyparquet_writer.bundle.js": { "hyparquet-writer": ["parquetWriteBuffer"] },
  "stages/packages/vega.bundle.js": {
    vega: ["View", "Warn", "parse", "resetSVGDefIds", "textMetrics"],
    "vega-lite": ["compile"],
  },
};

/** The file beside bundles with the licences of what is in them. */
export const LICENSES = "LICENSES.txt";

/**
 * The files that the build makes.
 *
 * @returns Their paths from the project's root.
 */
export function builtFiles(): string[] {
  const folders = new Set(Object.keys(BUNDLES).map((file) => file.slice(0, file.lastIndexOf("/"))));
  return [...Object.keys(BUNDLES), ...[...folders].map((folder) => `${folder}/${LICENSES}`)];
}
