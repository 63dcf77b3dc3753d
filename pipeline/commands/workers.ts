/**
 * The workers of a run, apart from the run itself so that they can start while the rest of the program is still being loaded.
 *
 * @module
 */
import type { Settings } from "../arguments.ts";
import { drawingStages } from "../dataflow/drawing.ts";
import type { LoadedStudy } from "../study/load.ts";
import { readStudyFile, StudyFileError, studyText } from "../study/study_file.ts";
import { LoadedCode } from "../workers/loaded_code.ts";
import { WorkerPool } from "../workers/pool.ts";

/** What begins a list of charts in a study, as it is usually written. A study that has it elsewhere, or in one that it extends, is drawn as well: a little later. */
const CHARTS = /^charts:[ \t]*(?:#.*)?\r?$/m;

/**
 * Workers for runs.
 *
 * @param settings How many, and on which cache.
 * @returns The workers, who start with the first job, and have yet to be told by what the code that they load is judged.
 */
export function poolFor({ workers, cache }: Settings): WorkerPool {
  return new WorkerPool(workers, cache, new LoadedCode());
}

/**
 * Workers for a run of which nothing has been computed yet, so that there is work for certain.
 *
 * @param settings How many, and on which cache.
 * @param files The study files that they are for.
 * @returns The workers of {@linkcode poolFor}. They are starting, if all studies can be read, and load what draws, if there seem to be charts.
 */
export function startedFor(settings: Settings, files: readonly string[]): WorkerPool {
  const pool = poolFor(settings);
  let draws = false;
  for (const file of files) {
    const text = textOf(file);
    if (text === undefined) return pool; // whoever reads the studies says what is wrong
    draws ||= CHARTS.test(text);
  }
  pool.start();
  if (draws) prepareDrawing(pool);
  return pool;
}

/**
 * Has workers that are waiting for the first jobs load what draws charts.
 *
 * @param pool The workers; those that have not been started do nothing.
 * @param studies The studies that will be run.
 */
export function drawAhead(pool: WorkerPool, studies: readonly LoadedStudy[]): void {
  if (pool.isExpectingWork && studies.some(({ study }) => study.charts.length > 0)) prepareDrawing(pool);
}

function prepareDrawing(pool: WorkerPool): void {
  for (const stage of drawingStages) pool.prepare(stage);
}

/** A study as it is written; undefined if it cannot be read. */
function textOf(file: string): string | undefined {
  try {
    return studyText(readStudyFile(file));
  } catch (error) {
    if (error instanceof StudyFileError) return undefined;
    throw error;
  }
}
