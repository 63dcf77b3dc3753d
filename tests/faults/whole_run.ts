/**
 * A run in miniature, from an empty cache to files for the user, with every kind of file that the program writes: cheap enough to be killed at each write.
 *
 * @module
 */
import { type AnyMap, type Artifact, Engine } from "../../pipeline/dataflow/engine.ts";
import type { Json } from "../../pipeline/dataflow/stage.ts";
import { addStage, type FakeParameters, foldStage, mainAddStage } from "../../pipeline/dataflow/testing/fake_stages.ts";
import { publish, writeOutput } from "../../pipeline/report/publish.ts";
import { writeChecked } from "../../pipeline/store/checked_file.ts";
import { sweepCache } from "../../pipeline/store/leftovers.ts";
import { ObjectStore } from "../../pipeline/store/object_store.ts";
import { SourceHashes } from "../../pipeline/store/source_hash.ts";
import { TraceStore } from "../../pipeline/store/trace_store.ts";
import { JobRunner } from "../../pipeline/workers/job.ts";
import { WorkerPool } from "../../pipeline/workers/pool.ts";
import type { FoldJob, JobResult, MapJob } from "../../pipeline/workers/protocol.ts";

/** Does jobs on the main thread, where write points can be watched. */
export class InlinePool extends WorkerPool {
  readonly #runner: JobRunner;

  /**
   * A pool without workers.
   *
   * @param cache The cache folder.
   */
  constructor(cache: string) {
    super(1, cache);
    this.#runner = new JobRunner(new ObjectStore(cache), () => {});
  }

  override run(job: MapJob | FoldJob): Promise<JobResult> {
    return this.#runner.run(job);
  }
}

const SOURCES = new SourceHashes({});

/**
 * Runs.
 *
 * @param folder The folder for cache and results.
 * @param pool Who computes.
 * @param delay Milliseconds that each map takes.
 * @returns How much was computed, and what was found damaged.
 */
export async function wholeRun(
  folder: string,
  pool: WorkerPool,
  delay?: number,
): Promise<{ computed: number; damaged: string[] }> {
  const cache = `${folder}/cache`, out = `${folder}/out`, damaged: string[] = [];
  const traces = new TraceStore(cache, (path) => damaged.push(path));
  let computed = 0;
  const engine = new Engine({
    objects: new ObjectStore(cache),
    traces,
    sources: SOURCES,
    pool,
    tell(event) {
      if (event.kind === "computed") computed++;
      if (event.kind === "damaged") damaged.push(event.path);
    },
  });
  const map = (stage: AnyMap, parameters: FakeParameters, inputs: readonly Artifact[]) =>
    engine.map(stage, { ...parameters, ...delay !== undefined && { delay } } as unknown as Json, inputs);
  try {
    const inputs = await Promise.all([1, 2].map((value) => map(addStage, { value }, [])));
    const folds = await engine.fold(foldStage, [3, 4].map((value) => ({ value })), inputs);
    const last = await map(mainAddStage, { value: 5 }, folds);
    await engine.filed();
    for (const [i, artifact] of [...folds, last].entries()) {
      await publish(out, `${i}.bin`, artifact.hash, () => engine.bytes(artifact));
    }
    writeOutput(out, "run.json", new TextEncoder().encode("{}"));
  } finally {
    await engine.settled();
    await pool.close();
    if (traces.close()) sweepCache(cache);
  }
  await writeChecked(`${cache}/finished/run.json`, { computed: 0 });
  return { computed, damaged };
}
