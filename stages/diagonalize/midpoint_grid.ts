/**
 * One axis of the midpoint grid over the Brillouin zone, folded onto its half q ≥ 0.
 *
 * @module
 */

/**
 * The points q ≥ 0 of the axis q = −π + 2π(k + ½)/N, ascending.
 *
 * Each is π times a fraction that is rounded once, so that grids which share a point share its bits, and with them its artifacts.
 *
 * @param count N.
 * @returns The points, ⌈N/2⌉ of them.
 *
 * @example Four points in the zone, two in its half
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(foldedAxis(4), Float64Array.of(Math.PI * 0.25, Math.PI * 0.75));
 * ```
 */
export function foldedAxis(count: number): Float64Array {
  const first = count % 2 === 0 ? 1 : 0;
  return Float64Array.from({ length: Math.ceil(count / 2) }, (_, j) => Math.PI * ((first + 2 * j) / count));
}

/**
 * How many points of the whole axis each folded point stands for: 2, or 1 at q = 0, which odd N have.
 *
 * @param count N.
 * @returns The multiplicities, shape `[folded point]`; they add up to N.
 */
export function multiplicity(count: number): Float64Array {
  const weights = new Float64Array(Math.ceil(count / 2)).fill(2);
  if (count % 2 === 1) weights[0] = 1;
  return weights;
}

/**
 * The same for a rule with cells three times as wide that uses a third of the same points: the midpoint of three neighbouring cells is the middle one's.
 * What it differs from the fine rule by measures the error of both. Cells left over at the zone's boundary stay as they are.
 *
 * @param count N.
 * @returns The multiplicities, shape `[folded point]`, zero for the points that are left out; they add up to N. Up to N = 2 there is no coarser rule: all
 *   are zero, which makes everything that the fine rule gives its error.
 */
export function coarseMultiplicity(count: number): Float64Array {
  const fine = multiplicity(count), coarse = fine.slice();
  if (count <= 2) return coarse.fill(0);
  if (count === 4) return Float64Array.of(4, 0);
  // At odd N the cell around q = 0 is cut in half by the fold: its group is itself and the next one.
  const start = count % 2 === 1 ? 0 : 1;
  for (let middle = start; middle + 1 < fine.length; middle += 3) {
    coarse[middle] = fine[middle] + fine[middle + 1] + (middle > 0 ? fine[middle - 1] : 0);
    coarse[middle + 1] = 0;
    if (middle > 0) coarse[middle - 1] = 0;
  }
  return coarse;
}
