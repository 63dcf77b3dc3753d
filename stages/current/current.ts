/**
 * NEGF current and spectral integration as a stage: all blocks of the grid contracted with the baths of all points, by Eq. (6) or Eq. (5),
 * whichever the blocks are made for.
 *
 * @module
 */
import type { FoldStage } from "../../pipeline/dataflow/stage.ts";
import { gridBlocks } from "../diagonalize/grid_blocks.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { isResponseBlock, type ResponseBlock } from "../finite_coupling/response_block.ts";
import { contractResponse } from "../finite_coupling/response_contraction.ts";
import { momentumAxes, type MomentumGrid } from "../diagonalize/momentum_grid.ts";
import { type BathParameters, baths } from "./baths.ts";
import { contractBlock } from "./contraction.ts";
import { momentumError, SHARE } from "./momentum_error.ts";

/** What the current reads at a point of a study. */
export interface CurrentParameters {
  /** L. */
  readonly sites: number;
  /** The grid. */
  readonly momentum: MomentumGrid;
  /** The baths. */
  readonly baths: BathParameters;
}

/** Currents in units e v/(ħ a²) and, for energy, v²/(ħ a³), with all of them set to 1. */
export interface Current {
  /** ⟨J_y⟩, the sum over the sites. */
  readonly charge: number;
  /** The error of the momentum sum for ⟨J_y⟩. */
  readonly chargeError: number;
  /** ⟨J_y^E⟩ likewise. */
  readonly energy: number;
  /** The error of the momentum sum for ⟨J_y^E⟩. */
  readonly energyError: number;
  /** What the terms of the charge current would add up to if none cancelled: sums are good to about 1e-14 of this. */
  readonly magnitude: number;
  /** The l-th terms of Eq. (5) or (6), what the bath at site l feeds into the slab; shape `[site]`. */
  readonly chargeProfile: Float64Array;
  /** Likewise for the energy current, shape `[site]`. */
  readonly energyProfile: Float64Array;
}

/** Numbers a parameter set, behind two profiles: charge and energy by each of the three coarse rules. */
const COARSE = 6;

/** The stage `current`: in the limit Γ → 0 from blocks of modes, at a finite Γ from blocks of poles. */
export const currentStage: FoldStage<CurrentParameters, MomentumBlock | ResponseBlock, Current> = {
  kind: "fold",
  name: "current",
  task: "current",
  module: import.meta.url,
  export: "currentStage",
  format: "arrays",
  width: 256,

  partial(sets, block, index, pulse) {
    const { sites, momentum } = sets[0]; // points that fold the same blocks share both
    const { row, first, end } = gridBlocks(momentum, sites)[index];
    const measure = 1 / (momentum.qy * momentum.qz); // d²q/(2π)² of a cell
    const { y, z } = momentumAxes(momentum);
    const rowWeight = z.weight[row] * measure, coarseRowWeight = z.coarseWeight[row] * measure;
    // Half of the weight along q_y: the contraction sums over ±q_y itself.
    const weight = y.weight.subarray(first, end).map((count) => count / 2);
    const coarseWeight = y.coarseWeight.subarray(first, end).map((count) => count / 2);
    const settings = sets.map((set) => baths(set.baths, sites));
    const { sea, magnitude, currents } = isResponseBlock(block)
      ? contractResponse(block, settings, weight, coarseWeight, pulse)
      : contractBlock(block, settings, weight, coarseWeight, pulse);

    const stride = 2 * sites + COARSE;
    const partial = new Float64Array(sites + 1 + sets.length * stride);
    for (let l = 0; l < sites; l++) partial[l] = rowWeight * sea[l];
    partial[sites] = rowWeight * magnitude;
    currents.forEach(({ charge, energy, coarse }, set) => {
      const at = sites + 1 + set * stride;
      for (let l = 0; l < sites; l++) {
        partial[at + l] = rowWeight * charge[l];
        partial[at + sites + l] = rowWeight * energy[l];
      }
      partial.set(
        [
          rowWeight * coarse[0], // wide cells along q_y
          rowWeight * coarse[1],
          coarseRowWeight * sum(charge), // along q_z
          coarseRowWeight * sum(energy),
          coarseRowWeight * coarse[0], // along both
          coarseRowWeight * coarse[1],
        ],
        at + 2 * sites,
      );
    });
    return partial;
  },

  combine(total, partial) {
    for (let i = 0; i < total.length; i++) total[i] += partial[i];
  },

  finish(sets, total) {
    const { sites, momentum } = sets[0], stride = 2 * sites + COARSE, share = SHARE[momentum.rule ?? "midpoint"];
    const sea = total.subarray(0, sites), magnitude = total[sites];
    return sets.map((_, set) => {
      const at = sites + 1 + set * stride;
      const withoutSea = total.subarray(at, at + sites), energyProfile = total.slice(at + sites, at + 2 * sites);
      const charge = sum(withoutSea), energy = sum(energyProfile);
      const [chargeY, energyY, chargeZ, energyZ, chargeBoth, energyBoth] = total.subarray(at + 2 * sites, at + stride);
      return {
        charge,
        chargeError: momentumError(charge, { y: chargeY, z: chargeZ, both: chargeBoth }, share.charge),
        energy,
        energyError: momentumError(energy, { y: energyY, z: energyZ, both: energyBoth }, share.energy),
        magnitude,
        chargeProfile: withoutSea.map((value, l) => value + sea[l]),
        energyProfile,
      };
    });
  },

  audit: auditCurrent,
};

/**
 * Checks a current against what holds exactly.
 *
 * @param current The current.
 * @throws {Error} If its profile does not add up to it, or a number is not finite.
 */
export function auditCurrent({ charge, energy, magnitude, chargeProfile }: Current): void {
  // The sea carries nothing in total, so that the profile adds up to the total; rounding is measured by what would be there
  // if nothing cancelled, since the sums themselves may vanish.
  const profile = sum(chargeProfile);
  if (!(Math.abs(profile - charge) <= 1e-11 * magnitude)) {
    throw new Error(`Cannot accept the current ${charge}: its profile over the sites adds up to ${profile}`);
  }
  if (!Number.isFinite(energy)) throw new Error(`Cannot accept the energy current: it is ${energy}`);
}

/**
 * Adds numbers up in their order.
 *
 * @param values The numbers.
 * @returns Their sum.
 */
export function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
