/**
 * Blocks and bath settings out of thin air, for tests of sums that do not know whether their numbers come from a slab.
 *
 * @module
 */
import fc from "fast-check";
import type { BathParameters } from "../../stages/current/baths.ts";
import type { MomentumBlock } from "../../stages/diagonalize/momentum_block.ts";

/** Evenly distributed numbers. */
export const between = (least: number, most: number): fc.Arbitrary<number> =>
  fc.noBias(fc.integer({ min: 0, max: 1_000_000 })).map((k) => least + (most - least) * k / 1_000_000);

/**
 * Returns any numbers that a block may hold, with energies up to 6 and |D_n(l)| up to 1/L.
 *
 * @param sites L.
 * @param points How many momenta.
 * @param seed What the numbers follow from.
 */
export function madeUpBlock(sites: number, points: number, seed: number): MomentumBlock {
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

/** Baths from hot to cold, uniform or not. */
export const bathSettings: fc.Arbitrary<BathParameters> = fc.record({
  fermi_level: between(-3, 3),
  chemical_potential_slope: fc.oneof(fc.constant(0), between(-0.05, 0.05)),
  inverse_temperature: between(-1, 1).map((x) => 10 ** x),
  inverse_temperature_slope: fc.oneof(fc.constant(0), between(0, 3)),
});
