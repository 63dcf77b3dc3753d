/**
 * The current of Eqs. (5) and (6) summed momentum by momentum over the whole Brillouin zone, every momentum diagonalised or
 * inverted on its own: what the kernels that fold the zone and use closed forms must agree with.
 *
 * @module
 */

import { adjoint, combine, type ComplexMatrix, identityMatrix, inverse, multiply } from "./complex_matrix.ts";
import { denseBlocks, type Diagonaliser } from "./eigenstates.ts";
import { hermitianEigen } from "./hermitian.ts";
import { integrateRealLine } from "./quadrature.ts";
import { denseCurrent, denseEnergyCurrent, denseHamiltonian, ORBITALS, type SlabParameters } from "./slab.ts";

/** How many points the midpoint grid q = −π + 2π (k + ½)/N has in each direction. */
export interface MomentumGrid {
  /** N_y. */
  readonly qy: number;
  /** N_z. */
  readonly qz: number;
}

/** The baths, one a site. */
export interface Baths {
  /** μ_l, [site]. */
  readonly chemicalPotential: Float64Array;
  /** β_l, [site]. */
  readonly inverseTemperature: Float64Array;
}

/** A current and the part of it that each bath feeds: the l-th term of the sum over baths. */
export interface DenseCurrent {
  /** Charge current fed by bath l, [site]. */
  readonly profile: Float64Array;
  /** Energy current fed by bath l, [site]. */
  readonly energyProfile: Float64Array;
  /** ⟨J_y⟩. */
  readonly chargeCurrent: number;
  /** ⟨J^E⟩, J^E = ½{H, J_y}. */
  readonly energyCurrent: number;
}

/** The energy current at finite coupling: Tr{½{H, J} G^<}, or ω Tr{J G^<}, which counts the energy at which electrons come and go. */
export type EnergyCurrent = "operator" | "frequency";

/** What the baths put into the states in place of a Fermi function, such as its derivatives. */
export type Occupation = (energy: number, inverseTemperature: number, chemicalPotential: number) => number;

/** What a caller may change about Eq. (6). */
export interface LimitOptions {
  /** How states are occupied (default `denseFermi`). */
  readonly occupation?: Occupation;
  /** Energies closer than this are one degenerate level (default 1e-9). */
  readonly tolerance?: number;
  /** How to diagonalise (default `hermitianEigen`). */
  readonly diagonalise?: Diagonaliser;
}

/** Returns the Fermi function 1/(exp(β(E − μ)) + 1) without overflow. */
export function denseFermi(energy: number, inverseTemperature: number, chemicalPotential: number): number {
  const x = inverseTemperature * (energy - chemicalPotential);
  return x > 0 ? Math.exp(-x) / (1 + Math.exp(-x)) : 1 / (1 + Math.exp(x));
}

/** Returns the N midpoints −π + 2π (k + ½)/N. */
export function midpoints(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => -Math.PI + 2 * Math.PI * (k + 0.5) / count);
}

/**
 * Returns Eq. (6): the current in the limit Γ → 0, as the mean over the grid of ∫ d²q/(2π)².
 *
 * @throws {RangeError} if there is not one bath a site.
 */
export function denseCurrentLimit(
  parameters: SlabParameters,
  grid: MomentumGrid,
  chemicalPotential: Float64Array,
  inverseTemperature: Float64Array,
  options: LimitOptions = {},
): DenseCurrent {
  const baths = { chemicalPotential, inverseTemperature };
  return meanOverZone(parameters.sites, grid, (qy, qz) => limitAtMomentum(parameters, qy, qz, baths, options));
}

/**
 * Returns Eq. (5) by brute force: G^R by matrix inversion, G^< = G^R Σ^< G^A, and the integral over ω by adaptive quadrature.
 *
 * @param coupling Γ, or Γ_l [site].
 * @param tolerance the bound of the quadrature's error estimate at each momentum.
 * @param energy what the energy current is.
 * @throws {RangeError} if there is not one bath a site, or a Green function is singular on the real axis.
 * @throws {Error} if the quadrature does not reach the tolerance.
 */
export function denseCurrentFinite(
  parameters: SlabParameters,
  grid: MomentumGrid,
  chemicalPotential: Float64Array,
  inverseTemperature: Float64Array,
  coupling: number | Float64Array,
  tolerance = 1e-10,
  energy: EnergyCurrent = "operator",
): DenseCurrent {
  const baths = { chemicalPotential, inverseTemperature };
  return meanOverZone(
    parameters.sites,
    grid,
    (qy, qz) => finiteAtMomentum(parameters, qy, qz, baths, coupling, tolerance, energy),
  );
}

/**
 * Returns the integrand of Eq. (6) at one momentum, Σ_α J_α Σ_l P_α(l) f(E_α, β_l, μ_l), a degenerate level contributing
 * Σ_l Tr_level(J Q^l) f.
 *
 * @throws {RangeError} if there is not one bath a site.
 */
export function limitAtMomentum(
  parameters: SlabParameters,
  qy: number,
  qz: number,
  baths: Baths,
  { tolerance = 1e-9, diagonalise = hermitianEigen, occupation = denseFermi }: LimitOptions = {},
): DenseCurrent {
  checkBaths(parameters.sites, baths);
  const profile = new Float64Array(parameters.sites), energyProfile = new Float64Array(parameters.sites);
  for (const block of denseBlocks(parameters, qy, qz, tolerance, diagonalise)) {
    for (let l = 0; l < parameters.sites; l++) {
      const occupied = occupation(block.energy, baths.inverseTemperature[l], baths.chemicalPotential[l]);
      profile[l] += block.currentDensity[l] * occupied;
      energyProfile[l] += block.energyCurrentDensity[l] * occupied;
    }
  }
  return withSums(profile, energyProfile);
}

/**
 * Returns the integrand of Eq. (5) at one momentum, (1/2πi) ∫ dω Tr{J G^<}, with Σ^R_ll = −iΓ_l/2 and Σ^<_ll = iΓ_l f_l(ω),
 * f_l being the occupation.
 *
 * @throws {RangeError} if there is not one bath a site, or the Green function is singular on the real axis.
 * @throws {Error} if the quadrature does not reach the tolerance.
 */
export function finiteAtMomentum(
  parameters: SlabParameters,
  qy: number,
  qz: number,
  baths: Baths,
  coupling: number | Float64Array,
  tolerance = 1e-10,
  energy: EnergyCurrent = "operator",
  occupation: Occupation = denseFermi,
): DenseCurrent {
  const { sites } = parameters;
  checkBaths(sites, baths);
  const couplings = typeof coupling === "number" ? new Float64Array(sites).fill(coupling) : coupling;
  if (couplings.length !== sites) {
    throw new RangeError(`Cannot couple the baths: ${couplings.length} couplings for ${sites} sites; give one a site`);
  }
  const hamiltonian = denseHamiltonian(parameters, qy, qz);
  const current = denseCurrent(parameters, qy);
  const operators = [current, energy === "operator" ? denseEnergyCurrent(hamiltonian, current) : current];

  const integrand = (omega: number): Float64Array => {
    const retarded = retardedGreenFunction(hamiltonian, omega, couplings);
    const advanced = adjoint(retarded);
    const result = new Float64Array(2 * sites);
    operators.forEach((operator, which) => {
      // Tr{J G^R Σ^< G^A} = Tr{(G^A J G^R) Σ^<}, and Σ^< is diagonal: its l-th part needs the diagonal at site l only.
      const dressed = multiply(multiply(advanced, operator), retarded);
      for (let l = 0; l < sites; l++) {
        let trace = 0;
        for (let i = ORBITALS * l; i < ORBITALS * (l + 1); i++) trace += dressed.re[i * dressed.columns + i];
        const occupied = occupation(omega, baths.inverseTemperature[l], baths.chemicalPotential[l]);
        const weight = which === 1 && energy === "frequency" ? omega : 1;
        result[which * sites + l] = weight * couplings[l] * occupied * trace / (2 * Math.PI);
      }
    });
    return result;
  };
  const resonances = hermitianEigen(hamiltonian).values;
  const { value } = integrateRealLine(integrand, [...resonances, ...baths.chemicalPotential], tolerance);
  return withSums(value.slice(0, sites), value.slice(sites));
}

/**
 * Returns G^R(ω) = 1/(ω − H + iΓ_l/2), 4L × 4L.
 *
 * @throws {RangeError} if ω is an eigenvalue of H − iΓ_l/2.
 */
export function retardedGreenFunction(
  hamiltonian: ComplexMatrix,
  omega: number,
  couplings: Float64Array,
): ComplexMatrix {
  const result = combine([omega, identityMatrix(hamiltonian.rows)], [-1, hamiltonian]);
  for (let i = 0; i < hamiltonian.rows; i++) {
    result.im[i * hamiltonian.columns + i] += couplings[Math.floor(i / ORBITALS)] / 2;
  }
  return inverse(result);
}

function meanOverZone(sites: number, grid: MomentumGrid, at: (qy: number, qz: number) => DenseCurrent): DenseCurrent {
  const profile = new Float64Array(sites), energyProfile = new Float64Array(sites);
  const weight = 1 / (grid.qy * grid.qz);
  for (const qy of midpoints(grid.qy)) {
    for (const qz of midpoints(grid.qz)) {
      const term = at(qy, qz);
      for (let l = 0; l < sites; l++) {
        profile[l] += weight * term.profile[l];
        energyProfile[l] += weight * term.energyProfile[l];
      }
    }
  }
  return withSums(profile, energyProfile);
}

function withSums(profile: Float64Array, energyProfile: Float64Array): DenseCurrent {
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  return { profile, energyProfile, chargeCurrent: sum(profile), energyCurrent: sum(energyProfile) };
}

function checkBaths(sites: number, { chemicalPotential, inverseTemperature }: Baths): void {
  if (chemicalPotential.length !== sites || inverseTemperature.length !== sites) {
    throw new RangeError(
      `Cannot attach the baths: ${chemicalPotential.length} chemical potentials and ${inverseTemperature.length} inverse ` +
        `temperatures for ${sites} sites; give one of each a site`,
    );
  }
}
