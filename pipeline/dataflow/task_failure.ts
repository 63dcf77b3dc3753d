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
 * @param thrown What it threw.
 * @returns The failure of the task, or of the cache folder if that is to blame.
 */
export function taskFailure(stage: AnyStage, thrown: unknown): StageFailure {
  const cause = thrown instanceof Error ? thrown : new Error(String(thrown));
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
  } catch (thrown) {
    throw taskFailure(stage, thrown);
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

/**
 * Computes sets together; if that fails, finds those to blame by halves, so that they fail alone.
 *
 * @param sets The sets.
 * @param compute What computes some of them, and may know of some alone that they failed.
 * @returns What came of each, in their order.
 * @throws Whatever concerns more than one task.
 */
export async function failingAlone<S, T>(
  sets: readonly S[],
  compute: (sets: readonly S[]) => Promise<(T | TaskFailure)[]>,
): Promise<(T | TaskFailure)[]> {
  try {
    return await compute(sets);
  } catch (error) {
    if (!(error instanceof TaskFailure)) throw error;
    if (sets.length === 1) return [error];
  }
  const half = sets.length >> 1;
  return [...await failingAlone(sets.slice(0, half), compute), ...await failingAlone(sets.slice(half), compute)];
}
