/**
 * What the paper claims, as predicates: each checkable sentence is measured on the tables of a study and judged by a bound, so that a verdict is computed and never
 * typed in.
 *
 * @module
 */
import type { Evidence } from "./evidence.ts";

/** What became of a claim. */
export type Verdict = "holds" | "holds with limits" | "fails";

/** Between which numbers the measured value lies if the claim is true, both included. */
export interface Bound {
  /** The least value, if there is one. */
  readonly least?: number;
  /** The greatest value, if there is one. */
  readonly most?: number;
}

/** What a study has to say about a claim. */
export interface Measurement {
  /** The number that is judged. */
  readonly value: number;
  /** Where the claim is not, or not exactly, what the study shows, with numbers; left out if there is nothing to add. */
  readonly limits?: string | undefined;
}

/** A sentence of the paper that can be checked. */
export interface Claim {
  /** A short name, for readers and for scripts. */
  readonly id: string;
  /** The sentence, in the paper's terms. */
  readonly claim: string;
  /** Where the paper says it. */
  readonly source: string;
  /** What the value is. */
  readonly quantity: string;
  /** What the value must be. */
  readonly bound: Bound;
  /**
   * Measures the claim. Each takes the worst of what the tables show: a claim holds if all of a study bears it out.
   *
   * @param evidence The tables of a study.
   * @returns The value, or undefined if the study does not bear on the claim.
   */
  measure(evidence: Evidence): Measurement | undefined;
}

/** A line of a ledger. */
export interface ClaimRecord {
  /** The claim's short name. */
  readonly id: string;
  /** The sentence. */
  readonly claim: string;
  /** Where the paper says it. */
  readonly source: string;
  /** What became of it. */
  readonly verdict: Verdict;
  /** What the value is. */
  readonly quantity: string;
  /** The measured value. */
  readonly value: number;
  /** What it was judged by. */
  readonly bound: Bound;
  /** Where the claim does not hold, or not exactly; "" if there is nothing to add. */
  readonly limits: string;
}

/**
 * Judges a claim by a study.
 *
 * @param claim The claim.
 * @param evidence The tables of the study.
 * @returns The line of the ledger, or undefined if the study does not bear on the claim. A value out of bounds fails; one within them holds, with limits if the
 * measurement names any. A value that is no finite number, such as the ratio of two currents that vanish, decides nothing: a ledger does not stop a study.
 */
export function judged(
  { id, claim, source, quantity, bound, measure }: Claim,
  evidence: Evidence,
): ClaimRecord | undefined {
  const measurement = measure(evidence);
  if (measurement === undefined || !Number.isFinite(measurement.value)) return undefined;
  const { value, limits = "" } = measurement;
  return { id, claim, source, verdict: verdictOf(value, bound, limits), quantity, value, bound, limits };
}

function verdictOf(value: number, { least = -Infinity, most = Infinity }: Bound, limits: string): Verdict {
  if (value < least || value > most) return "fails";
  return limits === "" ? "holds" : "holds with limits";
}

/**
 * Writes a number for a sentence.
 *
 * @param value The number.
 * @param digits How many digits count.
 * @returns The number without needless zeros, with a real minus.
 */
export function written(value: number, digits = 3): string {
  return String(Number(value.toPrecision(digits))).replaceAll("-", "−").replace("e+", "e");
}

/**
 * Writes a share for a sentence.
 *
 * @param share The share, 1 for all.
 * @param digits How many digits count.
 * @returns The share in percent.
 */
export function percent(share: number, digits = 2): string {
  return `${written(100 * share, digits)} %`;
}
