/**
 * The current bath by bath, as a stage: the terms of Eqs. (5), (6) kept apart by the site whose bath feeds them in. Apart from the totals of `current.ts`,
 * which are cheaper alone.
 *
 * @module
 */
import type { FoldStage } from "../../pipeline/dataflow/stage.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { isResponseBlock, type ResponseBlock } from "../finite_coupling/response_block.ts";
import { contractResponse } from "../finite_coupling/response_contraction.ts";
import { addTo, sum } from "../numerics/sums.ts";
import { baths } from "./baths.ts";
import { contractBlock } from "./contraction.ts";
import { auditCurrent, type Current, type CurrentParameters } from "./current.ts";
import { gridWeights } from "./grid_weights.ts";

/** The currents with their terms. */
export interface CurrentProfile extends Pick<Current, "charge" | "energy" | "magnitude"> {
  /** The l-th terms of Eq. (5) or (6), what the bath at site l feeds into the slab; shape `[site]`. */
  readonly chargeProfile: Float64Array;
  /** Likewise for the energy current, shape `[site]`. */
  readonly energyProfile: Float64Array;
}

/** The stage `current_profile`. */
export const currentProfileStage: FoldStage<CurrentParameters, MomentumBlock | ResponseBlock, CurrentProfile> = {
  kind: "fold",
  name: "current",
  task: "profile",
  module: import.meta.url,
  export: "currentProfileStage",
  format: "arrays",
  width: 256,

  partial(sets, block, index, pulse) {
    const { sites, momentum } = sets[0]; // points that fold the same blocks share both
    const { row, point, coarsePoint } = gridWeights(momentum, sites, index);
    const settings = sets.map((set) => baths(set.baths, sites));
    const { sea, magnitude, currents } = isResponseBlock(block)
      ? contractResponse(block, settings, point, coarsePoint, pulse)
      : contractBlock(block, settings, point, pulse);
    const partial = new Float64Array(sites + 1 + 2 * sets.length * sites);
    for (let l = 0; l < sites; l++) partial[l] = row * sea[l];
    partial[sites] = row * magnitude;
    currents.forEach(({ charge, energy }, set) => {
      const at = sites + 1 + 2 * set * sites;
      for (let l = 0; l < sites; l++) {
        partial[at + l] = row * charge[l];
        partial[at + sites + l] = row * energy[l];
      }
    });
    return partial;
  },

  combine: addTo,

  finish(sets, total) {
    const { sites } = sets[0], sea = total.subarray(0, sites), magnitude = total[sites];
    return sets.map((_, set) => {
      const at = sites + 1 + 2 * set * sites;
      const withoutSea = total.subarray(at, at + sites), energyProfile = total.slice(at + sites, at + 2 * sites);
      return {
        charge: sum(withoutSea),
        energy: sum(energyProfile),
        magnitude,
        chargeProfile: withoutSea.map((value, l) => value + sea[l]),
        energyProfile,
      };
    });
  },

  audit: auditProfile,
};

/**
 * Checks a current and its terms against what holds exactly.
 *
 * @param current The current.
 * @throws {Error} If its profile does not add up to it, or a number is not finite.
 */
export function auditProfile(current: Omit<CurrentProfile, "energyProfile">): void {
  auditCurrent(current);
  // The sea carries nothing in total, so that the profile adds up to the total; rounding is measured by what would be there
  // if nothing cancelled, since the sums themselves may vanish.
  const { charge, magnitude, chargeProfile } = current, profile = sum(chargeProfile);
  if (!(Math.abs(profile - charge) <= 1e-11 * magnitude)) {
    throw new Error(`Cannot accept the current ${charge}: its profile over the sites adds up to ${profile}`);
  }
}
