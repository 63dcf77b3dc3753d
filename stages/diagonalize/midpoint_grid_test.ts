/**
 * The folded midpoint grid against the whole one, point by point, and the coarse rule by what a quadrature rule must do.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { midpoints } from "../../tests/twins/current.ts";
import { coarseMultiplicity, foldedAxis, multiplicity } from "./midpoint_grid.ts";

const COUNTS = Array.from({ length: 70 }, (_, k) => k + 1);

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

Deno.test("folded points are the points q ≥ 0 of the whole axis, ascending, and stand for each of its points once", () => {
  for (const count of COUNTS) {
    const folded = foldedAxis(count), weights = multiplicity(count);
    assertEquals([folded.length, weights.length], [Math.ceil(count / 2), Math.ceil(count / 2)]);
    const whole = [...folded].flatMap((q, j) => weights[j] === 2 ? [-q, q] : [q]).sort((a, b) => a - b);
    assertEquals(whole.length, count);
    // The twin adds −π, which rounds differently.
    midpoints(count).forEach((q, k) => assertAlmostEquals(whole[k], q, 1e-14));
  }
});

Deno.test("odd N have a point at q = 0 exactly, of multiplicity 1; even N have none", () => {
  for (const count of COUNTS) {
    assertEquals(foldedAxis(count)[0] === 0, count % 2 === 1);
    assertEquals(multiplicity(count)[0], count % 2 === 1 ? 1 : 2);
  }
});

Deno.test("multiplicities of both rules add up to N", () => {
  for (const count of COUNTS) {
    assertEquals(sum(multiplicity(count)), count);
    if (count > 2) assertEquals(sum(coarseMultiplicity(count)), count);
  }
});

Deno.test("a grid of 3N (any odd multiple) points holds the points of N, bit by bit", () => {
  for (const count of COUNTS) {
    for (const multiple of [3, 5, 9]) {
      const fine = new Set(foldedAxis(multiple * count));
      for (const q of foldedAxis(count)) assertEquals(fine.has(q), true, `N = ${count}, ${multiple} N lacks ${q}`);
    }
  }
});

Deno.test("the coarse rule leaves about a third of the points, and is the rule of N where its cells fit 3N", () => {
  for (const count of COUNTS) {
    const kept = coarseMultiplicity(3 * count).filter((weight) => weight !== 0).length;
    assertEquals(kept, Math.ceil(count / 2));
    const fine = foldedAxis(3 * count), coarse = coarseMultiplicity(3 * count), exact = multiplicity(count);
    foldedAxis(count).forEach((q, j) => assertEquals(coarse[fine.indexOf(q)], 3 * exact[j]));
  }
});

/** The mean of f over the half zone 0 … π by one of the rules. */
function mean(f: (q: number) => number, count: number, rule: (count: number) => Float64Array): number {
  const weights = rule(count);
  return foldedAxis(count).reduce((total, q, j) => total + weights[j] * f(q), 0) / count;
}

Deno.test("the coarse rule is of second order where the function is not periodic, with nine times the error of the fine one", () => {
  // Even in q, as the fold needs it, with a kink at ±π. The error of midpoints is −h²/24 times the difference of the slopes at both ends.
  const f = (q: number): number => Math.cosh(q / 2), exact = 2 / Math.PI * Math.sinh(Math.PI / 2);
  for (const count of [24, 25, 48, 49, 63, 96, 102, 150, 303]) {
    const fine = mean(f, count, multiplicity) - exact, coarse = mean(f, count, coarseMultiplicity) - exact;
    const predicted = -((2 * Math.PI / count) ** 2) / 24 * Math.sinh(Math.PI / 2) / 2 / Math.PI;
    assertLess(Math.abs(fine / predicted - 1), 20 / count ** 2);
    // Where N is no multiple of 3, up to two of the cells are fine ones, and the group beside them is off by less than a cell of second order.
    assertGreater(Math.abs(coarse / predicted), 9 - 60 / count);
    assertLess(Math.abs(coarse / predicted), 9 + 60 / count);
  }
});

Deno.test("both rules integrate a constant exactly", () => {
  for (const count of COUNTS) {
    assertAlmostEquals(mean(() => 1, count, multiplicity), 1, 1e-15);
    if (count > 2) assertAlmostEquals(mean(() => 1, count, coarseMultiplicity), 1, 1e-15);
  }
});

Deno.test("from three points on the coarse rule is another one than the fine rule; below it says nothing", () => {
  for (const count of COUNTS) {
    if (count > 2) assert(coarseMultiplicity(count).some((weight, j) => weight !== multiplicity(count)[j]));
    else assertEquals(sum(coarseMultiplicity(count)), 0);
  }
});
