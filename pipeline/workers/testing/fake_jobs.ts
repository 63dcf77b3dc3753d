/**
 * Pools of workers on fake stages, as tests of the pool need them again and again.
 *
 * @module
 */
import type { FakeParameters } from "../../dataflow/testing/fake_stages.ts";
import type { Json } from "../../dataflow/stage.ts";
import { inTemporaryFolder } from "../../testing/temporary_folder.ts";
import { WorkerPool } from "../pool.ts";
import type { JobResult, MapJob } from "../protocol.ts";

/** The module of the fake stages. */
export const MODULE: string = new URL("../../dataflow/testing/fake_stages.ts", import.meta.url).href;

/** Gives a job of a fake stage. */
export function job(parameters: FakeParameters): MapJob {
  return { kind: "map", module: MODULE, export: "addStage", parameters: parameters as unknown as Json, inputs: [] };
}

/** Gives a test a pool on a cache of its own, closed when the test is done. */
export function withPool(size: number, use: (pool: WorkerPool, cache: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const pool = new WorkerPool(size, folder);
    try {
      await use(pool, folder);
    } finally {
      await pool.close();
    }
  });
}

/** Gives a test the workers that are started while it runs, and what they are told. */
export async function watchingWorkers(use: (started: Worker[], told: unknown[]) => Promise<void>): Promise<void> {
  const original = globalThis.Worker, started: Worker[] = [], told: unknown[] = [];
  globalThis.Worker = class extends original {
    constructor(...parameters: ConstructorParameters<typeof original>) {
      super(...parameters);
      started.push(this);
    }
    override postMessage(message: unknown): void {
      told.push(message);
      super.postMessage(message);
    }
  };
  try {
    await use(started, told);
  } finally {
    globalThis.Worker = original;
  }
}

/** What kinds of results came of jobs. */
export function kinds(results: readonly JobResult[]): string[] {
  return results.map(({ kind }) => kind);
}

/** Waits some milliseconds. */
export const wait = (milliseconds: number): Promise<void> => new Promise((resume) => setTimeout(resume, milliseconds));
