/**
 * The dilogarithm Li₂ of real numbers, in which the energy current of Eq. (B2) is written.
 *
 * @module
 */
import { softplus } from "./softplus.ts";

/** B₂ₖ/(2k + 1)! for k = 1 … 8. At the largest |u| = ln 2 the next one adds less than 1e-18. */
const COEFFICIENTS: readonly number[] = [
  1 / 36,
  -1 / 3600,
  1 / 211680,
  -1 / 10886400,
  1 / 526901760,
  -691 / 16999766784000,
  1 / 1120863744000,
  -1.9939295860721076e-14,
];

const ZETA_2 = Math.PI ** 2 / 6;

/**
 * Returns Li₂(x) = −∫₀ˣ log(1 − t)/t dt with a relative error below 1e-14.
 *
 * @param x A number, 1 at most: beyond, Li₂ is complex.
 * @returns Li₂(x).
 * @throws {RangeError} If x is above 1 or not a number.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * assertEquals(dilogarithm(1), Math.PI ** 2 / 6);
 * assertAlmostEquals(dilogarithm(-1), -(Math.PI ** 2) / 12, 1e-15);
 * ```
 */
export function dilogarithm(x: number): number {
  if (!(x <= 1)) throw new RangeError(`Cannot evaluate Li₂(${x}): it is real up to 1 only, use a number not above 1`);
  if (x === 1) return ZETA_2; // where the reflection below would multiply 0 by infinity
  if (x > 0.5) return ZETA_2 - Math.log(x) * Math.log1p(-x) - series(-Math.log(x));
  if (x >= -1) return series(-Math.log1p(-x));
  return -ZETA_2 - Math.log(-x) ** 2 / 2 - series(-Math.log1p(-1 / x));
}

/**
 * Returns Li₂(−eᵗ) with a relative error below 1e-14, also where eᵗ overflows: beyond t = 0 by the inversion
 * Li₂(−eᵗ) + Li₂(−e⁻ᵗ) = −π²/6 − t²/2.
 *
 * @param t Any number.
 * @returns Li₂(−eᵗ), which is negative.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(dilogarithmOfExponential(1e6), -5e11 - Math.PI ** 2 / 6);
 * ```
 */
export function dilogarithmOfExponential(t: number): number {
  return t > 0 ? -ZETA_2 - t * t / 2 - dilogarithmOfExponential(-t) : series(-softplus(t));
}

/** Li₂(1 − e⁻ᵘ) = u − u²/4 + Σ B₂ₖ u²ᵏ⁺¹/(2k + 1)!, for |u| ≤ ln 2: it converges as (u/2π)²ᵏ. */
function series(u: number): number {
  const square = u * u;
  let sum = 0;
  for (let k = COEFFICIENTS.length - 1; k >= 0; k--) sum = (sum + COEFFICIENTS[k]) * square;
  return u * (1 - u / 4 + sum);
}
