/**
 * The dilogarithm against its power series in exact integers, closed values, functional equations, and 60-digit values of Li₂(−eᵗ).
 *
 * @module
 */
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { numberWithin, REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { dilogarithm, dilogarithmOfExponential } from "./dilogarithm.ts";

const RUNS = { ...REPEATABLE, numRuns: 300 };

function assertRelative(actual: number, expected: number, tolerance: number, at: unknown): void {
  assertLess(Math.abs(actual / expected - 1), tolerance, `at ${at}: ${actual} for ${expected}`);
}

const BITS = 240n;

/** Σ xᵏ/k² in fixed point with 240 binary digits, for a double |x| ≤ 3/4. */
function powerSeries(x: number): number {
  const argument = BigInt(x * 2 ** 60) * 2n ** (BITS - 60n); // exact: the callers' doubles are multiples of 2⁻⁶⁰
  let power = argument, sum = 0n;
  for (let k = 1n; power > 2n || power < -2n; k++) {
    sum += power / (k * k);
    power = power * argument >> BITS;
  }
  return Number(sum >> (BITS - 100n)) / 2 ** 100;
}

Deno.test("the power series in exact integers", () => {
  for (let i = -768; i <= 768; i++) {
    if (i !== 0) assertRelative(dilogarithm(i / 1024), powerSeries(i / 1024), 1e-15, i / 1024);
  }
});

Deno.test("closed values", () => {
  const golden = (1 + Math.sqrt(5)) / 2, square = Math.log(golden) ** 2, zeta = Math.PI ** 2;
  const known: [number, number][] = [
    [1, zeta / 6],
    [-1, -zeta / 12],
    [0.5, zeta / 12 - Math.LN2 ** 2 / 2],
    [1 / golden, zeta / 10 - square],
    [1 / golden ** 2, zeta / 15 - square],
    [-1 / golden, -zeta / 15 + square / 2],
    [-golden, -zeta / 10 - square],
  ];
  for (const [x, expected] of known) assertRelative(dilogarithm(x), expected, 2e-15, x);
  assertEquals(dilogarithm(0), 0);
  assertEquals(dilogarithm(-Infinity), -Infinity);
});

Deno.test("reflection, inversion, duplication and Landen's identity", () => {
  const { log, log1p } = Math;
  fc.assert(
    fc.property(numberWithin(1), (x) => {
      const parts = [dilogarithm(x), dilogarithm(-x), dilogarithm(x * x) / 2];
      assertLess(Math.abs(parts[0] + parts[1] - parts[2]), 1e-15 * (1e-300 + Math.abs(parts[0]) + Math.abs(parts[1])));
      if (x <= 0) return;
      if (x < 1) {
        const reflected = Math.PI ** 2 / 6 - log(x) * log1p(-x) - dilogarithm(1 - x);
        assertLess(Math.abs(dilogarithm(x) - reflected), 2e-15);
        const landen = -(log1p(-x) ** 2) / 2 - dilogarithm(x / (x - 1));
        assertLess(Math.abs(dilogarithm(x) - landen), 2e-15 * (1 + log1p(-x) ** 2));
      }
      const inverted = -(Math.PI ** 2) / 6 - log(x) ** 2 / 2 - dilogarithm(-x);
      assertRelative(dilogarithm(-1 / x), inverted, 2e-15, x);
    }),
    RUNS,
  );
});

Deno.test("Abel's five-term identity", () => {
  const unit = fc.integer({ min: 1, max: 999 }).map((n) => n / 1000);
  fc.assert(
    fc.property(unit, unit, (x, y) => {
      const rest = 1 - x * y, left = dilogarithm(x) + dilogarithm(y) - dilogarithm(x * y);
      const right = dilogarithm((x - x * y) / rest) + dilogarithm((y - x * y) / rest) +
        Math.log((1 - x) / rest) * Math.log((1 - y) / rest);
      assertLess(Math.abs(left - right), 2e-13, `at ${x}, ${y}`); // 1 − x and 1 − xy are rounded
    }),
    RUNS,
  );
});

/** Li₂(−eᵗ) of these doubles to 17 digits, from 60-digit arithmetic. */
const KNOWN: readonly (readonly [number, number])[] = [
  [-700, -9.8596765437597709e-305],
  [-40, -4.248354255291589e-18],
  [-5.5, -0.0040826035798815521],
  [-1, -0.33864799640345218],
  [-0.25, -0.6641552108536501],
  [-1e-9, -0.82246703273096604],
  [0, -0.82246703342411322],
  [1e-9, -0.8224670341172604],
  [0.5, -1.2367167868533452],
  [3, -6.0957533465094022],
  [40, -801.64493406684823],
  [1234.5, -761996.76993406685],
  [1e6, -500000000001.64493],
];

Deno.test("known values of Li₂(−eᵗ)", () => {
  for (const [t, expected] of KNOWN) assertRelative(dilogarithmOfExponential(t), expected, 1e-15, t);
  assertEquals(dilogarithmOfExponential(-1e6), 0);
});

Deno.test("Li₂(−eᵗ) is the dilogarithm of −eᵗ", () => {
  fc.assert(
    fc.property(numberWithin(30), (t) => {
      // −eᵗ is rounded: an error of t roundings of it, at most
      assertRelative(dilogarithmOfExponential(t), dilogarithm(-Math.exp(t)), 1e-14, t);
    }),
    RUNS,
  );
});

Deno.test("beyond 1 it is not real", () => {
  for (const x of [1 + Number.EPSILON, 2, Infinity, NaN]) {
    assertThrows(() => dilogarithm(x), RangeError, "Cannot evaluate Li₂(");
  }
});
