/**
 * The impurities that the Born approximations stand for: an independent random energy on each orbital of each site, written down.
 *
 * To second order a potential V_{rν} with ⟨V_{rν} V_{r'ν'}⟩ = w² δ_{rr'} δ_{νν'} has the self-energy ⟨V G V⟩_{rν,r'ν'} = w² δ_{rr'} δ_{νν'} G_{rν,rν}, diagonal in site and orbital as the
 * paper's, and G_{rν,rν} = ∫d²q/(2π)² G_{lν,lν}(q): w² is κ where the integral is divided by (2π)², (2π)² κ where it is as printed.
 *
 * @module
 */
import { normalPair, philox } from "../numerics/philox.ts";
import { ORBITALS } from "../spectral/recursion.ts";
import type { DisorderStrength } from "../spectral/self_energy.ts";

/** The size of a supercell: L × N_y × N_z sites. */
export interface SupercellSize {
  /** L, open. */
  readonly sites: number;
  /** N_y, periodic. */
  readonly qy: number;
  /** N_z, periodic. */
  readonly qz: number;
}

/** One choice of impurities. */
export interface Realisation {
  /** Which stream of random numbers. */
  readonly seed: number;
  /** Which one, from 0. */
  readonly realisation: number;
}

/**
 * The standard deviation of the random energies for which the Born self-energy is what a study's κ says.
 *
 * @param disorder κ and the normalisation.
 * @returns w, in units of energy.
 */
export function potentialWidth({ strength, normalisation }: DisorderStrength): number {
  return Math.sqrt(strength) * (normalisation === "printed" ? 2 * Math.PI : 1);
}

/**
 * Draws impurities: normal, so that the second moment is all there is to say. A site has the same energies in supercells of any size.
 *
 * @param size The supercell.
 * @param width w.
 * @param realisation Which ones.
 * @returns V, in units of energy, shape `[l][y][z][orbital]`.
 */
export function randomPotential(size: SupercellSize, width: number, { seed, realisation }: Realisation): Float64Array {
  const potential = new Float64Array(size.sites * size.qy * size.qz * ORBITALS);
  let at = 0;
  for (let l = 0; l < size.sites; l++) {
    for (let y = 0; y < size.qy; y++) {
      for (let z = 0; z < size.qz; z++) {
        for (const half of [0, 1]) {
          const [first, second] = normalPair(philox([l, y, z, 2 * realisation + half], [seed, 0]));
          potential[at++] = width * first;
          potential[at++] = width * second;
        }
      }
    }
  }
  return potential;
}
