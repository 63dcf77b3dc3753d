/**
 * A block of momenta for `current_by_branch`: what {@linkcode MomentumBlock} holds, and of the chiral pair the two densities that it lacks.
 *
 * The sum over the states ±E at ±q_y of a mode needs the imbalance of u and v only. Either of the two chiral states alone needs its own density.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import { chiralSolver, type KernelChoice } from "../kernel/kernel.ts";
import { modeClasses } from "./branch_modes.ts";
import { type BranchName, branchNames, meanDepth } from "./chiral_densities.ts";
import { auditMomentumBlock, type BlockMomenta, type MomentumBlock, momentumBlock } from "./momentum_block.ts";
import type { ChiralSolver, LowestMode } from "./solver.ts";

/**
 * A block with its classes. `[state]` is 0 for the state at +ε_0 at +q_y, which is also that at −ε_0 at −q_y, and 1 for the other one: at small σ_0 the branches
 * E = ±v sin q_y.
 */
export interface BranchBlock extends MomentumBlock {
  /** 1 where the lowest mode is the chiral pair, else 0; shape `[point]`. */
  readonly chiral: Float64Array;
  /** How many of the modes 1, 2, … are Landau levels, shape `[point]`. */
  readonly landau: Float64Array;
  /** Names of the two states, `[point][state]`; without meaning where the mode is not chiral. */
  readonly branch: readonly BranchName[];
  /** P(l) of the two states of the lowest mode, shape `[point][state][site]`; adds up to 1 over the sites. */
  readonly density: Float64Array;
}

/**
 * Diagonalizes at a block of momenta and sorts the states.
 *
 * @param slab The slab.
 * @param solver A solver for this slab.
 * @param momenta The momenta.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns The block.
 * @throws {Error} If the solver does not converge.
 */
export function branchBlock(
  slab: Slab,
  solver: ChiralSolver,
  momenta: BlockMomenta,
  pulse: () => void = () => {},
): BranchBlock {
  const { sites } = slab, points = momenta.qy.length;
  const chiral = new Float64Array(points), landau = new Float64Array(points);
  const density = new Float64Array(2 * points * sites), branch: BranchName[] = [];
  const sort = (point: number, lowest: LowestMode): void => {
    const momentum = { qy: momenta.qy[point], qz: momenta.qz[point] };
    const classes = modeClasses(slab, momentum, lowest.singularValue);
    chiral[point] = classes.chiral ? 1 : 0;
    landau[point] = classes.landau;
    const pair = density.subarray(2 * point * sites, 2 * (point + 1) * sites);
    pairDensities(slab, momentum, lowest, pair);
    branch.push(...branchNames(meanDepth(pair.subarray(0, sites)), meanDepth(pair.subarray(sites))));
  };
  return { ...momentumBlock(slab, solver, momenta, pulse, sort), chiral, landau, branch, density };
}

/** a² |u|² + b² |v|² and b² |u|² + a² |v|² of the lowest mode. */
function pairDensities(slab: Slab, { qy }: Momentum, lowest: LowestMode, pair: Float64Array): void {
  const { sites } = slab, drift = slab.velocity * Math.sin(qy), energy = Math.hypot(drift, lowest.singularValue[0]);
  // As the contraction has it, where at q_y = 0 only a crossing at zero energy carries a current: a² − b² = 1 on the branch +v sin q_y.
  const tilt = qy === 0 || energy === 0 ? 1 : drift / energy;
  const a2 = (1 + tilt) / 2, b2 = (1 - tilt) / 2;
  for (let l = 0; l < sites; l++) {
    const u = lowest.leftDensity[l], v = lowest.rightDensity[l];
    pair[l] = a2 * u + b2 * v;
    pair[sites + l] = b2 * u + a2 * v;
  }
}

/** The stage `diagonalize` on a block of the grid, with the states sorted into branches. */
export const branchStage: Stage<BlockMomenta & KernelChoice, [Slab], BranchBlock> = {
  kind: "map",
  name: "diagonalize",
  task: "branches",
  module: import.meta.url,
  export: "branchStage",
  format: "arrays",
  place: "worker",
  run: (momenta, [slab], pulse) => branchBlock(slab, chiralSolver(slab, momenta.kernel), momenta, pulse),
  audit(block, _momenta, [slab]) {
    auditMomentumBlock(block, slab);
    const { sites } = slab;
    for (let start = 0; start < block.density.length; start += sites) {
      const norm = block.density.subarray(start, start + sites).reduce((sum, value) => sum + value, 0);
      if (!(Math.abs(norm - 1) < 1e-10)) {
        const point = Math.floor(start / (2 * sites));
        throw new Error(
          `Cannot accept the diagonalization at q_y = ${block.qy[point]}, q_z = ${block.qz[point]}: ` +
            `the density of a chiral state adds up to ${norm}`,
        );
      }
    }
  },
};
