/**
 * Gauss–Legendre quadrature: the rule that needs the fewest points for functions that are smooth up to the ends of an interval, whatever happens beyond.
 *
 * @module
 */

/** A quadrature rule on [−1, 1]. */
export interface IntervalRule {
  /** Where the function is taken, ascending, shape `[node]`. */
  readonly node: Float64Array;
  /** The weights, all positive, shape `[node]`; they add up to 2. */
  readonly weight: Float64Array;
}

/** Newton's method doubles the digits each time from three or more: it is over long before. */
const MOST_STEPS = 12;

/**
 * The zeros of the Legendre polynomial P_n and their weights 2/((1 − x²) P′_n(x)²), which integrate polynomials up to degree 2n − 1.
 *
 * @param count n, at least 1.
 * @returns The rule, exactly symmetric.
 * @throws {RangeError} If n is not a positive integer.
 *
 * @example Two points
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(gaussLegendre(2).node[1], 1 / Math.sqrt(3), 1e-15);
 * ```
 */
export function gaussLegendre(count: number): IntervalRule {
  if (!(Number.isInteger(count) && count > 0)) {
    throw new RangeError(`Cannot make a Gauss–Legendre rule: it needs one node or more, got ${count}`);
  }
  const node = new Float64Array(count), weight = new Float64Array(count);
  for (let i = 0; i < count >> 1; i++) {
    let x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
    for (let step = 0; step < MOST_STEPS; step++) {
      const { value, slope } = legendre(count, x), change = value / slope;
      x -= change;
      if (Math.abs(change) <= 2 ** -50) break;
    }
    const last = count - 1 - i;
    node[last] = x;
    node[i] = -x;
    weight[last] = weight[i] = 2 / ((1 - x * x) * legendre(count, x).slope ** 2);
  }
  if (count % 2 === 1) weight[count >> 1] = 2 / legendre(count, 0).slope ** 2; // its node is 0
  return { node, weight };
}

/** P_n and its derivative inside (−1, 1), by (k + 1) P_{k+1} = (2k + 1) x P_k − k P_{k−1} and (1 − x²) P′_n = n (P_{n−1} − x P_n). */
function legendre(degree: number, x: number): { value: number; slope: number } {
  let before = 1, value = x;
  for (let k = 1; k < degree; k++) [before, value] = [value, ((2 * k + 1) * x * value - k * before) / (k + 1)];
  return { value, slope: degree * (before - x * value) / (1 - x * x) };
}
