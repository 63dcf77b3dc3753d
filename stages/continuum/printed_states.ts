/**
 * The densities of Eqs. (3) and (4) as the paper prints them, on the sites of a slab.
 *
 * The massless continuum does not mix left and right, so that c_R/c_L is a matter of the boundary. At the surface x = 0, |c_L| = |c_R| in (3). In (4) the two
 * Gaussians are given the same probability each on the whole axis. (Equal coefficients of the exponentials as they stand would give the one beyond ξ a weight
 * e^{4ξ|q_z|} times that of the other, where the profile has ended and there is no such state; particle–hole symmetry, which takes q_z to −q_z, asks for them at q_z = 0
 * only.)
 *
 * @module
 */
import { assertSolvable, type WeylCone } from "./weyl_cone.ts";

/**
 * |ψ_FA|² of Eq. (3), ∝ e^{−2(|A⁵| − |v q_z|)x/|v|} + e^{−2(|A⁵| + |v q_z|)x/|v|} at x = l.
 *
 * @param sites L.
 * @param cone The cone and its field, of which A⁵ at x = 0 counts.
 * @param qz q_z.
 * @returns The density, shape `[site]`; adds up to 1.
 * @throws {Error} If |v q_z| ≥ |A⁵|, or as {@linkcode assertSolvable}.
 */
export function fermiArc(sites: number, cone: WeylCone, qz: number): Float64Array {
  const { velocity, gaugeField: { amplitude } } = cone;
  assertBound(cone, qz);
  const field = Math.abs(amplitude / velocity);
  // The share of each exponential that is left a site further on; powers of it never overflow.
  const left = [field - Math.abs(qz), field + Math.abs(qz)].map((decay) => Math.exp(-2 * decay));
  return normalised(Float64Array.from({ length: sites }, (_, l) => left[0] ** l + left[1] ** l));
}

/**
 * Where Eq. (4) centres the Gaussians of the left and the right block, ξ(1 ∓ v q_z/A⁵).
 *
 * @param cone The cone and its field.
 * @param qz q_z.
 * @returns The centres in lattice constants, left and right.
 */
export function printedCentres(
  { velocity, gaugeField: { amplitude, cutoff } }: WeylCone,
  qz: number,
): [number, number] {
  const shift = velocity * qz / amplitude;
  return [cutoff * (1 - shift), cutoff * (1 + shift)];
}

/**
 * |ψ_CLL|² of Eq. (4): Gaussians of variance |v| ξ/2|A⁵| about ξ(1 ∓ v q_z/A⁵), alike on the whole axis.
 *
 * @param sites L.
 * @param cone The cone and its linear field.
 * @param qz q_z.
 * @returns The density, shape `[site]`; adds up to 1 over the slab, whatever of the Gaussians lies outside it.
 * @throws {Error} If |v q_z| ≥ |A⁵|, if the field is constant, or as {@linkcode assertSolvable}.
 */
export function chiralLandauLevel(sites: number, cone: WeylCone, qz: number): Float64Array {
  assertBound(cone, qz);
  return gaussians(sites, cone, printedCentres(cone, qz));
}

/**
 * The sum of Gaussians of the variance |v| ξ/2|A⁵| of Eq. (4).
 *
 * @param sites L.
 * @param cone The cone and its linear field.
 * @param centres Their centres.
 * @returns The density, shape `[site]`; adds up to 1 over the slab.
 * @throws {Error} If the field is constant, or as {@linkcode assertSolvable}.
 */
export function gaussians(sites: number, cone: WeylCone, centres: readonly number[]): Float64Array {
  assertSolvable(cone);
  const { velocity, gaugeField: { profile, amplitude, cutoff } } = cone;
  if (profile !== "linear") {
    throw new Error(
      `Cannot evaluate Eq. (4): a chiral Landau level needs the profile linear, and the profile is ${profile}. Change it`,
    );
  }
  const twiceVariance = Math.abs(velocity * cutoff / amplitude);
  const exponents = centres.map((centre) =>
    Float64Array.from({ length: sites }, (_, l) => -((l - centre) ** 2) / twiceVariance)
  );
  // Counted from the largest, as all of them underflow where a narrow Gaussian stands beyond the slab.
  const largest = Math.max(...exponents.map((all) => all.reduce((most, exponent) => Math.max(most, exponent))));
  return normalised(
    Float64Array.from({ length: sites }, (_, l) => exponents.reduce((sum, all) => sum + Math.exp(all[l] - largest), 0)),
  );
}

/**
 * Scales a density.
 *
 * @param density Weights ≥ 0, shape `[site]`; changed.
 * @returns The same array, adding up to 1.
 */
export function normalised(density: Float64Array): Float64Array {
  const total = density.reduce((sum, value) => sum + value, 0);
  return density.map((value) => value / total);
}

function assertBound(cone: WeylCone, qz: number): void {
  assertSolvable(cone);
  const drift = Math.abs(cone.velocity * qz), field = Math.abs(cone.gaugeField.amplitude);
  if (drift < field) return;
  throw new Error(
    `Cannot evaluate Eqs. (3) and (4) at q_z = ${qz}: the chiral states need |v q_z| < |A5|, and ${drift} is not below ${field}. ` +
      `Choose q_z with |q_z| below ${field / Math.abs(cone.velocity)}`,
  );
}
