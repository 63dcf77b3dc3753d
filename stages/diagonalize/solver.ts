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

/** A solver that also shows the vectors: what Eq. (5) needs between different modes, and Eq. (6) does not. */
export interface VectorSolver extends ChiralSolver {
  /** u_n where it was solved last, shape `[mode][site][chain]`; overwritten by the next solution. */
  readonly left: Float64Array;
  /** v_n likewise. */
  readonly right: Float64Array;
}
