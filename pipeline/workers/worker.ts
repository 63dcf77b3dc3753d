/**
 * A worker's entry: imports nothing but what every job needs, so that it starts in a blink; stages are imported when the first job names them.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import { crc32 } from "node:zlib";
import { ObjectStore } from "../store/object_store.ts";
import { JobRunner } from "./job.ts";
import { type Errand, type FoldJob, type Job, type JobResult, Stopped, type WorkerSettings } from "./protocol.ts";

let runner: JobRunner | undefined, yields = false;

/**
 * Jobs that came together are those that are expected to be short. After so many milliseconds the rest of them goes back, to be anybody's, and nobody waits any
 * longer for the results that are there.
 */
const TOGETHER = 500;

/** The parameter sets of the last fold. */
let sets: FoldJob["parameters"] = [];

/** The job with all that it takes. */
function jobOf(errand: Errand): Job {
  if (errand.kind !== "fold") return errand;
  sets = errand.parameters === "as before" ? sets : errand.parameters;
  return { ...errand, parameters: sets };
}

// Nobody is told of a worker that ends itself, and its job would never come back: a stage that tries it fails instead.
const keepOpen = (): never => {
  throw new Error("it tried to end its worker");
};
self.close = keepOpen;
Deno.exit = keepOpen;

/** The jobs so far: the next one waits for them, since stages may await, and only one is to be under way. */
let before: Promise<void> = Promise.resolve();

self.onmessage = (event: MessageEvent<WorkerSettings | readonly Errand[]>) => {
  const message = event.data;
  if ("cache" in message) {
    const { signals } = message;
    const pulse = () => {
      if (Atomics.load(signals, 0) !== 0 || (yields && Atomics.load(signals, 1) !== 0)) throw new Stopped();
    };
    runner = new JobRunner(new ObjectStore(message.cache, crc32), pulse, true);
    return;
  }
  before = before.then(async () => {
    const start = performance.now(), results: JobResult[] = [];
    const jobs = message.map(jobOf); // all of them: the next message may say "as before" of what goes back
    for (let i = 0; i === 0 || i < jobs.length && performance.now() - start < TOGETHER; i++) {
      yields = message[i].yields;
      results.push(await runner!.run(jobs[i]));
    }
    self.postMessage(results, results.flatMap((result) => result.kind === "partial" ? [result.partial.buffer] : []));
  });
};
