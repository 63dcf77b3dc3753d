/**
 * What is left of a block of momenta when Eq. (5) is to be evaluated for any baths: the poles of the response of the current to the occupation of each bath.
 *
 * With G^< = G^R Σ^< G^A and Σ^<_ll = iΓ_l f_l(ω), Eq. (5) is (1/2π) Σ_l ∫dω f_l(ω) T_l(ω) with T_l = Γ_l Tr_l G^A J_y G^R. If Z solves Z H_Γ − H_Γ† Z = J_y, H_Γ = H − iΓ/2,
 * then G^A J_y G^R = Z G^R − G^A Z, so that
 *
 *     T_l(ω) = 2 Re Σ_b r_b(l)/(ω − λ_b),     λ_b = E_b − iγ_b/2 the eigenvalues of H_Γ,
 *
 * and the integral over ω is a digamma function a pole (`response_contraction.ts`). The energy current is (5) with ω under the integral, the energy at which electrons come and go:
 * residues λ_b r_b(l). It converges, as J_y has no trace on a site and T_l falls off as 1/ω³.
 *
 * @module
 */
import type { Slab } from "../hamiltonian/slab.ts";

/** A block of momenta of the folded zone. `[point]` runs over them, `[pole]` over the poles, all of H_Γ at +q_y or those that ±q_y leave together. */
export interface ResponseBlock {
  /** q_y, shape `[point]`. */
  readonly qy: Float64Array;
  /** q_z, shape `[point]`. */
  readonly qz: Float64Array;
  /** Γ where all sites have the same, and all poles are of width Γ; else 0. */
  readonly uniform: number;
  /** E_b, shape `[point][pole]`. */
  readonly energy: Float64Array;
  /** γ_b > 0, shape `[point][pole]`. */
  readonly broadening: Float64Array;
  /** Re r_b(l), shape `[point][pole][site]`. */
  readonly residueRe: Float64Array;
  /** Im r_b(l), likewise. */
  readonly residueIm: Float64Array;
}

/** How many momenta, poles and sites a block has. */
export interface ResponseShape {
  /** Momenta. */
  readonly points: number;
  /** Poles a momentum. */
  readonly poles: number;
  /** L. */
  readonly sites: number;
}

/**
 * Reads the shape of a block off its arrays.
 *
 * @param block The block.
 * @returns Its shape.
 */
export function responseShape(block: ResponseBlock): ResponseShape {
  const points = block.qy.length, poles = block.energy.length / points;
  return { points, poles, sites: block.residueRe.length / block.energy.length };
}

/**
 * Tells a block of Eq. (5) from one of Eq. (6).
 *
 * @param block A block of either.
 * @returns Whether it is one of Eq. (5).
 */
export function isResponseBlock(block: object): block is ResponseBlock {
  return "residueRe" in block;
}

/** By how much the sum rules below may fail, relative to what their terms would add up to without cancelling and to the largest current of a state. */
const TOLERANCE = 1e-8;

/**
 * Checks a block against what holds exactly. T_l falls off as 1/ω³, as J_y has no trace on a site: Σ_b Re λ_b r_b(l) = 0 at each site. If all poles are there,
 * Σ_b Re r_b(l) = 0 at each site and Σ_bl Im r_b(l) = 0. If Γ is uniform, Σ_l r_b(l) = 0 for each pole.
 *
 * @param block The block.
 * @param slab The slab.
 * @throws {Error} If a sum rule fails by more than rounding, a number is not finite, or a pole is not below the real axis.
 */
export function auditResponseBlock(block: ResponseBlock, { velocity, hopping }: Slab): void {
  const { points, poles, sites } = responseShape(block), isUniform = block.uniform > 0;
  for (let point = 0; point < points; point++) {
    const where = `q_y = ${block.qy[point]}, q_z = ${block.qz[point]}`;
    let size = Math.abs(velocity) + 2 * Math.abs(hopping), worst = 0, sea = 0, largest = 0;
    const bySite = new Float64Array(sites), energies = new Float64Array(sites);
    for (let b = 0, at = point * poles; b < poles; b++, at++) {
      const energy = block.energy[at], half = block.broadening[at] / 2;
      if (!(half > 0)) throw failed(where, `the level at ${energy} does not decay: its γ is ${2 * half}`);
      let re = 0, im = 0;
      for (let l = 0, i = at * sites; l < sites; l++, i++) {
        bySite[l] += block.residueRe[i];
        energies[l] += energy * block.residueRe[i] + half * block.residueIm[i];
        re += block.residueRe[i];
        im += block.residueIm[i];
        size += Math.abs(block.residueRe[i]) + Math.abs(block.residueIm[i]);
      }
      sea += im;
      largest = Math.max(largest, Math.hypot(energy, half));
      if (isUniform) worst = Math.max(worst, Math.hypot(re, im));
    }
    if (!isUniform) worst = bySite.reduce((most, value) => Math.max(most, Math.abs(value)), Math.abs(sea));
    const heat = energies.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (!(worst <= TOLERANCE * size) || !(heat <= TOLERANCE * size * largest)) {
      throw failed(
        where,
        `residues that must cancel add up to ${worst}, and times the energies to ${heat}, where without cancelling it would be up to ${size} and ${
          size * largest
        } ` +
          "(levels that coalesce there may be why: choose another grid)",
      );
    }
  }
}

function failed(where: string, reason: string): Error {
  return new Error(`Cannot accept the response at ${where}: ${reason}`);
}
