/**
 * The cache folder in words, for every command alike: a folder that cannot be used and a disk that is full are the user's to mend, and no defect of the program.
 *
 * @module
 */
import { StageFailure } from "../errors.ts";
import { TraceStore } from "../store/trace_store.ts";

/**
 * Reads the traces of a cache folder.
 *
 * @param cache The cache folder; need not exist.
 * @param onDamage Told of each journal with a line that cannot be read.
 * @returns The traces.
 * @throws {StageFailure} If the folder cannot be read.
 */
export function openTraces(cache: string, onDamage: (path: string) => void = () => {}): TraceStore {
  try {
    return new TraceStore(cache, onDamage);
  } catch (error) {
    throw cacheFailure(error, cache);
  }
}

/**
 * Puts an error of the operating system that came up on the way to or from the cache into words.
 *
 * @param error What was thrown.
 * @param cache The cache folder.
 * @returns A {@linkcode StageFailure} that names the folder, or the same error if it is not one of the operating system.
 */
export function cacheFailure(error: unknown, cache: string): unknown {
  const ofSystem = error instanceof Error && ("code" in error || error instanceof Deno.errors.NotCapable);
  if (!ofSystem) return error;
  return new StageFailure(
    `Cannot use the cache ${cache}: ${error.message}; mend the folder or choose another one with --cache`,
    { cause: error },
  );
}
