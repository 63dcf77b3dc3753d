/**
 * The two rules against the integrals of powers, up to the degree to which each is exact and one beyond.
 *
 * @module
 */
import { assertAlmostEquals, assertGreater } from "@std/assert";
import { GAUSS, KRONROD, NODES } from "./gauss_kronrod.ts";

Deno.test("Kronrod's rule is exact up to degree 22 (and 23, by symmetry), Gauss's up to 13, and neither beyond", () => {
  const sum = (weights: readonly number[], power: number) =>
    NODES.reduce((total, x, i) => total + weights[i] * x ** power, 0);
  const exact = (power: number) => power % 2 === 0 ? 2 / (power + 1) : 0;
  for (let power = 0; power <= 23; power++) assertAlmostEquals(sum(KRONROD, power), exact(power), 1e-15);
  for (let power = 0; power <= 13; power++) assertAlmostEquals(sum(GAUSS, power), exact(power), 1e-15);
  assertGreater(Math.abs(sum(KRONROD, 24) - exact(24)), 1e-9);
  assertGreater(Math.abs(sum(GAUSS, 14) - exact(14)), 1e-5);
});
