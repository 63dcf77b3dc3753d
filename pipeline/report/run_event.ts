/**
 * What programs are told by `--json`, one object a line. What is here is promised in `docs/json-events.md`; a test holds the two together.
 *
 * @module
 */
import type { PointFailure } from "../dataflow/failures.ts";
import type { StudyPlan } from "./study_plan.ts";

/** Counts of a stage: tasks that were computed, and tasks whose artifact was there. */
export interface StageCounts {
  /** Tasks computed in this run. */
  readonly computed: number;
  /** Tasks whose artifact was there. */
  readonly cached: number;
}

/** Something that a run tells. */
export type RunEvent =
  /** A study begins. */
  | { readonly event: "started"; readonly study: string }
  /** How far it is, about once a second. */
  | {
    readonly event: "progress";
    readonly study: string;
    /** Counts stage by stage, and the tasks that are known to come in all, those that are done included. */
    readonly stages: Readonly<Record<string, StageCounts & { readonly expected: number }>>;
    /** Left out while nothing is known. */
    readonly secondsLeft: number | undefined;
  }
  /** Something is odd about a study, which is run all the same. */
  | { readonly event: "warning"; readonly study: string; readonly message: string }
  /** A file is as it should be; it was written, or was so already. */
  | { readonly event: "output"; readonly study: string; readonly file: string; readonly written: boolean }
  /** A sample of what was in the cache was computed once more. */
  | {
    readonly event: "rechecked";
    readonly study: string;
    readonly seed: string;
    /** Artifacts that were there. */
    readonly cached: number;
    /** How many of them were computed once more. */
    readonly checked: number;
  }
  /** A study has succeeded. */
  | {
    readonly event: "finished";
    readonly study: string;
    readonly folder: string;
    readonly seconds: number;
    readonly files: readonly string[];
    readonly stages: Readonly<Record<string, StageCounts>>;
  }
  /** A study has failed, with the points at which it did if the others are fine. */
  | {
    readonly event: "failed";
    readonly study: string;
    readonly message: string;
    readonly points?: readonly PointFailure[];
  }
  /** The run was stopped. */
  | { readonly event: "stopped" }
  /** What a run would do. */
  | { readonly event: "plan" } & StudyPlan
  /** Of `--watch`: it waits for one of these to be saved. */
  | { readonly event: "watching"; readonly files: readonly string[] }
  /** Of `--watch`: these were saved. */
  | { readonly event: "saved"; readonly files: readonly string[] }
  /** Of `--watch`: these are gone. */
  | { readonly event: "gone"; readonly files: readonly string[] }
  /** Of `--watch`: the run of these was ended, since something was saved. */
  | { readonly event: "cancelled"; readonly files: readonly string[] }
  /** Of `--watch`: the program's own files changed, and nothing is run any more. */
  | { readonly event: "outdated"; readonly files: readonly string[] }
  /** Of `--watch`: what was saved is no study. */
  | { readonly event: "invalid"; readonly problems: readonly string[] };
