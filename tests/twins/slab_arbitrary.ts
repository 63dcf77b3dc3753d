/**
 * Random slabs for the property tests: small, with a rough gauge field and couplings of either sign, because a sign error that
 * the paper's parameters hide is the likeliest one.
 *
 * @module
 */

import fc from "fast-check";
import type { SlabParameters } from "./slab.ts";

/**
 * Returns numbers between −bound and bound, all sizes as likely but for a few exact zeros. (`fc.double` takes all bit patterns
 * as likely, and unless told not to prefers small numbers: nearly all its slabs would be no slab at all.)
 */
export function numberWithin(bound: number): fc.Arbitrary<number> {
  const even = fc.noBias(fc.integer({ min: -1_000_000, max: 1_000_000 }));
  return fc.oneof({ weight: 29, arbitrary: even }, { weight: 1, arbitrary: fc.constant(0) })
    .map((value) => bound * value / 1_000_000);
}

/** Returns momenta in [−π, π]. */
export function momentum(): fc.Arbitrary<number> {
  return numberWithin(Math.PI);
}

/** Returns slabs with `least` to `most` sites, odd and even, every parameter of either sign, A⁵(l) independent on every site. */
export function slab(least: number, most: number): fc.Arbitrary<SlabParameters> {
  return fc.integer({ min: least, max: most }).chain((sites) =>
    fc.record({
      sites: fc.constant(sites),
      velocity: numberWithin(1.5),
      mass: numberWithin(2),
      hopping: numberWithin(1.5),
      chiralGaugeField: fc.array(numberWithin(2), { minLength: sites, maxLength: sites }).map((values) =>
        Float64Array.from(values)
      ),
    })
  );
}

/** The seed and the number of runs of every property test here. */
export const REPEATABLE = { seed: 20241010, numRuns: 30 } as const;
