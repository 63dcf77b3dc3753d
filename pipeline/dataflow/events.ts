/**
 * What the engine tells about a run while it goes on: enough for a progress line, a summary and `run.json`.
 *
 * @module
 */

/** Something that happened. */
export type EngineEvent =
  /** So many more tasks of a stage are known to come. */
  | { readonly kind: "expected"; readonly stage: string; readonly count: number }
  /** A task's artifact was there already. */
  | {
    readonly kind: "cached";
    readonly stage: string;
    readonly task: string;
    readonly hash: string;
    /** Seconds of work that it took once. */
    readonly labour: number;
  }
  /** A task was computed. */
  | {
    readonly kind: "computed";
    readonly stage: string;
    readonly task: string;
    readonly hash: string;
    /** Seconds from when it was asked for, in which others may have been computed too. */
    readonly seconds: number;
    /** Seconds of work that it took by itself. */
    readonly labour: number;
  }
  /** A damaged artifact was set aside. */
  | { readonly kind: "damaged"; readonly path: string };
