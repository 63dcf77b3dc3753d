/**
 * The seam behind which eigensolvers are exchanged: the structured one that users run, the dense one that tests trust, others to come.
 *
 * @module
 */
import type { Momentum } from "../hamiltonian/slab.ts";
import type { ChiralModes } from "./chiral_modes.ts";

/** Finds the modes of one slab at one momentum after the other. */
export interface ChiralSolver {
  /**
   * Solves at a momentum.
   *
   * @param momentum The momentum.
   * @param modes Receives the modes.
   * @throws {Error} If the solver does not converge.
   */
  solve(momentum: Momentum, modes: ChiralModes): void;
}
