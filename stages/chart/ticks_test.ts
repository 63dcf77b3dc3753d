import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { scale } from "vega";
import { extent, labelScale, legendExponent, tickStep, widen } from "./ticks.ts";

const ranges = fc.tuple(
  fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
)
  .map(([low, span]): [number, number] => [low, low + span])
  .filter(([low, high]) => high - low > 1e-7 * Math.abs(low));

Deno.test("tickStep is the distance of the ticks that Vega sets", () => {
  fc.assert(
    fc.property(ranges, fc.integer({ min: 3, max: 8 }), (range, count) => {
      const linear = scale("linear")() as unknown as {
        domain(range: readonly number[]): { ticks(count: number): number[] };
      };
      const ticks = linear.domain(range).ticks(count);
      const step = tickStep(range, count);
      for (let i = 1; i < ticks.length; i++) {
        assert(Math.abs(ticks[i] - ticks[i - 1] - step) < 1e-6 * step, `${ticks} against ${step}`);
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("labelScale gives labels that lose nothing of their ticks", () => {
  fc.assert(
    fc.property(ranges, (range) => {
      const { exponent, decimals } = labelScale(range, 5);
      // Plain labels are written by Vega, which adapts their decimals itself.
      if (exponent === 0) return;
      const step = tickStep(range, 5) / 10 ** exponent;
      assert(Math.abs(Number(step.toFixed(decimals)) - step) < 1e-9 * step);
    }),
    { seed: 2, numRuns: 500 },
  );
});

Deno.test("labelScale leaves short labels alone and takes powers of a thousand off the others", () => {
  assertEquals(labelScale([-1, 1], 5).exponent, 0);
  assertEquals(labelScale([0, 9000], 5).exponent, 0);
  assertEquals(labelScale([0.001, 0.0107], 5), { exponent: -3, decimals: 0 });
  assertEquals(labelScale([-0.0013, 0.0013], 5), { exponent: -3, decimals: 1 });
  assertEquals(labelScale([0, 6e5], 5).exponent, 3);
});

Deno.test("widen contains the data, is three digits long, and stops at zero where it is told to", () => {
  fc.assert(
    fc.property(ranges, fc.boolean(), (range, acrossZero) => {
      const [low, high] = widen(range, 0.05, { acrossZero });
      const slack = 1e-6 * (high - low);
      assert(low <= range[0] + slack && high >= range[1] - slack);
      if (!acrossZero && range[0] >= 0) assert(low >= 0);
      if (!acrossZero && range[1] <= 0) assert(high <= 0);
    }),
    { seed: 3, numRuns: 500 },
  );
  assertEquals(widen([-1, 1], 0, { acrossZero: false }), [-1, 1]);
  assertEquals(widen([0.001, 0.01], 0.2, { acrossZero: false }), [0, 0.0118]);
  assertEquals(widen([0, 1], 0.03, { acrossZero: true }), [-0.03, 1.03]);
  assertEquals(widen([2, 2], 0.06, { acrossZero: false }), [1.8, 2.2]);
  assertEquals(widen([0, 0], 0.06, { acrossZero: false }), [-1, 1]);
});

Deno.test("extent passes over gaps", () => {
  assertEquals(extent([NaN, 2, -1, Infinity]), [-1, 2]);
  assertEquals(extent([NaN]), undefined);
});

Deno.test("legendExponent shortens only what is long", () => {
  assertEquals(legendExponent([0.005, 0.01, 0.02]), 0);
  assertEquals(legendExponent([0, 1e-5, 2e-5]), -5);
  assertEquals(legendExponent([-3e6]), 6);
  assertEquals(legendExponent([]), 0);
});
