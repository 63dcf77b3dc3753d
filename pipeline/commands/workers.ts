/**
 * The workers of a run, apart from the run itself so that they can start while the rest of the program is still being loaded.
 *
 * @module
 */
import type { Settings } from "../arguments.ts";
import { hasTraces } from "../store/trace_folder.ts";
import type { LoadedStudy } from "../study/load.ts";
import { LoadedCode } from "../workers/loaded_code.ts";
import { WorkerPool } from "../workers/pool.ts";

/**
 * Workers for runs.
 *
 * @param settings How many, and on which cache.
 * @param changed Gives the files behind a module that are not what keys are made of; asked when they have loaded it for a job, not before.
 * @returns The workers. Where nothing has been computed yet, so that there is work for certain, they are starting; otherwise they do when there is some.
 */
export function poolFor(
  { workers, cache, plan }: Settings,
  changed: (module: string) => readonly string[],
): WorkerPool {
  const pool = new WorkerPool(workers, cache, new LoadedCode(changed));
  if (!plan && !hasTraces(cache)) pool.start();
  return pool;
}

/**
 * Has workers that are waiting for the first jobs load what draws charts.
 *
 * @param pool The workers; those that have not been started do nothing.
 * @param studies The studies that will be run.
 */
export async function drawAhead(pool: WorkerPool, studies: readonly LoadedStudy[]): Promise<void> {
  if (!pool.isExpectingWork || studies.every(({ study }) => study.charts.length === 0)) return;
  const { drawingStages } = await import("../dataflow/drawing.ts");
  for (const stage of drawingStages) pool.prepare(stage);
}
