/**
 * The current by branch as a stage: who carries the current of Eq. (6), and against whom.
 *
 * @module
 */
import type { FoldStage } from "../../pipeline/dataflow/stage.ts";
import type { BranchBlock } from "../diagonalize/branch_block.ts";
import { gridBlocks } from "../diagonalize/grid_blocks.ts";
import { momentumAxes } from "../diagonalize/momentum_grid.ts";
import { addTo } from "../numerics/sums.ts";
import { baths } from "./baths.ts";
import { contractBranches } from "./branch_contraction.ts";
import { BRANCHES } from "./branches.ts";
import type { CurrentParameters } from "./current.ts";

/** Charge currents in units e v/(ħ a²) with all of them set to 1; their sum is ⟨J_y⟩. */
export interface BranchCurrent {
  /** One a branch, in the order of {@linkcode BRANCHES}. */
  readonly charge: readonly number[];
  /** What the terms would add up to if none cancelled: sums are good to about 1e-14 of this. */
  readonly magnitude: number;
}

/** The stage `current` in the limit Γ → 0, split by branch. */
export const branchCurrentStage: FoldStage<CurrentParameters, BranchBlock, BranchCurrent> = {
  kind: "fold",
  name: "current",
  task: "by branch",
  module: import.meta.url,
  export: "branchCurrentStage",
  format: "json",
  width: 1024,

  partial(sets, block, index, pulse) {
    const { sites, momentum } = sets[0]; // points that fold the same blocks share both
    const { row, first, end } = gridBlocks(momentum, sites)[index];
    const { y, z } = momentumAxes(momentum);
    const cells = z.weight[row] / (momentum.qy * momentum.qz); // d²q/(2π)² of a row's cells
    // Half of the weight along q_y: the contraction sums over ±q_y itself.
    const weight = y.weight.subarray(first, end).map((count) => cells * count / 2);
    const { magnitude, charge } = contractBranches(block, sets.map((set) => baths(set.baths, sites)), weight, pulse);
    const partial = new Float64Array(1 + charge.length);
    partial[0] = magnitude;
    partial.set(charge, 1);
    return partial;
  },

  combine: addTo,

  finish(sets, total) {
    const [magnitude] = total, count = BRANCHES.length;
    return sets.map((_, set) => ({ charge: [...total.subarray(1 + set * count, 1 + (set + 1) * count)], magnitude }));
  },

  audit({ charge, magnitude }) {
    charge.forEach((value, branch) => {
      // No state is occupied more than once.
      if (!(Math.abs(value) <= magnitude * (1 + 1e-9))) {
        throw new Error(
          `Cannot accept the current of the branch ${
            BRANCHES[branch]
          }: it is ${value}, and all terms add up to at most ${magnitude}`,
        );
      }
    });
  },
};
