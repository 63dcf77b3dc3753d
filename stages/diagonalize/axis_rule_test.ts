/**
 * What holds of every axis rule, and what each promises beyond.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { axisRule, type AxisRuleName } from "./axis_rule.ts";
import { coarseMultiplicity, foldedAxis, multiplicity } from "./midpoint_grid.ts";
import { gridRead, momentumAxes } from "./momentum_grid.ts";

const NAMES: readonly AxisRuleName[] = ["midpoint", "gauss-legendre"];
const COUNTS = [...Array.from({ length: 60 }, (_, k) => 2 * k + 2), 300, 998, 4000];

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

Deno.test("points ascend within (0, π), weights are positive and add up to the zone, those of the coarse rule too", () => {
  for (const name of NAMES) {
    for (const count of COUNTS) {
      const { point, weight, coarseWeight } = axisRule(count, name);
      assertEquals([point.length, weight.length, coarseWeight.length], [count / 2, count / 2, count / 2]);
      point.forEach((q, i) => assert(q > (point[i - 1] ?? 0) && q < Math.PI));
      assert(weight.every((w) => w > 0) && coarseWeight.every((w) => w >= 0));
      assertAlmostEquals(sum(weight), count, 1e-13 * count);
      if (count > 2) assertAlmostEquals(sum(coarseWeight), count, 1e-13 * count);
      else assertEquals([...coarseWeight], [0]);
    }
  }
});

Deno.test("midpoints are those that they have always been, bit by bit, at odd N as well", () => {
  for (const count of [1, 2, 5, 24, 63, 64]) {
    assertEquals(axisRule(count, "midpoint"), {
      point: foldedAxis(count),
      weight: multiplicity(count),
      coarseWeight: coarseMultiplicity(count),
    });
  }
});

Deno.test("Gauss–Legendre: N/2 points integrate degree N − 1 over [0, π], a third of them the degree below their number", () => {
  for (const count of COUNTS) {
    const { point, weight, coarseWeight } = axisRule(count, "gauss-legendre");
    /** The mean over [0, π] of the Chebyshev polynomial T_k(2q/π − 1). */
    const mean = (weights: Float64Array, k: number): number =>
      point.reduce((total, q, i) => total + weights[i] * Math.cos(k * Math.acos(2 * q / Math.PI - 1)), 0) / count;
    const exact = (k: number): number => k % 2 === 0 ? 1 / (1 - k * k) : 0;
    for (const k of [0, 1, 2, count / 2, count - 2, count - 1].filter((degree) => degree < count)) {
      assertAlmostEquals(mean(weight, k), exact(k), 1e-12, `N = ${count}, degree ${k}`);
    }
    if (count === 2) continue;
    const kept = coarseWeight.filter((w) => w > 0).length;
    assertEquals(kept, Math.ceil(count / 6));
    for (let k = 0; k < kept; k += Math.ceil(kept / 20)) {
      assertAlmostEquals(mean(coarseWeight, k), exact(k), 1e-12, `N = ${count}, coarse, degree ${k}`);
    }
  }
});

Deno.test("Gauss–Legendre: where the folded function is smooth both rules converge fast, midpoints do not", () => {
  // Even in q, as the fold needs it, with a kink at ±π.
  const exact = 2 / Math.PI * Math.sinh(Math.PI / 2);
  const error = (name: AxisRuleName, count: number, coarse = false): number => {
    const { point, weight, coarseWeight } = axisRule(count, name);
    return point.reduce((t, q, i) => t + (coarse ? coarseWeight : weight)[i] * Math.cosh(q / 2), 0) / count - exact;
  };
  assertLess(Math.abs(error("gauss-legendre", 24)), 1e-13);
  assertLess(Math.abs(error("gauss-legendre", 48, true)), 1e-8);
  assertGreater(Math.abs(error("midpoint", 48)), 1e-4);
});

Deno.test("Gauss–Legendre needs an even number of points", () => {
  for (const count of [0, 1, 65, -2, 2.5]) {
    assertThrows(() => axisRule(count, "gauss-legendre"), RangeError, "give an even number");
  }
});

Deno.test("a rule is worked out once; the rule that was there before there was a choice has no name", () => {
  const grid = { qy: 6, qz: 8, rule: "gauss-legendre" } as const;
  assertEquals(momentumAxes(grid), { y: axisRule(6, "gauss-legendre"), z: axisRule(8, "gauss-legendre") });
  assert(momentumAxes(grid).y === momentumAxes(grid).y);
  assertEquals(momentumAxes({ qy: 6, qz: 8 }), { y: axisRule(6, "midpoint"), z: axisRule(8, "midpoint") });
  assertEquals(Object.keys(gridRead({ qy: 6, qz: 8, rule: "midpoint" })), ["qy", "qz"]);
  assertEquals({ ...gridRead({ qy: 6, qz: 8 }) }, { qy: 6, qz: 8 });
  assertEquals({ ...gridRead(grid) }, { ...grid });
});
