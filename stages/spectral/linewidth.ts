/**
 * How much disorder broadens the two chiral branches: the claim below Eq. (4) that one of them is the more robust, in numbers.
 *
 * @module
 */
import type { BranchName } from "../diagonalize/chiral_densities.ts";
import { ChiralBranches } from "./chiral_branches.ts";
import type { OrbitalDiagonal } from "./recursion.ts";
import { type SelfEnergy, selfEnergyAt } from "./self_energy.ts";

/** Widths of the branches, a row each; the arrays are of shape `[row]`. */
export interface Linewidths {
  /** ω. */
  readonly omega: Float64Array;
  /** The branch. */
  readonly state: readonly BranchName[];
  /** Where on the branch E = ω. */
  readonly qy: Float64Array;
  /** −2 Im⟨ψ|Σ^R(ω)|ψ⟩, the full width at half maximum of the peak in energy, without what 2η adds. */
  readonly width: Float64Array;
}

/**
 * Width of a state to first order in Σ^R.
 *
 * @param selfEnergy Σ^R at the state's energy, shape `[site][orbital]`.
 * @param density |⟨lν|ψ⟩|², of the same shape.
 * @returns −2 Im⟨ψ|Σ^R|ψ⟩, in units of energy.
 */
export function linewidth(selfEnergy: OrbitalDiagonal, density: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < density.length; i++) sum += selfEnergy.im[i] * density[i];
  return -2 * sum;
}

/**
 * Widths of the chiral branches.
 *
 * @param selfEnergy Σ^R, and the slab.
 * @param qz q_z.
 * @param omega The energies, each one that Σ^R was computed at.
 * @param pulse Called now and then; may throw to stop the work.
 * @returns A row for each energy and branch that passes it; an energy in the gap, or beyond the branches, has none.
 * @throws {Error} If an eigenvector does not converge, or Σ^R lacks a frequency.
 */
export function linewidths(
  selfEnergy: SelfEnergy,
  qz: number,
  omega: readonly number[],
  pulse: () => void = () => {},
): Linewidths {
  const branches = new ChiralBranches(selfEnergy, qz, pulse);
  const rows = omega.flatMap((energy) => {
    pulse();
    const sigma = selfEnergyAt(selfEnergy, energy);
    return branches.states(energy, selfEnergy.broadening).map(({ branch, qy, density }) => ({
      energy,
      branch,
      qy,
      width: linewidth(sigma, density),
    }));
  });
  return {
    omega: Float64Array.from(rows, ({ energy }) => energy),
    state: rows.map(({ branch }) => branch),
    qy: Float64Array.from(rows, ({ qy }) => qy),
    width: Float64Array.from(rows, ({ width }) => width),
  };
}
