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
export function massTerm(slab: Pick<Slab, "mass" | "hopping">, { qy, qz }: Momentum): number {
  return slab.mass + 6 * slab.hopping - 2 * slab.hopping * (Math.cos(qy) + Math.cos(qz));
}

/**
 * The |A⁵| at which the block B of a uniform slab is singular, m(q_x) = √((M(q) − 2λ cos q_x)² + v² sin² q_z): at q_x = 0 the lattice's |v q_z|, where
 * M − 2λ is the Wilson mass w = m + 2λ(2 − cos q_y − cos q_z).
 *
 * @param slab The slab.
 * @param momentum The momentum.
 * @param qx q_x.
 * @returns m(q_x), in units of energy.
 */
export function nodeField(slab: Pick<Slab, "velocity" | "mass" | "hopping">, momentum: Momentum, qx: number): number {
  const mass = massTerm(slab, momentum) - 2 * slab.hopping * Math.cos(qx);
  return Math.hypot(mass, slab.velocity * Math.sin(momentum.qz));
}
