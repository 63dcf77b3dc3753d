/**
 * The two chiral states of Eqs. (3) and (4) with what the lattice adds, so that a chart can tell which of their differences from the lattice the Wilson mass explains.
 *
 * The modes of zero σ obey (w ∓ (A⁵ − v∂_x)) on the diagonal of B and ±v sin q_z off it, w the Wilson mass, λ∂² left out. A spinor independent of x is a solution
 * if v∂_xφ = (A⁵(x) ∓ m)φ with m = √(w² + v² sin² q_z): Eq. (4) with m in the place of |v q_z|. The Gaussian about A⁵(x) = m is that of the slab; that about
 * A⁵(x) = −m would lie beyond ξ, where the profile has ended. What λ∂² does, to move its mean by −λw/2m|v|, half a lattice constant, is left out.
 *
 * For the Fermi arc λ∂² is no correction, as it decays within a site or two: here the lattice itself is solved, the slab without end in the field of its surface.
 *
 * @module
 */
import { massTerm, type Momentum, nodeField, type Slab } from "../hamiltonian/slab.ts";
import { gaussians, normalised } from "./printed_states.ts";
import { assertSolvable, type WeylCone } from "./weyl_cone.ts";

/** A cone with what the lattice adds. */
export interface LatticeCone extends WeylCone, Pick<Slab, "velocity" | "mass" | "hopping"> {}

/**
 * Where the local Weyl node of the lattice is, ξ(1 − m/|A⁵|).
 *
 * @param cone The cone and its linear field.
 * @param momentum The momentum.
 * @returns The centre in lattice constants.
 */
export function latticeCentre(cone: LatticeCone, momentum: Momentum): number {
  const { amplitude, cutoff } = cone.gaugeField;
  return cutoff * (1 - nodeField(cone, momentum, 0) / Math.abs(amplitude));
}

/**
 * |ψ_CLL|² of Eq. (4) about the lattice's node.
 *
 * @param sites L.
 * @param cone The cone and its linear field.
 * @param momentum The momentum.
 * @returns The density, shape `[site]`; adds up to 1.
 * @throws {Error} If there is no node at that momentum, or the field is constant, or as {@linkcode assertSolvable}.
 */
export function latticeChiralLandauLevel(sites: number, cone: LatticeCone, momentum: Momentum): Float64Array {
  assertNode(cone, momentum);
  return gaussians(sites, cone, [latticeCentre(cone, momentum)]);
}

/**
 * |ψ_FA|² of the lattice without end, in a uniform field of the size at the surface.
 *
 * The mode obeys p u_{l+1} + (M − |A⁵|)u_l + r u_{l−1} + s w_l = 0 and r w_{l+1} + (M + |A⁵|)w_l + p w_{l−1} − s u_l = 0 with u_{−1} = w_{−1} = 0, p, r = −λ ∓ |v|/2,
 * s = v sin q_z, M as in Eq. (2). (Signs of v and A⁵ exchange the sectors of S, or the rows.) For the series U(t) = Σ u_l t^l and W(t) this is C(t)(U, W) = ρ,
 * C = [[p + (M − |A⁵|)t + rt², st], [−st, r + (M + |A⁵|)t + pt²]], with ρ = (p u_0, r w_0) free. Of the four roots of det C exactly one, t_0, lies within the
 * unit circle, and would make u_l grow as t_0^{−l}: ρ is such that it cancels. What remains, linear over cubic, is a recursion that decays.
 *
 * @param sites L.
 * @param cone The cone and its field.
 * @param momentum The momentum.
 * @returns The density, shape `[site]`; adds up to 1.
 * @throws {Error} If there is no arc at that momentum, or as {@linkcode assertSolvable}.
 */
export function latticeFermiArc(sites: number, cone: LatticeCone, momentum: Momentum): Float64Array {
  assertNode(cone, momentum);
  const { velocity, hopping } = cone, field = Math.abs(cone.gaugeField.amplitude);
  const p = -hopping - Math.abs(velocity) / 2, r = -hopping + Math.abs(velocity) / 2;
  const onSite = massTerm(cone, momentum), mixing = velocity * Math.sin(momentum.qz);
  const upper = [p, onSite - field, r], lower = [r, onSite + field, p];
  const determinant = product(upper, lower);
  determinant[2] += mixing * mixing;

  const growing = rootWithin(determinant);
  const cubic = withoutRoot(determinant, growing);
  // A left null vector of C(t_0), from whichever row of its adjugate is the longer one; ρ is orthogonal to it.
  const a = valueAt(upper, growing), d = valueAt(lower, growing), b = mixing * growing;
  const [y0, y1] = Math.abs(a) > Math.abs(d) ? [b, a] : [d, -b];
  const rho = [-y1, y0];
  const series = [
    lower.map((c, k) => c * rho[0] - (k === 1 ? mixing * rho[1] : 0)),
    upper.map((c, k) => c * rho[1] + (k === 1 ? mixing * rho[0] : 0)),
  ].map((numerator) => coefficients(withoutRoot(numerator, growing), cubic, sites));
  return normalised(Float64Array.from({ length: sites }, (_, l) => series[0][l] ** 2 + series[1][l] ** 2));
}

/** The coefficients of numerator/cubic as a power series; polynomials are lists from the constant term up. */
function coefficients(numerator: readonly number[], cubic: readonly number[], count: number): Float64Array {
  const series = new Float64Array(count);
  for (let l = 0; l < count; l++) {
    let value = numerator[l] ?? 0;
    for (let k = 1; k <= 3 && k <= l; k++) value -= cubic[k] * series[l - k];
    series[l] = value / cubic[0];
  }
  return series;
}

function product(a: readonly number[], b: readonly number[]): number[] {
  const result: number[] = Array(a.length + b.length - 1).fill(0);
  a.forEach((x, i) => b.forEach((y, j) => result[i + j] += x * y));
  return result;
}

function valueAt(polynomial: readonly number[], t: number): number {
  return polynomial.reduceRight((value, coefficient) => value * t + coefficient, 0);
}

/** The polynomial divided by t − root; the remainder, zero but for rounding, is dropped. */
function withoutRoot(polynomial: readonly number[], root: number): number[] {
  const quotient: number[] = Array(polynomial.length - 1);
  let carry = 0;
  for (let k = polynomial.length - 1; k > 0; k--) {
    carry = polynomial[k] + root * carry;
    quotient[k - 1] = carry;
  }
  return quotient;
}

/** The only root between −1 and 1, at whose ends the signs differ, by bisection to the last bit. */
function rootWithin(polynomial: readonly number[]): number {
  let [low, high] = [-1, 1];
  const sign = Math.sign(valueAt(polynomial, low));
  while (true) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (Math.sign(valueAt(polynomial, middle)) === sign) low = middle;
    else high = middle;
  }
}

/** The chiral states of the Dirac point at q_x = 0 exist where m(0) < |A⁵| < m(π). */
function assertNode(cone: LatticeCone, momentum: Momentum): void {
  assertSolvable(cone);
  const field = Math.abs(cone.gaugeField.amplitude);
  const [least, most] = [0, Math.PI].map((qx) => nodeField(cone, momentum, qx));
  if (least < field && field < most) return;
  const { qy, qz } = momentum, bounds = `between ${least.toPrecision(4)} and ${most.toPrecision(4)}`;
  throw new Error(
    `Cannot place the chiral states at q_y = ${qy}, q_z = ${qz}: with the lattice's Wilson mass |A5| must be ${bounds} there, and it is ${field}. ` +
      "Choose smaller momenta",
  );
}
