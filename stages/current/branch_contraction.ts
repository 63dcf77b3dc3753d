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
import { occupationGroups, Scratch } from "./occupation_groups.ts";

const [FA, CLL, LANDAU, OTHER] = BRANCHES.keys();

/** Sums over one block. */
export interface BranchSums {
  /** What all terms would add up to if none cancelled. */
  readonly magnitude: number;
  /** Charge currents, shape `[setting][branch]`. */
  readonly charge: Float64Array;
}

/** The terms of one branch at one momentum: energies, and what stands before h_l. */
class Terms {
  readonly scratch: Scratch;
  readonly #energy: Float64Array;
  readonly #sites: number;
  #count = 0;
  #bound = 0;

  constructor(most: number, sites: number) {
    this.scratch = new Scratch(most, sites);
    this.#energy = new Float64Array(most);
    this.#sites = sites;
  }

  /** Energies of the terms that are there. */
  get energy(): Float64Array {
    return this.#energy.subarray(0, this.#count);
  }

  /** The sum of the absolute factors. */
  get bound(): number {
    return this.#bound;
  }

  clear(): void {
    this.#count = this.#bound = 0;
  }

  /** Adds factor · values[from + l]. */
  add(energy: number, factor: number, values: Float64Array, from: number): void {
    const { weighted, stride } = this.scratch, sites = this.#sites, at = this.#count * stride;
    for (let l = 0; l < sites; l++) weighted[at + l] = factor * values[from + l];
    this.#energy[this.#count++] = energy;
    this.#bound += Math.abs(factor);
  }
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
  const groups = occupationGroups(settings, largestEnergy);
  const branches = BRANCHES.map((_, branch) => new Terms(branch === FA || branch === CLL ? 2 : order, sites));
  for (let point = 0; point < points; point++) {
    pulse();
    sort(block, point, branches);
    branches.forEach((terms, branch) => {
      const { energy, scratch } = terms;
      magnitude += weight[point] * terms.bound;
      if (energy.length === 0) return;
      for (const group of groups) {
        group.prepare(energy, scratch);
        for (const member of group.members) {
          group.accumulate(member, energy, scratch);
          let sum = 0;
          for (let l = 0; l < sites; l++) sum += scratch.charge[l];
          charge[member.setting * BRANCHES.length + branch] += weight[point] * sum;
        }
      }
    });
  }
  return { magnitude, charge };
}

/** Hands the states of one momentum to their branches. */
function sort(block: BranchBlock, point: number, branches: readonly Terms[]): void {
  const points = block.qy.length, order = block.energy.length / points, sites = block.density.length / points / 2;
  const first = point * order, chiral = block.chiral[point];
  for (const terms of branches) terms.clear();
  if (chiral > 0) {
    for (const state of [0, 1]) {
      const at = 2 * point + state, slope = block.groupVelocity[first];
      const terms = branches[block.branch[at] === "fa" ? FA : CLL];
      terms.add(block.energy[first], state === 0 ? -slope : slope, block.density, at * sites);
    }
  }
  for (let n = chiral; n < order; n++) {
    const at = first + n, energy = block.energy[at];
    // At q_y = 0 only levels of zero energy have a group velocity: that of the branch on which the tilt is 1.
    const tilt = block.qy[point] === 0 || energy === 0 ? 1 : block.drift[point] / energy;
    const terms = branches[n >= 1 && n <= block.landau[point] ? LANDAU : OTHER];
    terms.add(energy, -block.groupVelocity[at] * tilt, block.imbalance, at * sites);
  }
}
