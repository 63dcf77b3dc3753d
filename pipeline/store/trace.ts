/**
 * One thing that was computed: the unit of what a cache folder remembers.
 *
 * @module
 */

/** One thing that was computed. */
export interface Trace {
  /** The task's key, SHA-256 in hexadecimal: a hash of everything that its artifact depends on. */
  readonly key: string;
  /** The hash of its artifact, SHA-256 in hexadecimal. */
  readonly hash: string;
  /** The stage and the task, for people. */
  readonly task: string;
  /** What the artifact took to compute. */
  readonly seconds: number;
}
