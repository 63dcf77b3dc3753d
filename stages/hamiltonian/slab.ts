/**
 * The slab of Eq. (2) in the form in which every later stage needs it: a few numbers and one profile, nothing that depends on momentum,
 * so that one small artifact stands for the Hamiltonian on the whole Brillouin zone.
 *
 * @module
 */

/** The lattice slab of Eq. (2), open in x, in units ħ = e = lattice constant = 1. */
export interface Slab {
  /** Number of sites L in x. */
  readonly sites: number;
  /** Fermi velocity v. */
  readonly velocity: number;
  /** Dirac mass m. */
  readonly mass: number;
  /** Hopping λ, which gaps the corners of the zone. */
  readonly hopping: number;
  /** Chiral gauge field A⁵(l), shape `[site]`. */
  readonly chiralGaugeField: Float64Array;
}

/** A momentum parallel to the surfaces, in units of the inverse lattice constant. */
export interface Momentum {
  /** q_y. */
  readonly qy: number;
  /** q_z. */
  readonly qz: number;
}

/**
 * Mass term M(q) = m + 6λ − 2λ(cos q_y + cos q_z) below Eq. (2).
 *
 * @param slab The slab.
 * @param momentum The momentum.
 * @returns M(q), in units of energy.
 */
export function massTerm(slab: Slab, { qy, qz }: Momentum): number {
  return slab.mass + 6 * slab.hopping - 2 * slab.hopping * (Math.cos(qy) + Math.cos(qz));
}
