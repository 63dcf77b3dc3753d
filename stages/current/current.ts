/**
 * NEGF current and spectral integration as a stage: all blocks of the grid contracted with the baths of all points, Eq. (6).
 *
 * @module
 */
import type { FoldStage } from "../../pipeline/dataflow/stage.ts";
import { gridBlocks } from "../diagonalize/grid_blocks.ts";
import { coarseMultiplicity, type MomentumGrid, multiplicity } from "../diagonalize/midpoint_grid.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { type BathParameters, baths } from "./baths.ts";
import { contractBlock } from "./contraction.ts";
import { momentumError } from "./momentum_error.ts";

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
  /** ⟨J_y⟩, the sum over the sites, and the error of the momentum sum. */
  readonly charge: number;
  /** The error of the momentum sum for ⟨J_y⟩. */
  readonly chargeError: number;
  /** ⟨J_y^E⟩ likewise. */
  readonly energy: number;
  /** The error of the momentum sum for ⟨J_y^E⟩. */
  readonly energyError: number;
  /** The l-th terms of Eq. (6), shape `[site]`. */
  readonly chargeProfile: Float64Array;
  /** Likewise for the energy current, shape `[site]`. */
  readonly energyProfile: Float64Array;
}

/** Numbers of one parameter set among the partial sums: two profiles, then charge and energy by each of the two coarse rules. */
const COARSE = 4;

/** The stage `current` in the limit Γ → 0. */
export const currentStage: FoldStage<CurrentParameters, MomentumBlock, Current> = {
  kind: "fold",
  name: "current",
  task: "limit",
  module: import.meta.url,
  export: "currentStage",
  format: "arrays",
  width: 256,

  partial(sets, block, index, pulse) {
    const { sites, momentum } = sets[0]; // points that fold the same blocks share both
    const { row, first, end } = gridBlocks(momentum, sites)[index];
    const measure = 1 / (momentum.qy * momentum.qz); // d²q/(2π)² of a cell
    const rowWeight = multiplicity(momentum.qz)[row] * measure,
      coarseRowWeight = coarseMultiplicity(momentum.qz)[row] * measure;
    // Half of the multiplicity along q_y: the contraction sums over ±q_y itself.
    const weight = multiplicity(momentum.qy).subarray(first, end).map((count) => count / 2);
    const coarseWeight = coarseMultiplicity(momentum.qy).subarray(first, end).map((count) => count / 2);
    const { sea, currents } = contractBlock(
      block,
      sets.map((set) => baths(set.baths, sites)),
      weight,
      coarseWeight,
      pulse,
    );

    const stride = 2 * sites + COARSE;
    const partial = new Float64Array(sites + sets.length * stride);
    for (let l = 0; l < sites; l++) partial[l] = rowWeight * sea[l];
    currents.forEach(({ charge, energy, coarse }, set) => {
      const at = sites + set * stride;
      for (let l = 0; l < sites; l++) {
        partial[at + l] = rowWeight * charge[l];
        partial[at + sites + l] = rowWeight * energy[l];
      }
      partial[at + 2 * sites] = rowWeight * coarse[0];
      partial[at + 2 * sites + 1] = rowWeight * coarse[1];
      partial[at + 2 * sites + 2] = coarseRowWeight * sum(charge);
      partial[at + 2 * sites + 3] = coarseRowWeight * sum(energy);
    });
    return partial;
  },

  combine(total, partial) {
    for (let i = 0; i < total.length; i++) total[i] += partial[i];
  },

  finish(sets, total) {
    const { sites } = sets[0], stride = 2 * sites + COARSE;
    const sea = total.subarray(0, sites);
    return sets.map((_, set) => {
      const at = sites + set * stride;
      const withoutSea = total.subarray(at, at + sites), energyProfile = total.slice(at + sites, at + 2 * sites);
      const charge = sum(withoutSea), energy = sum(energyProfile);
      const [chargeY, energyY, chargeZ, energyZ] = total.subarray(at + 2 * sites, at + stride);
      return {
        charge,
        chargeError: momentumError(charge, chargeY, chargeZ),
        energy,
        energyError: momentumError(energy, energyY, energyZ),
        chargeProfile: withoutSea.map((value, l) => value + sea[l]),
        energyProfile,
      };
    });
  },

  audit({ charge, chargeProfile }) {
    // The sea carries nothing in total, so that the profile adds up to the total; rounding is measured by what was added up.
    const profile = sum(chargeProfile), scale = chargeProfile.reduce((size, value) => size + Math.abs(value), 0);
    if (!(Math.abs(profile - charge) <= 1e-11 * scale + 1e-300)) {
      throw new Error(`Cannot accept the current ${charge}: its profile over the sites adds up to ${profile}`);
    }
  },
};

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
