/**
 * log(1 + eˣ), the integral of the Fermi function, which overflows or loses everything where it is written down as it stands.
 *
 * @module
 */

/**
 * Returns log(1 + eˣ) with a relative error of about a rounding.
 *
 * @param x Any number; where eˣ underflows, the result does too.
 * @returns The softplus of x.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(softplus(0), Math.LN2);
 * assertEquals(softplus(1e8), 1e8);
 * ```
 */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
