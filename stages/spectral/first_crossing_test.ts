/**
 * The search for a crossing on functions whose crossings are known, steep, flat and absent ones among them.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { firstCrossing } from "./first_crossing.ts";

const X = Float64Array.from({ length: 9 }, (_, i) => i / 4);

function search(f: (x: number) => number, value: number): number | undefined {
  return firstCrossing(f, X, X.map(f), value);
}

Deno.test("finds the first of several crossings to rounding", () => {
  assertAlmostEquals(search((x) => Math.sin(3 * x), 0.5)!, Math.PI / 18, 1e-15);
  assertAlmostEquals(search((x) => x ** 9, 2)!, 2 ** (1 / 9), 1e-14);
  assertAlmostEquals(search((x) => Math.tanh(200 * (x - 0.6)), 0)!, 0.6, 1e-15);
  assertAlmostEquals(search((x) => Math.cbrt(x - 0.3), 0)!, 0.3, 1e-15);
});

Deno.test("a sample that is the value is the answer, the first sample too", () => {
  assertEquals(search((x) => x, 0.75), 0.75);
  assertEquals(search((x) => x, 0), 0);
});

Deno.test("what is never reached has no crossing", () => {
  assertEquals(search((x) => -x, 1), undefined);
  assertEquals(search((x) => x, 2.1), undefined);
});

Deno.test("takes tens of evaluations, not hundreds", () => {
  for (const power of [1, 2, 5, 30]) {
    let calls = 0;
    const f = (x: number): number => (x / 2) ** power;
    firstCrossing((x) => (calls++, f(x)), X, X.map(f), 0.31);
    assertLess(calls, 60);
  }
});
