/**
 * The integrand on nodes against the same on sites.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { type BathParameters, baths } from "./baths.ts";
import { contractPoints } from "./contraction.ts";
import { PointContraction, pointCurrents } from "./point_currents.ts";

const between = (least: number, most: number): fc.Arbitrary<number> =>
  fc.noBias(fc.integer({ min: 0, max: 1_000_000 })).map((k) => least + (most - least) * k / 1_000_000);

/** Any numbers that blocks may hold: the sums do not know that they come from a slab. */
function madeUpBlock(sites: number, points: number, seed: number): MomentumBlock {
  const order = 2 * sites, numbers = fc.sample(between(-1, 1), { seed, numRuns: points * order * (sites + 2) });
  const take = (count: number): Float64Array => Float64Array.from(numbers.splice(0, count));
  const imbalance = take(points * order * sites);
  const energy = take(points * order).map((value) => 6 * value * value);
  for (let point = 0; point < points; point++) energy.subarray(point * order, (point + 1) * order).sort();
  return {
    qy: Float64Array.from({ length: points }, (_, i) => 0.3 * i),
    qz: new Float64Array(points),
    drift: Float64Array.from({ length: points }, (_, i) => Math.sin(0.3 * i)),
    energy,
    groupVelocity: take(points * order),
    imbalance: imbalance.map((value) => value / sites),
  };
}

const settings: fc.Arbitrary<BathParameters> = fc.record({
  fermi_level: between(-3, 3),
  chemical_potential_slope: fc.oneof(fc.constant(0), between(-0.05, 0.05)),
  inverse_temperature: between(-1, 1).map((x) => 10 ** x),
  inverse_temperature_slope: fc.oneof(fc.constant(0), between(0, 3)),
});

Deno.test("on nodes or on sites: the same integrand, to rounding", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 41 }), fc.array(settings, { minLength: 1, maxLength: 6 }), fc.nat(1e6), (
      sites,
      stated,
      seed,
    ) => {
      const block = madeUpBlock(sites, 2, seed), all = stated.map((one) => baths(one, sites));
      const { sums, magnitude } = pointCurrents(block, all), expected = contractPoints(block, all);
      // |D_n(l)| ≤ 1/L here, energies ≤ 6; 1e-14 for occupations and sums.
      expected.forEach((value, i) =>
        assertAlmostEquals(sums[i], value, (i % 2 === 0 ? 1e-14 : 6e-14) * magnitude[Math.floor(i / 2) % 2] + 1e-300)
      );
    }),
    { ...REPEATABLE, numRuns: 40 },
  );
});

Deno.test("a setting's numbers do not depend on which others are asked for with it, bit by bit", () => {
  const block = madeUpBlock(30, 3, 5), stated = fc.sample(settings, { seed: 6, numRuns: 12 });
  stated.push({ ...stated[0], inverse_temperature: 250 }, { ...stated[0], fermi_level: 0 });
  const all = stated.map((one) => baths(one, 30)), together = pointCurrents(block, all).sums;
  all.forEach((one, i) => {
    assertEquals([...pointCurrents(block, [one]).sums], [...together.subarray(6 * i, 6 * (i + 1))]);
  });
});

Deno.test("nor on the blocks before, whatever these were, nor on who asks meanwhile", () => {
  const stated = fc.sample(settings, { seed: 8, numRuns: 9 }), all = stated.map((one) => baths(one, 20));
  const blocks = [1, 2, 3].map((seed) => madeUpBlock(20, seed, seed));
  // Another largest energy, with which some settings are no longer safe.
  const hot = { ...blocks[1], energy: blocks[1].energy.map((value) => 60 * value) };
  const contraction = new PointContraction(all), expected = (block: MomentumBlock) => pointCurrents(block, all);
  for (const block of [blocks[0], blocks[1], hot, blocks[2], blocks[1]]) {
    assertEquals(contraction.currents(block), expected(block));
    contraction.currents(block, () => assertEquals(contraction.currents(blocks[0]), expected(blocks[0])));
    let asked = 0;
    const disturbed = contraction.currents(block, () => {
      if (asked++ === 0) contraction.release();
      pointCurrents(hot, all.toReversed());
    });
    assertEquals(disturbed, expected(block));
  }
  contraction.release();
  assertEquals(contraction.currents(blocks[2]), expected(blocks[2]));
});
