/**
 * One axis of the grid without the fold: orbital by orbital the Green function is not even in q_y, since q_y → −q_y exchanges the Fermi arc with the chiral Landau level.
 *
 * @module
 */
import { axisRule, type AxisRuleName } from "../diagonalize/axis_rule.ts";

/**
 * The points of a rule on the whole axis, ascending; of the midpoint rule q = −π + 2π(k + ½)/N.
 *
 * @param count N.
 * @param rule Which rule.
 * @returns The points, exactly symmetric under q → −q.
 *
 * @example Three points
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wholeAxis(3), [-Math.PI * (2 / 3), 0, Math.PI * (2 / 3)]);
 * ```
 */
export function wholeAxis(count: number, rule: AxisRuleName = "midpoint"): number[] {
  const half = [...axisRule(count, rule).point];
  return [...half.filter((q) => q > 0).map((q) => -q).reverse(), ...half];
}

/**
 * The weights of these points.
 *
 * @param count N.
 * @param rule Which rule.
 * @returns How many of N evenly spread points each stands for, in the order of {@linkcode wholeAxis}: 1 each in the midpoint rule.
 */
export function wholeAxisWeights(count: number, rule: AxisRuleName = "midpoint"): number[] {
  const { point, weight } = axisRule(count, rule);
  return unfolded(point, weight);
}

/**
 * The weights of the coarse rule on some of these points.
 *
 * @param count N.
 * @param rule Which rule.
 * @returns The same as {@linkcode wholeAxisWeights}, zero for the points that are left out.
 */
export function wholeAxisCoarseWeights(count: number, rule: AxisRuleName = "midpoint"): number[] {
  const { point, coarseWeight } = axisRule(count, rule);
  return unfolded(point, coarseWeight);
}

/** Shares each weight between q and −q. */
function unfolded(point: Float64Array, weight: Float64Array): number[] {
  const right = [...weight].map((value, i) => point[i] > 0 ? value / 2 : value);
  return [...right.filter((_, i) => point[i] > 0).reverse(), ...right];
}
