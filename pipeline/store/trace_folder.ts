/**
 * Where traces are kept, known without the code that reads them.
 *
 * @module
 */

/**
 * The folder of the traces.
 *
 * @param cache The cache folder.
 * @returns Its path.
 */
export function traceFolder(cache: string): string {
  return `${cache}/traces`;
}

/**
 * Whether anything has been noted in a cache folder.
 *
 * @param cache The cache folder.
 * @returns False if it certainly holds no trace; a folder that cannot be read may hold some.
 */
export function hasTraces(cache: string): boolean {
  try {
    for (const _ of Deno.readDirSync(traceFolder(cache))) return true;
    return false;
  } catch (error) {
    return !(error instanceof Deno.errors.NotFound);
  }
}
