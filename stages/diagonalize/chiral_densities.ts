/**
 * Where the two chiral states of the slab sit: their probability densities at chosen momenta, which Fig. 2(c) shows.
 *
 * Both belong to the lowest mode of B, one at +ε, one at −ε. The Fermi arc is the one closer to a surface, the chiral Landau level the one deeper in the slab; which
 * of the two that is depends on the signs of v and A⁵ and is read off, not assumed. Beyond the ends of the arc the same two states belong to the bulk.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { chiralSolver, type KernelChoice } from "../kernel/kernel.ts";
import { chiralModes, eigenstates } from "./chiral_modes.ts";
import type { BlockMomenta } from "./momentum_block.ts";
import type { ChiralSolver } from "./solver.ts";

/** The name of a chiral branch: Fermi arc or chiral Landau level. */
export type BranchName = "fa" | "cll";

/** Two states that sit equally far from a surface, to this many sites, are two Fermi arcs, as in a uniform field. */
const SAME_DEPTH = 1e-6;

/** Densities at a list of momenta. `[state]` is 0 for the state of lower energy and 1 for the other. */
export interface ChiralDensities {
  /** q_y, shape `[point]`. */
  readonly qy: Float64Array;
  /** q_z, shape `[point]`. */
  readonly qz: Float64Array;
  /** Names, `[point][state]`. */
  readonly branch: readonly BranchName[];
  /** E, shape `[point][state]`. */
  readonly energy: Float64Array;
  /** |⟨l|ψ⟩|² summed over the orbitals, shape `[point][state][site]`; adds up to 1 over the sites. */
  readonly density: Float64Array;
}

/**
 * The densities of the chiral states.
 *
 * @param slab The slab.
 * @param solver A solver for this slab.
 * @param momenta The momenta.
 * @param pulse Called before each momentum; may throw to stop the work.
 * @returns The densities.
 * @throws {Error} If the solver does not converge.
 */
export function chiralDensities(
  slab: Slab,
  solver: ChiralSolver,
  momenta: BlockMomenta,
  pulse: () => void = () => {},
): ChiralDensities {
  const { sites } = slab, points = momenta.qy.length, lower = 2 * sites - 1;
  const qy = Float64Array.from(momenta.qy), qz = Float64Array.from(momenta.qz);
  const branch: BranchName[] = [];
  const energy = new Float64Array(2 * points), density = new Float64Array(2 * points * sites);
  const modes = chiralModes(sites);
  for (let point = 0; point < points; point++) {
    pulse();
    const momentum = { qy: qy[point], qz: qz[point] };
    solver.solve(momentum, modes);
    const states = eigenstates(slab, momentum, modes);
    energy.set(states.energy.subarray(lower, lower + 2), 2 * point);
    density.set(states.density.subarray(lower * sites, (lower + 2) * sites), 2 * point * sites);
    const depths = [modes.leftDensity, modes.rightDensity].map((all) => meanDepth(all.subarray(0, sites)));
    const [left, right] = branchNames(depths[0], depths[1]);
    // The state at +ε is the one of u for v sin q_y > 0 and of v below; on the line q_y = 0 itself the branches change places.
    branch.push(...slab.velocity * Math.sin(momentum.qy) < 0 ? [left, right] : [right, left]);
  }
  return { qy, qz, branch, energy, density };
}

/**
 * Names two chiral states by how deep in the slab they sit.
 *
 * @param first Mean distance of the first one from the nearer surface.
 * @param second Likewise of the second one.
 * @returns Their names; two Fermi arcs if they sit equally deep.
 */
export function branchNames(first: number, second: number): [BranchName, BranchName] {
  return [first - second > SAME_DEPTH ? "cll" : "fa", second - first > SAME_DEPTH ? "cll" : "fa"];
}

/**
 * How deep in the slab a state sits.
 *
 * @param density Its density, shape `[site]`; adds up to 1.
 * @returns Mean distance from the surface that is nearer to each site.
 */
export function meanDepth(density: Float64Array): number {
  return density.reduce((sum, value, l) => sum + value * Math.min(l, density.length - 1 - l), 0);
}

/** The stage `diagonalize`, as far as it looks at the chiral states only. */
export const densityStage: Stage<BlockMomenta & KernelChoice, [Slab], ChiralDensities> = {
  kind: "map",
  name: "diagonalize",
  task: "density",
  module: import.meta.url,
  export: "densityStage",
  format: "arrays",
  place: "worker",
  run: (momenta, [slab], pulse) => chiralDensities(slab, chiralSolver(slab, momenta.kernel), momenta, pulse),
};
