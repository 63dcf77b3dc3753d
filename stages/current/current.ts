/**
 * NEGF current and spectral integration as a stage: all blocks of the grid contracted with the baths of all points, by Eq. (6) or Eq. (5),
 * whichever the blocks are made for.
 *
 * @module
 */
import type { FoldStage } from "../../pipeline/dataflow/stage.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import { isResponseBlock, type ResponseBlock } from "../finite_coupling/response_block.ts";
import { type BathParameters, baths } from "./baths.ts";
import { addShares, shareIn } from "./block_share.ts";
import { currentNumbers, CurrentShares } from "./current_share.ts";
import { gridWeights } from "./grid_weights.ts";
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
}

/** The stage `current`: in the limit Γ → 0 from blocks of modes, at a finite Γ from blocks of poles. */
export const currentStage: FoldStage<CurrentParameters, MomentumBlock | ResponseBlock, Current> = {
  kind: "fold",
  name: "current",
  task: "current",
  module: import.meta.url,
  export: "currentStage",
  format: "arrays",
  width: 1024,
  depth: 8,

  partial(sets, block, index, pulse) {
    const { sites, momentum } = sets[0]; // points that fold the same blocks share both
    const weights = gridWeights(momentum, sites, index), shares = sharesOf(sets);
    return isResponseBlock(block) ? shares.ofPoles(block, weights, pulse) : shares.ofModes(block, weights, pulse);
  },

  combine: addShares,

  *finish(sets, total) {
    const share = SHARE[sets[0].momentum.rule ?? "midpoint"], { magnitude: [magnitude] } = shareIn(total);
    for (const own of currentNumbers(sets.map((set) => baths(set.baths, set.sites)), total)) {
      const [charge, energy, chargeY, energyY, chargeZ, energyZ, chargeBoth, energyBoth] = own;
      yield {
        charge,
        chargeError: momentumError(charge, { y: chargeY, z: chargeZ, both: chargeBoth }, share.charge),
        energy,
        energyError: momentumError(energy, { y: energyY, z: energyZ, both: energyBoth }, share.energy),
        magnitude,
      };
    }
  },

  audit: auditCurrent,
};

/** What was used for the last block, since the next one most likely has the same settings. */
let last: { readonly sets: readonly CurrentParameters[]; readonly shares: CurrentShares } | undefined;

/** The shares of some sets. */
function sharesOf(sets: readonly CurrentParameters[]): CurrentShares {
  if (last?.sets === sets) return last.shares;
  last?.shares.release();
  last = { sets, shares: new CurrentShares(sets.map((set) => baths(set.baths, set.sites))) };
  return last.shares;
}

/**
 * Checks a current against what holds exactly.
 *
 * @param current The current.
 * @throws {Error} If a number is not finite, or the current is larger than if all its terms had one sign.
 */
export function auditCurrent({ charge, energy, magnitude }: Pick<Current, "charge" | "energy" | "magnitude">): void {
  // |D_n(l)| adds up to 2 over the sites at the most, and no occupation factor is larger than 1.
  if (!(Math.abs(charge) <= 2 * magnitude * (1 + 1e-12))) {
    throw new Error(`Cannot accept the current ${charge}: its terms add up to ${2 * magnitude} at the most`);
  }
  if (!Number.isFinite(energy)) throw new Error(`Cannot accept the energy current: it is ${energy}`);
}
