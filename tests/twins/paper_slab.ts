/**
 * The slab of the paper's figures, for which reference numbers exist.
 *
 * @module
 */

import type { SlabParameters } from "./slab.ts";

/** Returns v = 1, m = 0 unless stated, λ = −1, L = ξ = 50 unless stated, A⁵ = 1.6 falling linearly to 0. */
export function paperSlab({ mass = 0, sites = 50 } = {}): SlabParameters {
  const chiralGaugeField = Float64Array.from({ length: sites }, (_, l) => 1.6 * (1 - l / sites));
  return { sites, velocity: 1, mass, hopping: -1, chiralGaugeField };
}
