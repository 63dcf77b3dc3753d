/**
 * What becomes of whatever a stage throws, wherever it runs.
 *
 * @module
 */
import { StageFailure } from "../errors.ts";
import { CacheFailure } from "../store/cache_failure.ts";
import type { AnyStage } from "./stage.ts";

/** A task failed by itself, and others may do better. */
export class TaskFailure extends StageFailure {}

/**
 * What a stage threw, here or in a worker, as an error of the run.
 *
 * @param stage The stage.
 * @param cause What it threw.
 * @returns The failure of the task, or of the cache folder if that is to blame.
 */
export function taskFailure(stage: AnyStage, cause: Error): StageFailure {
  if (cause.name === "CacheFailure") return new CacheFailure(cause.message, { cause });
  const isShort = cause.name === "RangeError" &&
    /allocation failed|out of memory|invalid .*length/i.test(cause.message);
  const advice = isShort ? ": there is not enough memory; try fewer workers with --workers" : "";
  return new TaskFailure(`Stage ${stage.name} (${stage.task}) failed: ${cause.message}${advice}`, { cause });
}

/**
 * Does what a stage does on the main thread.
 *
 * @param stage The stage.
 * @param work What it does.
 * @returns What `work` returns.
 * @throws {StageFailure} Whatever it throws, as the failure of the stage.
 */
export function guarded<T>(stage: AnyStage, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw taskFailure(stage, cause instanceof Error ? cause : new Error(String(cause)));
  }
}

/**
 * What came of a task that may have failed.
 *
 * @param outcome The result or the failure.
 * @returns The result.
 * @throws {TaskFailure} The failure.
 */
export function unwrapped<T>(outcome: T | TaskFailure): T {
  if (outcome instanceof TaskFailure) throw outcome;
  return outcome;
}
