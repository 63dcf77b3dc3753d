/**
 * What is left of a block of momenta when Eq. (5) is to be evaluated for any baths: the poles of the response of the current to the occupation of each bath.
 *
 * With G^< = G^R Σ^< G^A and Σ^<_ll = iΓ_l f_l(ω), Eq. (5) is (1/2π) Σ_l ∫dω f_l(ω) T_l(ω) with T_l = Γ_l Tr_l G^A J_y G^R. If Z solves Z H_Γ − H_Γ† Z = J_y, H_Γ = H − iΓ/2,
 * then G^A J_y G^R = Z G^R − G^A Z, so that
 *
 *     T_l(ω) = 2 Re Σ_b r_b(l)/(ω − λ_b),     λ_b = E_b − iγ_b/2 the eigenvalues of H_Γ,
 *
 * and the integral over ω is a digamma function a pole (`response_contraction.ts`). In J^E_y = ½{H, J_y} = ½(H_Γ† J_y + J_y H_Γ), as J_y acts within the sites and so
 * commutes with Γ; its residues are therefore λ_b r_b(l) − ½ j_b(l), where j_b(l) is Γ_l times the current at l in state b.
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
  /** E_b, shape `[point][pole]`. */
  readonly energy: Float64Array;
  /** γ_b > 0, shape `[point][pole]`. */
  readonly broadening: Float64Array;
  /** Re r_b(l), shape `[point][pole][site]`. */
  readonly residueRe: Float64Array;
  /** Im r_b(l), likewise. */
  readonly residueIm: Float64Array;
  /** Re j_b(l), likewise. */
  readonly localRe: Float64Array;
  /** Im j_b(l), likewise; of length 0 if all are real, as with a uniform Γ. */
  readonly localIm: Float64Array;
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
 * Checks a block against what holds exactly. If all poles are there, T_l falls off as 1/ω², so that Σ_b Re r_b(l) = 0 at each site, and Tr J_y = 0, so that
 * Σ_bl Im r_b(l) = 0. If Γ is uniform, Σ_l r_b(l) = 0 for each pole.
 *
 * @param block The block.
 * @param slab The slab.
 * @throws {Error} If a sum rule fails by more than rounding, a number is not finite, or a pole is not below the real axis.
 */
export function auditResponseBlock(block: ResponseBlock, { velocity, hopping }: Slab): void {
  const { points, poles, sites } = responseShape(block), isUniform = block.localIm.length === 0;
  for (let point = 0; point < points; point++) {
    const where = `q_y = ${block.qy[point]}, q_z = ${block.qz[point]}`;
    let size = Math.abs(velocity) + 2 * Math.abs(hopping), worst = 0, sea = 0;
    const bySite = new Float64Array(sites);
    for (let b = 0, at = point * poles; b < poles; b++, at++) {
      if (!(block.broadening[at] > 0)) {
        throw failed(where, `the level at ${block.energy[at]} does not decay: its γ is ${block.broadening[at]}`);
      }
      let re = 0, im = 0;
      for (let l = 0, i = at * sites; l < sites; l++, i++) {
        bySite[l] += block.residueRe[i];
        re += block.residueRe[i];
        im += block.residueIm[i];
        size += Math.abs(block.residueRe[i]) + Math.abs(block.residueIm[i]) + 0 * block.localRe[i]; // a NaN shows
      }
      sea += im;
      if (isUniform) worst = Math.max(worst, Math.hypot(re, im));
    }
    if (!isUniform) worst = bySite.reduce((most, value) => Math.max(most, Math.abs(value)), Math.abs(sea));
    if (!(worst <= TOLERANCE * size)) {
      throw failed(
        where,
        `residues that must cancel add up to ${worst}, where without cancelling it would be ${size} (levels that coalesce there may be why: choose another grid)`,
      );
    }
  }
}

function failed(where: string, reason: string): Error {
  return new Error(`Cannot accept the response at ${where}: ${reason}`);
}
