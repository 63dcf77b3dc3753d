/**
 * What the engine tells about a run while it goes on: enough for a progress line, a summary, a plan and `run.json`.
 *
 * @module
 */

/** Why a task runs. */
export type Reason = "never computed" | "an input is computed anew";

/** Something that happened. */
export type EngineEvent =
  /** So many more tasks of a stage are known to come. */
  | { readonly kind: "expected"; readonly stage: string; readonly count: number }
  /** A task's artifact was there already. */
  | { readonly kind: "cached"; readonly stage: string; readonly task: string; readonly hash: string }
  /** A task was computed. */
  | {
    readonly kind: "computed";
    readonly stage: string;
    readonly task: string;
    readonly hash: string;
    readonly seconds: number;
  }
  /** A task would be computed, in a plan. */
  | { readonly kind: "planned"; readonly stage: string; readonly task: string; readonly reason: Reason }
  /** How many more tasks of a stage are to come will be known when those before are done, in a plan. */
  | { readonly kind: "open"; readonly stage: string }
  /** A damaged artifact was set aside. */
  | { readonly kind: "damaged"; readonly path: string };
