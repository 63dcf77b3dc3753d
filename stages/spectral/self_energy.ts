/**
 * Disorder in the first Born approximation, below Eq. (4): Σ^FBA(ω) = ∫dq_y dq_z 1/(ω + iη − H(q)), of which Σ^R_{lν} = κ Σ^FBA_{lν,lν} is kept.
 *
 * The integrand is the diagonal of a Green function without self-energy, and comes from the same recursion over the sites as the spectral function: for a momentum
 * and frequency that costs no more than the sum over eigenstates alone, their diagonalization aside, and gives each orbital by itself. Orbitals do differ: A⁵
 * couples to σ_z as a magnetic field does, so that Σ_↑ ≠ Σ_↓. But τ_x σ_z H(q_y, q_z) τ_x σ_z = H(q_y, −q_z) exchanges L and R and leaves the spin, so that
 * Σ_{L↑} = Σ_{R↑} and Σ_{L↓} = Σ_{R↓}. Hence q_z ≥ 0 is enough, and a self-energy made here leaves A(ω; q_y, q_z) even in q_z.
 *
 * @module
 */
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { emptyDiagonal, type Frequency, type OrbitalDiagonal, ORBITALS } from "./recursion.ts";
import { ZoneIntegral } from "./zone_integral.ts";

/**
 * A self-energy at a list of frequencies, together with the slab that it dresses: all that a Green function needs.
 */
export interface SelfEnergy extends Slab {
  /** η, the broadening that it was computed with. */
  readonly broadening: number;
  /** ω, shape `[frequency]`. */
  readonly omega: Float64Array;
  /** Re Σ^R, in units of energy, shape `[frequency][site][orbital]` with the orbitals (L↑, L↓, R↑, R↓). */
  readonly re: Float64Array;
  /** Im Σ^R ≤ 0, likewise. */
  readonly im: Float64Array;
}

/** The disorder as a study states it. */
export interface DisorderStrength {
  /** κ. */
  readonly strength: number;
  /** `printed`: ∫dq_y dq_z as the paper prints it; `brillouin-zone`: ∫dq_y dq_z/(2π)², the mean over the zone. They differ by 39.5. */
  readonly normalisation: "printed" | "brillouin-zone";
}

/**
 * The diagonal of Σ^FBA(ω) as printed, on a momentum grid.
 *
 * @param slab The slab.
 * @param grid The grid; of its midpoints each stands for a cell of (2π)²/(N_y N_z).
 * @param frequency ω and η.
 * @param pulse Called before each row of momenta; may throw to stop the work.
 * @returns The diagonal, shape `[site][orbital]`.
 */
export function bornIntegral(
  slab: Slab,
  grid: MomentumGrid,
  frequency: Frequency,
  pulse: () => void = () => {},
): OrbitalDiagonal {
  const sum = emptyDiagonal(slab.sites);
  new ZoneIntegral(slab, grid).integrate(frequency, sum, pulse);
  return sum;
}

/**
 * What stands before the integral as printed.
 *
 * @param disorder κ and the normalisation.
 * @returns κ, or κ/(2π)².
 */
export function bornScale({ strength, normalisation }: DisorderStrength): number {
  return strength / (normalisation === "printed" ? 1 : (2 * Math.PI) ** 2);
}

/**
 * Σ^R of a list of frequencies from their Born integrals.
 *
 * @param integrals Σ^FBA as printed, of one or more frequencies each, all of one slab.
 * @param disorder κ and the normalisation.
 * @returns Σ^R = κ Σ^FBA at all frequencies, in the order in which they came.
 * @throws {RangeError} If there is no integral.
 */
export function scaledSelfEnergy(integrals: readonly SelfEnergy[], disorder: DisorderStrength): SelfEnergy {
  if (integrals.length === 0) {
    throw new RangeError("Cannot make a self-energy: no frequency was given; name at least one");
  }
  const scale = bornScale(disorder);
  return {
    ...integrals[0],
    omega: joined(integrals.map(({ omega }) => omega)),
    re: joined(integrals.map(({ re }) => re)).map((value) => scale * value),
    im: joined(integrals.map(({ im }) => im)).map((value) => scale * value),
  };
}

function joined(arrays: readonly Float64Array[]): Float64Array {
  return Float64Array.from(arrays.flatMap((array) => [...array]));
}

/**
 * Σ^R at one frequency of a list.
 *
 * @param selfEnergy The list.
 * @param omega ω, one of those in the list, to the last bit.
 * @returns Σ^R, shape `[site][orbital]`; views into the list.
 * @throws {RangeError} If the list does not have the frequency.
 */
export function selfEnergyAt(selfEnergy: SelfEnergy, omega: number): OrbitalDiagonal {
  const index = selfEnergy.omega.indexOf(omega), states = ORBITALS * selfEnergy.sites;
  if (index < 0) {
    throw new RangeError(
      `Cannot find the self-energy at omega = ${omega}: it was computed at ${selfEnergy.omega.join(", ")} only`,
    );
  }
  return {
    re: selfEnergy.re.subarray(index * states, (index + 1) * states),
    im: selfEnergy.im.subarray(index * states, (index + 1) * states),
  };
}

/**
 * Checks a self-energy against what holds exactly: Im Σ^R ≤ 0, without which the Green function is not retarded, and L and R alike.
 *
 * @param selfEnergy The self-energy.
 * @throws {Error} If it is anything else, with the site and orbital.
 */
export function auditSelfEnergy({ sites, omega, re, im }: SelfEnergy): void {
  const states = ORBITALS * sites;
  if (re.length !== omega.length * states || im.length !== re.length) {
    throw new Error(
      `Cannot accept the self-energy: ${re.length} values for ${omega.length} frequencies and ${states} orbitals`,
    );
  }
  for (let i = 0; i < re.length; i++) {
    const where = `at omega = ${omega[Math.floor(i / states)]}, site ${Math.floor(i % states / ORBITALS)}, orbital ${
      i % ORBITALS
    }`;
    if (!(im[i] <= 0)) {
      throw new Error(`Cannot accept the self-energy ${where}: Im Σ is ${im[i]} and must not be positive`);
    }
    const partner = i % ORBITALS < 2 ? i + 2 : i - 2;
    if (!(re[i] === re[partner] && im[i] === im[partner])) {
      throw new Error(`Cannot accept the self-energy ${where}: ${re[i]} + ${im[i]}i differs between L and R`);
    }
  }
}
