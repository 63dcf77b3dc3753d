/**
 * The integrand on nodes against the same on sites.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { bathSettings as settings, madeUpBlock } from "../../tests/twins/made_up_block.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { baths } from "./baths.ts";
import { contractPoints } from "./contraction.ts";
import { PointContraction, pointCurrents } from "./point_currents.ts";

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
