/**
 * The error of a sum over the momentum grid, told from coarser rules on the same points.
 *
 * @module
 */

/**
 * How much of what a coarse rule differs by is stated as the error. A rule with cells three times as wide that converges as h^p is off by 3^p times as much:
 * the difference is 3^p − 1 errors, between 2 (p = 1, an integrand with kinks) and 8 (p = 2).
 */
const SHARE = 0.5;

/**
 * States the error of a momentum sum.
 *
 * @param value The sum over the grid.
 * @param coarseY The sum with cells three times as wide along q_y.
 * @param coarseZ The same along q_z.
 * @returns An estimate of the absolute error, for either axis the pessimistic case of first-order convergence.
 */
export function momentumError(value: number, coarseY: number, coarseZ: number): number {
  return SHARE * (Math.abs(coarseY - value) + Math.abs(coarseZ - value));
}
