/**
 * Eq. (6) by branch: one block of momenta contracted with many bath settings, the states of each branch added up on their own.
 *
 * A state contributes J_α Σ_l P_α(l) [f(E_α, β_l, μ_l) − ½]. The ½, which all states together turn into nothing, is taken off so that a branch is counted from
 * half filling, as in Eq. (7): a filled Fermi arc carries a current, the filled chiral Landau level the opposite one, whatever the baths. With
 * g = ∂ε_0/∂q_y, h_l(ε) = f(ε) + f(−ε) − 1 and P₁, P₂ the densities of the two chiral states, these carry −g Σ_l P₁(l) h_l(ε_0) and +g Σ_l P₂(l) h_l(ε_0),
 * summed over ±q_y; all other modes carry what they carry in the whole (`contraction.ts`), of which the chiral mode's is the sum of the two.
 *
 * @module
 */
import type { BranchBlock } from "../diagonalize/branch_block.ts";
import type { Baths } from "./baths.ts";
import { BRANCHES } from "./branches.ts";
import { closeModes, weighMode } from "./mode_weights.ts";
import { occupationGroups } from "./occupation_groups.ts";
import { occupationSums } from "./occupation_sums.ts";
import type { OccupationSums } from "./occupation_tables.ts";

const [FA, CLL, LANDAU, OTHER] = BRANCHES.keys();

/** Sums over one block. */
export interface BranchSums {
  /** What all terms would add up to if none cancelled. */
  readonly magnitude: number;
  /** Charge currents, shape `[setting][branch]`. */
  readonly charge: Float64Array;
}

/**
 * Contracts a block with many bath settings.
 *
 * The numbers of one setting do not depend on which others are asked for with it.
 *
 * @param block The block.
 * @param settings The baths, each of as many sites as the block.
 * @param weight Multiplicity of each momentum divided by two (its mirror image at −q_y is in the formula already), shape `[point]`.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns The sums.
 */
export function contractBranches(
  block: BranchBlock,
  settings: readonly Baths[],
  weight: Float64Array,
  pulse: () => void = () => {},
): BranchSums {
  const points = block.qy.length, order = block.energy.length / points, sites = block.density.length / points / 2;
  const charge = new Float64Array(settings.length * BRANCHES.length);
  let magnitude = 0;
  const largestEnergy = block.energy.reduce((largest, energy) => Math.max(largest, energy), 0);
  const sums = occupationSums(Math.max(order, 2), sites, settings.length);
  try {
    const groups = occupationGroups(settings, largestEnergy, sums), energy = new Float64Array(Math.max(order, 2));
    for (let point = 0; point < points; point++) {
      pulse();
      for (const branch of BRANCHES.keys()) {
        const { count, bound } = gather(block, point, branch, sums, energy);
        magnitude += weight[point] * bound;
        if (count === 0) continue;
        const own = energy.subarray(0, count);
        for (const group of groups) {
          group.prepare(own);
          group.accumulate(own, 0);
          group.settings.forEach((setting, i) => {
            const total = sums.members.totals[2 * (group.first + i)];
            charge[setting * BRANCHES.length + branch] += weight[point] * total;
          });
        }
      }
    }
  } finally {
    sums.release();
  }
  return { magnitude, charge };
}

/** Writes energies and weights of the states of one branch at one momentum, and returns how many there are and the sum of their absolute factors. */
function gather(
  block: BranchBlock,
  point: number,
  branch: number,
  sums: OccupationSums,
  energies: Float64Array,
): { count: number; bound: number } {
  const points = block.qy.length, order = block.energy.length / points, sites = block.density.length / points / 2;
  const first = point * order, chiral = block.chiral[point];
  let count = 0, bound = 0;
  const add = (energy: number, factor: number, values: Float64Array, from: number): void => {
    weighMode(sums, count, factor, values, from, sites);
    energies[count++] = energy;
    bound += Math.abs(factor);
  };
  if (chiral > 0 && (branch === FA || branch === CLL)) {
    for (const state of [0, 1]) {
      const at = 2 * point + state, slope = block.groupVelocity[first];
      if (branch !== (block.branch[at] === "fa" ? FA : CLL)) continue;
      add(block.energy[first], state === 0 ? -slope : slope, block.density, at * sites);
    }
  }
  if (branch === LANDAU || branch === OTHER) {
    for (let n = chiral; n < order; n++) {
      if (branch !== (n >= 1 && n <= block.landau[point] ? LANDAU : OTHER)) continue;
      const at = first + n, energy = block.energy[at];
      // At q_y = 0 only levels of zero energy have a group velocity: that of the branch on which the tilt is 1.
      const tilt = block.qy[point] === 0 || energy === 0 ? 1 : block.drift[point] / energy;
      add(energy, -block.groupVelocity[at] * tilt, block.imbalance, at * sites);
    }
  }
  closeModes(sums, count);
  return { count, bound };
}
