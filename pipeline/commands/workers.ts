/**
 * The workers of a run, apart from the run itself so that they can start while the rest of the program is still being loaded.
 *
 * @module
 */
import type { Settings } from "../arguments.ts";
import type { SourceHashes } from "../store/source_hash.ts";
import { hasTraces } from "../store/trace_folder.ts";
import { LoadedCode } from "../workers/loaded_code.ts";
import { WorkerPool } from "../workers/pool.ts";

/**
 * Workers for runs.
 *
 * @param settings How many, and on which cache.
 * @param sources Hashes of the stages' code, which is what they must load.
 * @returns The workers. Where nothing has been computed yet, so that there is work for certain, they are starting; otherwise they do when there is some.
 */
export function poolFor({ workers, cache }: Settings, sources: SourceHashes): WorkerPool {
  const pool = new WorkerPool(workers, cache, new LoadedCode((module) => sources.changed(module)));
  if (!hasTraces(cache)) pool.start();
  return pool;
}
