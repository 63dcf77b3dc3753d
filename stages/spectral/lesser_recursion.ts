/**
 * What a recursion for the lesser Green function is made of, whoever runs it.
 *
 * @module
 */
import type { Momentum } from "../hamiltonian/slab.ts";
import type { Frequency, OrbitalDiagonal } from "./recursion.ts";

/**
 * What is put in the place of −iΣ^< in K = G^R (−iΣ^<) G^A: the filling that was set, or an operator of which the response is wanted (see
 * `LesserGreenFunction.solveResponse`).
 */
export type LesserSource = "filling" | "charge" | "energy";

/** Site blocks of one kind of matrix in the orbitals (L↑, L↓, R↑, R↓), both arrays of shape `[site][row][column]`. */
export interface OrbitalBlocks {
  /** Real parts. */
  readonly re: Float64Array;
  /** Imaginary parts. */
  readonly im: Float64Array;
}

/** The recursion at two momenta, in TypeScript or compiled; both give the same bits. */
export interface LesserRecursion {
  /** Σ^R in its four parts, shape `[site][8]`, as in `Recursion`. */
  readonly dressing: Float64Array;
  /** −iΣ^< = s₀ + s_τ τ_z + s_σ σ_z + s_τσ τ_z σ_z, all real; shape `[site][4]`. */
  readonly filling: Float64Array;
  /**
   * Solves at two momenta.
   *
   * @param first The one.
   * @param second The other; the same object if there is one only.
   * @param frequency ω and η.
   * @param source What stands for −iΣ^<.
   */
  solve(first: Momentum, second: Momentum, frequency: Frequency, source: LesserSource): void;
  /** Hands out the diagonal of G^R. */
  readRetarded(lane: 0 | 1, diagonal: OrbitalDiagonal): void;
  /** Hands out the diagonal of K, shape `[site][orbital]`; for the source `energy` less Re J_y G^R, so that it is the response. */
  readDiagonal(lane: 0 | 1, values: Float64Array): void;
  /** Hands out Tr J_y K_ll, shape `[site]`. */
  readCharge(lane: 0 | 1, values: Float64Array): void;
  /** Hands out Re Tr J_y (HK)_ll, shape `[site]`; of the source `filling` only. */
  readEnergy(lane: 0 | 1, values: Float64Array): void;
  /** Hands out the blocks iK_ll, which are G^<_ll of the source `filling`. */
  readBlocks(lane: 0 | 1, blocks: OrbitalBlocks): void;
}
