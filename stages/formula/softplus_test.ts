/**
 * The softplus against 50-digit values, its functional equation, and where eˣ over- or underflows.
 *
 * @module
 */
import { assert, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { numberWithin, REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { softplus } from "./softplus.ts";

/** log(1 + eˣ) of these doubles to 17 digits, from 60-digit arithmetic. */
const KNOWN: readonly (readonly [number, number])[] = [
  [-700, 9.8596765437597709e-305],
  [-50, 1.9287498479639178e-22],
  [-1.5, 0.20141327798275241],
  [-1e-10, 0.69314718050994531],
  [0, Math.LN2],
  [1e-10, 0.69314718060994531],
  [0.75, 1.1368710061148999],
  [20, 20.000000002061154],
  [50, 50],
];

Deno.test("known values", () => {
  for (const [x, expected] of KNOWN) assertLess(Math.abs(softplus(x) / expected - 1), 5e-16, `at ${x}`);
});

Deno.test("nothing overflows", () => {
  for (const x of [1e3, 1e8, 1e300, Infinity]) {
    assertEquals(softplus(x), x);
    assertEquals(softplus(-x), 0);
  }
});

Deno.test("softplus(x) − softplus(−x) = x, and it grows", () => {
  fc.assert(
    fc.property(numberWithin(40), numberWithin(40), (x, y) => {
      assertLess(Math.abs(softplus(x) - softplus(-x) - x), 4e-16 * softplus(Math.abs(x)) + 1e-300);
      assert(x <= y === softplus(x) <= softplus(y) || x === y);
    }),
    { ...REPEATABLE, numRuns: 500 },
  );
});
