/**
 * What a run says when something in the cache is not what the program computes: nobody can tell which of the two is right, so nothing is written, and all that it
 * takes to find out is said.
 *
 * @module
 */
import { shortened, StageFailure } from "../errors.ts";
import { canonicalJson } from "../store/canonical_json.ts";
import type { Json } from "./stage.ts";

/** An artifact that was computed once more and came out otherwise. */
export interface Difference {
  /** Stage and task. */
  readonly task: string;
  /** What the stage read. */
  readonly parameters: Json;
  /** The key. */
  readonly key: string;
  /** The hash of what was kept. */
  readonly kept: string;
  /** Where it has been set aside, if it was there. */
  readonly aside: string | undefined;
  /** The hash of what it is now, or undefined if the stage fails. */
  readonly made: string | undefined;
  /** What the stage said, or what became of it when it was computed a third time. */
  readonly remark: string;
}

/** Differences that are listed. */
const MOST = 5;

/** Artifacts in the cache are not what the program computes. */
export class CacheDiffers extends StageFailure {
  /** All of them. */
  readonly differences: readonly Difference[];

  /**
   * Says what differs.
   *
   * @param differences At least one.
   */
  constructor(differences: readonly Difference[]) {
    const rest = differences.length - MOST;
    super([
      `Cannot trust the cache: ${differences.length === 1 ? "an artifact" : `${differences.length} artifacts`} ` +
      "of a sample that was computed once more came out otherwise, so nothing is written",
      ...differences.slice(0, MOST).map(line),
      ...rest > 0 ? [`  … and ${rest} more`] : [],
      "  What was kept is set aside and not used again: run once more, and it is computed anew. If that happens again, doubt the machine's memory, or the stage; --recheck 0 turns the sample off",
    ].join("\n"));
    this.name = "CacheDiffers";
    this.differences = differences;
  }
}

function line({ task, parameters, kept, aside, made, remark }: Difference): string {
  const now = made === undefined ? remark : ["now it is", made, remark].filter((part) => part !== "").join(" ");
  const place = aside === undefined ? "" : ` (set aside as ${aside})`;
  return `  - ${task} of ${shortened(canonicalJson(parameters))}: kept was ${kept}${place}, ${now}`;
}
