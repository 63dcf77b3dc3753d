/**
 * Which states are the Fermi arc, the chiral Landau level, Landau levels, or none of these: the definition by which `current_by_branch` splits Eq. (6).
 *
 * It rests on the local picture of B. Where A⁵ varies slowly, the lowest singular value of B at site l is that of a uniform slab with the field of that site,
 *
 *     σ(l; q_x)² = v² sin² q_x + (|A⁵(l)| − m(q_x))²,     m(q_x) = √((M(q) − 2λ cos q_x)² + v² sin² q_z),
 *
 * for small momenta and no mass simply v² q_x² + (|A⁵(l)| − |v q_z|)². Where |A⁵(l)| lies between m(0) and m(π), and nowhere else, this B winds around zero as q_x
 * goes round; a surface of such a region, or a place where it ends, binds a state of zero σ. About such a place x_c, |A⁵(x_c)| = m(0), B is a harmonic
 * oscillator, with σ_n = √(2 B⁵ v n) and B⁵ = |∂A⁵/∂x|, centred at x_c. Hence, at each momentum (q_y, q_z):
 *
 * - The lowest mode (n = 0) is *chiral* if |A⁵(l)| lies between m(0) and m(π) at some site, the lattice's |v q_z| < A⁵, and if σ_0 < σ_1/2. The second condition
 *   leaves out the rim of the arc, where x_c is within a magnetic length √(v/B⁵) of the surface, so that the two states on either side of it mix and become an
 *   ordinary pair; in the paper's slab that is where x_c is below about 2. Of the two states ±ε of a chiral mode, the one closer to a surface is the Fermi arc
 *   `fa`, the deeper one the chiral Landau level `cll`; if they sit equally deep, as in a uniform field, both are Fermi arcs. Each state ±ε at ±q_y goes with the
 *   density a² |u|² + b² |v|² that it has.
 * - Modes n ≥ 1 are Landau levels, `landau`, at momenta at which the lowest mode is chiral, if σ_n < min σ(l; q_x) over q_x at both surfaces. Then the orbit of
 *   that level closes within the slab. The others reach a surface, where the lattice continuum of the field there begins, or a region without field, which has
 *   its states above the same bound, and do not follow E_n any more. In the paper's slab, those below nine tenths of the bound have E_n² to 10 %.
 * - All the rest is `other`: skipping orbits, lattice bands, the rim of the arc and whatever lies beyond it.
 *
 * The classes depend on the slab and the momentum and on nothing thermodynamic, so that each part is smooth in the baths. In the model's parameters, momenta of
 * the grid change class one by one: the parts then move in steps that shrink with the grid, their sum does not. Profiles with several regions that wind have
 * several modes of nearly zero σ, of which this looks at the lowest only.
 *
 * @module
 */
import { type Momentum, nodeField, type Slab } from "../hamiltonian/slab.ts";

/** Beyond this share of σ_1, the lowest mode is no longer apart from the others. */
const APART = 0.5;

/** Steps along 0 ≤ q_x ≤ π in which the edge of a surface's continuum is looked for: it is flat there, and found to a part in 10⁴. */
const INTERVALS = 256;

/** The classes of the modes at one momentum: the lowest, some above it, the rest. */
export interface ModeClasses {
  /** Whether the lowest mode is the pair of chiral states. */
  readonly chiral: boolean;
  /** How many of the modes 1, 2, … are Landau levels. */
  readonly landau: number;
}

/**
 * Sorts the modes at a momentum into classes.
 *
 * @param slab The slab.
 * @param momentum The momentum.
 * @param singularValue σ_n ascending, shape `[mode]`, of at least two modes.
 * @returns The classes.
 */
export function modeClasses(slab: Slab, momentum: Momentum, singularValue: Float64Array): ModeClasses {
  const centre = nodeField(slab, momentum, 0), edge = nodeField(slab, momentum, Math.PI);
  const least = Math.min(centre, edge), most = Math.max(centre, edge);
  const winds = slab.chiralGaugeField.some((field) => Math.abs(field) > least && Math.abs(field) < most);
  if (!winds || !(singularValue[0] < APART * singularValue[1])) return { chiral: false, landau: 0 };
  const bound = closedOrbitBound(slab, momentum);
  let landau = 0;
  while (landau + 1 < singularValue.length && singularValue[landau + 1] < bound) landau++;
  return { chiral: true, landau };
}

/**
 * The σ up to which orbits close within the slab.
 *
 * @param slab The slab.
 * @param momentum The momentum.
 * @returns min σ(l; q_x) over q_x and the two surfaces; an energy.
 */
export function closedOrbitBound(slab: Slab, momentum: Momentum): number {
  const { chiralGaugeField, velocity } = slab;
  const fields = [chiralGaugeField[0], chiralGaugeField[chiralGaugeField.length - 1]].map(Math.abs);
  let bound = Infinity;
  for (let i = 0; i <= INTERVALS; i++) {
    const qx = Math.PI * i / INTERVALS, drift = velocity * Math.sin(qx), mass = nodeField(slab, momentum, qx);
    for (const field of fields) bound = Math.min(bound, Math.hypot(drift, field - mass));
  }
  return bound;
}
