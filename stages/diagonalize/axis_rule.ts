/**
 * One axis of the zone as a quadrature rule: whatever sums over momenta asks for points and weights and need not know where they come from.
 *
 * @module
 */
import { gaussLegendreAxis } from "./gauss_legendre_axis.ts";
import { coarseMultiplicity, foldedAxis, multiplicity } from "./midpoint_grid.ts";

/** A rule for the half q ≥ 0 of an axis on which functions are even in q. `[point]` runs over its points in ascending order. */
export interface AxisRule {
  /** q, shape `[point]`. */
  readonly point: Float64Array;
  /** How many of N evenly spread points of the whole axis each stands for, shape `[point]`; positive, and N in all. */
  readonly weight: Float64Array;
  /** The same for a coarser rule on some of the points, what it differs by telling the error: zero for those left out, else positive; N in all. */
  readonly coarseWeight: Float64Array;
}

/** The rules by the names that studies give them. */
export type AxisRuleName = "midpoint" | "gauss-legendre";

/** Blocks of one grid ask for the same two axes again and again. */
const REMEMBERED = 8;
const remembered = new Map<string, AxisRule>();

/**
 * A rule for an axis.
 *
 * @param count N, the points on the whole axis; N/2 of them, rounded up, are on its half.
 * @param name Which rule.
 * @returns The rule; not to be written to.
 * @throws {RangeError} If the rule has none for this N.
 */
export function axisRule(count: number, name: AxisRuleName): AxisRule {
  const key = `${name} ${count}`, known = remembered.get(key);
  if (known !== undefined) return known;
  const rule = name === "midpoint" ? midpointAxis(count) : gaussLegendreAxis(count);
  if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value!);
  remembered.set(key, rule);
  return rule;
}

function midpointAxis(count: number): AxisRule {
  return { point: foldedAxis(count), weight: multiplicity(count), coarseWeight: coarseMultiplicity(count) };
}
