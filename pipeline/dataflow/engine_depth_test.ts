import { assertEquals } from "@std/assert";
import { WorkerPool } from "../workers/pool.ts";
import type { FoldJob, Job, JobResult } from "../workers/protocol.ts";
import { addStage, deeperFoldStage, deepFoldStage } from "./testing/fake_stages.ts";
import { fakeParameters as p, sources } from "./testing/fake_tasks.ts";
import { inLaboratory, type Run } from "./testing/laboratory.ts";

/** Inputs of which a fold makes one share: as many as the stage allows, but for few inputs so many that there are sixteen shares. */
function groupSize(depth: number, count: number): number {
  return Math.max(1, Math.min(depth, Math.floor(count / 16)));
}

/** What the fold of the numbers 0, 1, … gives for a parameter if so many in a row are combined at a time, worked out without any engine. */
function folded(value: number, count: number, size: number): number {
  const shares = Array.from({ length: count }, (_, index) => Math.sin(value * index + index));
  const combined = (numbers: readonly number[]) => numbers.reduce((total, share) => total * 1.1 + share);
  return combined(
    Array.from({ length: Math.ceil(count / size) }, (_, i) => combined(shares.slice(i * size, (i + 1) * size))),
  );
}

/** Workers that keep the shares that they were asked for. */
class WatchedPool extends WorkerPool {
  readonly folds: FoldJob[] = [];

  override run(job: Job, isWanted?: () => boolean): Promise<JobResult> {
    if (job.kind === "fold") this.folds.push(job);
    return super.run(job, isWanted);
  }
}

Deno.test("a fold of many inputs takes several a job, as many as its stage and their number say, whatever the workers", () =>
  inLaboratory(async (laboratory) => {
    const values = [0.1, 0.7, 1.3, 2.1], stages = [deepFoldStage, deeperFoldStage];
    for (const workers of [1, 2, 4]) {
      const pool = new WatchedPool(workers, laboratory.cache);
      pool.judgeBy(() => []);
      try {
        await laboratory.run(async (run) => {
          const inputs = await sources(run, 150);
          for (const stage of stages) {
            for (const count of [1, 31, 40, 48, 150]) {
              pool.folds.length = 0;
              // What the stage does not read goes into the key, so that each time all is computed anew; shares that wait come in another order.
              const sets = values.map((value) => ({ value, workers, ...count === 40 && workers > 1 && { delay: 1 } }));
              const artifacts = await run.engine.fold(stage, sets, inputs.slice(0, count));
              const numbers = await Promise.all(artifacts.map(run.number)), size = groupSize(stage.depth!, count);
              const message = `${stage.task} of ${count}, ${workers} workers`;
              assertEquals(numbers, values.map((value) => folded(value, count, size)), message);
              const jobs = pool.folds.filter(({ parameters }) => parameters.length === 3); // of two batches
              const asked = jobs.sort((a, b) => a.index - b.index).map(({ index, inputs }) => [index, inputs.length]);
              const starts = Array.from({ length: Math.ceil(count / size) }, (_, i) => i * size);
              assertEquals(asked, starts.map((start) => [start, Math.min(size, count - start)]), message);
            }
          }
        }, pool);
      } finally {
        await pool.close();
      }
    }
  }));

Deno.test("inputs of a job that are gone or damaged are all made again, each once", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory, count = 40, size = groupSize(3, count);
    const inputsOf = ({ engine }: Run) =>
      Promise.all(Array.from({ length: count }, (_, value) => engine.map(addStage, p({ value, log }), [])));
    const made = await laboratory.run(inputsOf);
    laboratory.logged();
    const removed = [2, 3, 8, 39], damaged = [4, 5, 9]; // both of a job, one of each kind, one alone
    removed.forEach((i) => laboratory.remove(made[i].hash));
    damaged.forEach((i) => laboratory.damage(made[i].hash));
    await laboratory.run(async (run) => {
      const [artifact] = await run.engine.fold(deepFoldStage, [p({ value: 2 })], await inputsOf(run));
      assertEquals(await run.number(artifact), folded(2, count, size));
      assertEquals(laboratory.logged(), [...removed, ...damaged].map((i) => `add ${i}`).sort());
      const told = run.events.flatMap((event) => event.kind === "damaged" ? [event.path] : []);
      assertEquals(told.sort(), damaged.map((i) => laboratory.pathOf(made[i].hash)).sort());
    });
    assertEquals(size, 2);
  }));
