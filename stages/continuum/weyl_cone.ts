/**
 * What the continuum model of Eq. (1) without mass takes from a study's model, and what a model must have for it: a cone, and a field whose chiral magnetic field is
 * uniform, since only then are its states known in closed form.
 *
 * @module
 */
import type { GaugeField } from "../hamiltonian/gauge_field.ts";

/** What the continuum reads of the chiral gauge field. */
export type ContinuumField = Pick<GaugeField, "profile" | "amplitude" | "cutoff">;

/** A cone in a chiral gauge field. */
export interface WeylCone {
  /** v, of either sign. */
  readonly velocity: number;
  /** A⁵(x). */
  readonly gaugeField: ContinuumField;
}

/**
 * Checks that the continuum states of a model are known.
 *
 * @param cone The cone and its field.
 * @throws {Error} If the profile is neither `linear` nor `constant`, or v or A⁵ is zero.
 */
export function assertSolvable({ velocity, gaugeField }: WeylCone): void {
  const { profile, amplitude } = gaugeField;
  if (profile !== "linear" && profile !== "constant") {
    throw new Error(
      `Cannot evaluate the continuum states: they are known in closed form for the profiles linear and constant, and the profile is ${profile}. ` +
        "Change it, or use bands and density, which take any profile",
    );
  }
  if (velocity === 0 || amplitude === 0) {
    const zero = velocity === 0 ? "velocity" : "gauge field's amplitude";
    throw new Error(`Cannot evaluate the continuum states: the ${zero} is 0, and there are none. Give it a value`);
  }
}

/**
 * The chiral magnetic field B⁵ = |A⁵|/ξ of the linear profile, 0 in a constant field.
 *
 * @param gaugeField The field.
 * @returns |B⁵|, in units of energy per lattice constant.
 */
export function chiralMagneticField({ profile, amplitude, cutoff }: ContinuumField): number {
  return profile === "linear" ? Math.abs(amplitude) / cutoff : 0;
}

/**
 * Which way the Fermi arc at x = 0 runs: its energy is this times |v| q_y, that of the chiral Landau level, or of the arc at the far surface of a constant field,
 * minus this. The sign of A⁵ alone decides: a spinor with σ_y = s has E = ∓v s q_y on the left and right block, and decays into the slab for s = ∓ sign(v A⁵).
 *
 * @param gaugeField The field.
 * @returns 1 or −1.
 */
export function arcDirection({ amplitude }: ContinuumField): 1 | -1 {
  return amplitude < 0 ? -1 : 1;
}
