/**
 * What a recursive Green function is made of, whoever runs the recursion.
 *
 * @module
 */
import type { Momentum } from "../hamiltonian/slab.ts";

/** Orbitals a site, in the order (τ, σ) = (L↑, L↓, R↑, R↓). */
export const ORBITALS = 4;

/** A complex number for each site and orbital, both arrays of shape `[site][orbital]`: a self-energy, or a Green function's diagonal. */
export interface OrbitalDiagonal {
  /** Real parts. */
  readonly re: Float64Array;
  /** Imaginary parts. */
  readonly im: Float64Array;
}

/** Where ω + iη − H is inverted. */
export interface Frequency {
  /** ω. */
  readonly omega: number;
  /** η > 0. */
  readonly broadening: number;
}

/** The recursion over the sites at two momenta, in TypeScript or compiled; both give the same bits. */
export interface Recursion {
  /** Σ^R = Σ₀ + Σ_τ τ_z + Σ_σ σ_z + Σ_τσ τ_z σ_z; real and imaginary parts of the four, shape `[site][8]`. */
  readonly dressing: Float64Array;
  /**
   * Solves at two momenta.
   *
   * @param first The one.
   * @param second The other; the same object if there is one only.
   * @param frequency ω and η.
   */
  solve(first: Momentum, second: Momentum, frequency: Frequency): void;
  /**
   * Hands out the diagonal of G^R.
   *
   * @param lane At the first or at the second momentum.
   * @param diagonal Receives it.
   */
  read(lane: 0 | 1, diagonal: OrbitalDiagonal): void;
  /**
   * Sum of the diagonal's imaginary parts.
   *
   * @param lane At the first or at the second momentum.
   * @returns Im Tr G^R.
   */
  imaginaryTrace(lane: 0 | 1): number;
}

/**
 * A diagonal of zeros.
 *
 * @param sites L.
 * @returns The diagonal.
 */
export function emptyDiagonal(sites: number): OrbitalDiagonal {
  return { re: new Float64Array(ORBITALS * sites), im: new Float64Array(ORBITALS * sites) };
}
