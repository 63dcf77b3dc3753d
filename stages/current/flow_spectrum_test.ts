/**
 * Moments of a spectrum, contracted, against the modes that they stand for.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { bathSettings, madeUpBlock } from "../../tests/twins/made_up_block.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { baths } from "./baths.ts";
import { contractBlock } from "./contraction.ts";
import { MOMENTS, panelCount, panelWidth } from "./energy_panels.ts";
import { flowMoments, spectrumBlock } from "./flow_spectrum.ts";

Deno.test("what the bath of each site feeds in, from the modes or from the moments of their spectrum: the same, to rounding", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 21 }), bathSettings, fc.nat(1e6), (sites, stated, seed) => {
      const block = madeUpBlock(sites, 3, seed), setting = baths(stated, sites);
      const width = panelWidth(Math.max(...setting.inverseTemperature));
      const count = panelCount(width, Math.max(...block.energy));
      fc.pre(count > 0);
      const weight = Float64Array.of(0.5, 0, 2), other = Float64Array.of(0, 1, 0.25);
      const moments = new Float64Array(2 * count * MOMENTS * sites);
      flowMoments(block, [{ width, count }], [weight, other], [[{ factor: 3, moments }]]);
      const spectra = spectrumBlock(width, moments, 2, sites);
      [weight, other].forEach((own, k) => {
        const only = Float64Array.from([0, 1], (i) => Number(i === k));
        const { currents: [expected], magnitude } = contractBlock(block, [setting], own);
        const { currents: [found] } = contractBlock(spectra, [setting], only);
        // Roundings of occupations, which are 1 at the most, and of energies up to 6 times them; what all sites feed in is no more than |D_n(l)| ≤ 1/L lets them.
        const tolerance = 3 * 1e-14 * magnitude / sites + 1e-300;
        expected.charge.forEach((value, l) => assertAlmostEquals(found.charge[l], 3 * value, tolerance));
        expected.energy.forEach((value, l) => assertAlmostEquals(found.energy[l], 3 * value, 6 * tolerance));
      });
    }),
    { ...REPEATABLE, numRuns: 60 },
  );
});

Deno.test("several choices of panels, several tables of one: each gets its own, and none is asked of nothing", () => {
  const sites = 5, block = madeUpBlock(sites, 2, 3), weights = [Float64Array.of(1, 2), Float64Array.of(3, 0)];
  const panels = [{ width: 0.5, count: 13 }, { width: 2, count: 4 }];
  const table = (factor: number, { count }: { count: number }) => ({
    factor,
    moments: new Float64Array(2 * count * MOMENTS * sites),
  });
  const tables = panels.map((own) => [table(1, own), table(-2, own), { factor: 0, moments: new Float64Array(0) }]);
  const magnitude = flowMoments(block, panels, weights, tables);
  panels.forEach((own, i) => {
    const alone = table(1, own);
    assertEquals(flowMoments(block, [own], weights, [[alone]]), magnitude);
    assertEquals(tables[i][0].moments, alone.moments);
    assertEquals(tables[i][1].moments, alone.moments.map((value) => -2 * value));
  });
  assertEquals(flowMoments(block, [], weights, []), magnitude);
});

Deno.test("a mode above all panels is refused, and so is what is not a number", () => {
  const block = madeUpBlock(2, 1, 1), panels = [{ width: 0.5, count: 2 }], weights = [Float64Array.of(1)];
  for (const energy of [1, 7, NaN]) {
    const wrong = { ...block, energy: Float64Array.of(0.1, 0.2, 0.3, energy) };
    const moments = new Float64Array(2 * MOMENTS * 2);
    assertThrows(
      () => flowMoments(wrong, panels, weights, [[{ factor: 1, moments }]]),
      RangeError,
      "A mode lies above all panels",
    );
  }
});
