/**
 * One axis of the midpoint grid without the fold: orbital by orbital the Green function is not even in q_y, since q_y → −q_y exchanges the Fermi arc with the chiral Landau level.
 *
 * @module
 */
import { foldedAxis } from "../diagonalize/midpoint_grid.ts";

/**
 * The points q = −π + 2π(k + ½)/N, ascending.
 *
 * @param count N.
 * @returns The points, exactly symmetric under q → −q.
 *
 * @example Three points
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wholeAxis(3), [-Math.PI * (2 / 3), 0, Math.PI * (2 / 3)]);
 * ```
 */
export function wholeAxis(count: number): number[] {
  const half = [...foldedAxis(count)];
  return [...half.filter((q) => q > 0).map((q) => -q).reverse(), ...half];
}
