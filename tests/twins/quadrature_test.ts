/**
 * The frequency integral on integrands whose integrals are known.
 *
 * @module
 */

import { assertAlmostEquals, assertLess, assertThrows } from "@std/assert";
import { integrate, integrateRealLine } from "./quadrature.ts";

Deno.test("one panel integrates polynomials up to degree 22 exactly, and sees its error beyond 13", () => {
  for (let degree = 0; degree <= 22; degree++) {
    const { value, error } = integrate((x) => Float64Array.of((1 + x) ** degree), [-1, 1], Infinity);
    const exact = 2 ** (degree + 1) / (degree + 1);
    assertAlmostEquals(value[0], exact, 1e-14 * exact);
    if (degree <= 13) assertLess(error, 1e-13 * exact);
    else assertLess(1e-12 * exact, error);
  }
});

Deno.test("narrow resonances are found from their breakpoints", () => {
  for (const width of [1, 1e-2, 1e-4]) {
    const lorentzian = (x: number): number => width / Math.PI / ((x - 0.3) ** 2 + width ** 2);
    const { value, error } = integrateRealLine((x) => Float64Array.of(lorentzian(x)), [-2, 0.3, 5], 1e-10);
    assertAlmostEquals(value[0], 1, 1e-10);
    assertLess(error, 1e-10);
  }
});

Deno.test("vectors are integrated together, each to the tolerance, tails included", () => {
  const f = (x: number): Float64Array => Float64Array.of(Math.exp(-x * x), 1 / (1 + x * x), x / (1 + x ** 4));
  for (const breakpoints of [[0], [0, 0], [-40, 3, 70]]) {
    const { value } = integrateRealLine(f, breakpoints, 1e-11);
    assertAlmostEquals(value[0], Math.sqrt(Math.PI), 1e-11);
    assertAlmostEquals(value[1], Math.PI, 1e-11);
    assertAlmostEquals(value[2], 0, 1e-11);
  }
});

Deno.test("integrals that do not exist are refused", () => {
  assertThrows(() => integrate((x) => Float64Array.of(1 / x), [0, 1], 1e-8), Error, "Cannot integrate");
  assertThrows(() => integrate(() => Float64Array.of(NaN), [0, 1], 1e-8), Error, "Cannot integrate");
  assertThrows(() => integrateRealLine(() => Float64Array.of(1), [0], 1e-8), Error, "Cannot integrate");
});
