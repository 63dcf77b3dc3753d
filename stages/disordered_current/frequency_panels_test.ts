/**
 * Integrals over ω > 0 that are known, and one that there is not.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import { FrequencyPanels } from "./frequency_panels.ts";

function integrate(
  f: (omega: number) => number[],
  size: number,
  most: number,
): { totals: Float64Array; errors: Float64Array; count: number } {
  const panels = new FrequencyPanels(size, () => [{ index: 0, most }]);
  let count = 0;
  for (let frequencies = panels.frequencies; frequencies.length > 0; frequencies = panels.frequencies) {
    count += frequencies.length;
    panels.take(frequencies.map((omega) => Float64Array.from(f(omega))));
  }
  return { totals: panels.totals, errors: panels.errors, count };
}

Deno.test("a narrow resonance beside a wide one, and an exponential that nothing is asked of", () => {
  const lorentz = (x: number, width: number) => width / Math.PI / (x * x + width * width);
  const f = (omega: number) => [lorentz(omega - 2, 0.01) + lorentz(omega, 1), Math.exp(-omega)];
  const { totals, errors, count } = integrate(f, 2, 1e-6);
  const exact = 0.5 + Math.atan(2 / 0.01) / Math.PI + 0.5;
  assertLess(errors[0], 1e-6);
  assertAlmostEquals(totals[0], exact, 1e-12);
  assertAlmostEquals(totals[1], 1, errors[1]);
  // Points are where the resonance is.
  assertGreater(count, 120);
  assertLess(count, 1000);
});

Deno.test("what is smooth takes one round", () => {
  assertEquals(integrate((omega) => [Math.exp(-omega)], 1, 1e-6).count, 120);
});

Deno.test("an integral that does not converge says how far it is", () => {
  const step = (omega: number) => [Math.sin(1e5 * omega) > 0 && omega < 10 ? 1 : 0];
  assertThrows(() => integrate(step, 1, 1e-9), Error, "the integral over the frequencies is still off by");
  assertThrows(() => integrate(() => [Infinity], 1, 1), Error, "not a finite number");
});
