/**
 * The seam behind which eigensolvers are exchanged: the structured one that users run, the dense one that tests trust, others to come.
 *
 * @module
 */
import type { Momentum } from "../hamiltonian/slab.ts";
import type { ChiralModes } from "./chiral_modes.ts";

/** What Eq. (6) needs of a list of momenta, `[point]` by `[point]`; part of a `MomentumBlock`, which says more. */
export interface BranchTable {
  /** ε_n, shape `[point][mode]`. */
  readonly energy: Float64Array;
  /** ∂ε_n/∂q_y, shape `[point][mode]`. */
  readonly groupVelocity: Float64Array;
  /** D_n(l) = |u_n(l)|² − |v_n(l)|², shape `[point][mode][site]`. */
  readonly imbalance: Float64Array;
}

/** What tells the branches of a momentum apart. */
export interface LowestMode {
  /** σ_n of all modes, shape `[mode]`. */
  readonly singularValue: Float64Array;
  /** |u_0(l)|² of the lowest mode in the first L elements. */
  readonly leftDensity: Float64Array;
  /** |v_0(l)|², likewise. */
  readonly rightDensity: Float64Array;
}

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

  /**
   * Solves at a list of momenta, as far as Eq. (6) needs it; for solvers that are faster if they need not hand out all the rest. The numbers of a momentum do not
   * depend on which others are in the list.
   *
   * @param momenta The momenta.
   * @param table Receives the energies, slopes and imbalances.
   * @param pulse Called before each momentum; may throw to stop the work.
   * @param look Shown the lowest mode at each momentum, while it lasts.
   * @throws {Error} If the solver does not converge.
   */
  solveBranches?(
    momenta: readonly Momentum[],
    table: BranchTable,
    pulse: () => void,
    look: (point: number, lowest: LowestMode) => void,
  ): void;
}

/** A solver that also shows the vectors: what Eq. (5) needs between different modes, and Eq. (6) does not. */
export interface VectorSolver extends ChiralSolver {
  /** u_n where it was solved last, shape `[mode][site][chain]`; overwritten by the next solution. */
  readonly left: Float64Array;
  /** v_n likewise. */
  readonly right: Float64Array;
}
