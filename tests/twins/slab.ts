/**
 * The lattice Hamiltonian of Eq. (2) typed in term by term with explicit gamma matrices, so that a reader can hold it against
 * the paper line by line and the fast kernels can be held against it.
 *
 * @module
 */

import {
  addBlock,
  adjoint,
  combine,
  type ComplexMatrix,
  type Entry,
  matrixFromRows,
  multiply,
} from "./complex_matrix.ts";
import { repeatOnDiagonal, zeroMatrix } from "./complex_matrix.ts";

/** The parameters of Eq. (2); ħ = e = lattice constant = 1. */
export interface SlabParameters {
  /** L, the number of sites in x. */
  readonly sites: number;
  /** v. */
  readonly velocity: number;
  /** m. */
  readonly mass: number;
  /** λ. */
  readonly hopping: number;
  /** A⁵_z(l), [site]. */
  readonly chiralGaugeField: Float64Array;
}

/** Orbitals a site, in the order (τ, σ) = (L↑, L↓, R↑, R↓). */
export const ORBITALS = 4;

const I: Entry = [0, 1];
const MINUS_I: Entry = [0, -1];

/** The gamma matrices of the chiral representation, γ⁰ = τx, γʲ = iτy σj, γ⁵ = −τz. */
export const GAMMA = {
  time: matrixFromRows([
    [0, 0, 1, 0],
    [0, 0, 0, 1],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
  ]),
  x: matrixFromRows([
    [0, 0, 0, 1],
    [0, 0, 1, 0],
    [0, -1, 0, 0],
    [-1, 0, 0, 0],
  ]),
  y: matrixFromRows([
    [0, 0, 0, MINUS_I],
    [0, 0, I, 0],
    [0, I, 0, 0],
    [MINUS_I, 0, 0, 0],
  ]),
  z: matrixFromRows([
    [0, 0, 1, 0],
    [0, 0, 0, -1],
    [-1, 0, 0, 0],
    [0, 1, 0, 0],
  ]),
  five: matrixFromRows([
    [-1, 0, 0, 0],
    [0, -1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ]),
} as const;

/**
 * Returns H(q_y, q_z) of Eq. (2) with A = 0: Hermitian, 4L × 4L, orbital ν of site l in row 4 l + ν.
 *
 * @throws {RangeError} if the parameters are not a slab.
 */
export function denseHamiltonian(parameters: SlabParameters, qy: number, qz: number): ComplexMatrix {
  const { velocity, mass, hopping, chiralGaugeField, sites } = checked(parameters);
  const massTerm = mass + 6 * hopping - 2 * hopping * (Math.cos(qy) + Math.cos(qz));
  const onSite = combine(
    [velocity * Math.sin(qy), multiply(GAMMA.time, GAMMA.y)],
    [velocity * Math.sin(qz), multiply(GAMMA.time, GAMMA.z)],
    [massTerm, GAMMA.time],
  );
  const chiral = multiply(multiply(GAMMA.time, GAMMA.z), GAMMA.five);
  // 1/(2i) = −i/2; the term c†_l c_{l+1} stands in the rows of l and the columns of l + 1.
  const forward = combine([[0, -velocity / 2], multiply(GAMMA.time, GAMMA.x)], [-hopping, GAMMA.time]);
  const backward = combine([[0, velocity / 2], multiply(GAMMA.time, GAMMA.x)], [-hopping, GAMMA.time]);

  const result = zeroMatrix(ORBITALS * sites, ORBITALS * sites);
  for (let l = 0; l < sites; l++) {
    addBlock(result, combine([1, onSite], [chiralGaugeField[l], chiral]), ORBITALS * l, ORBITALS * l);
    if (l + 1 < sites) addBlock(result, forward, ORBITALS * l, ORBITALS * (l + 1));
    if (l > 0) addBlock(result, backward, ORBITALS * l, ORBITALS * (l - 1));
  }
  return result;
}

/**
 * Returns the current operator J_y = −∂H/∂A_y = −∂H/∂q_y = −(v cos q_y γ⁰γʸ + 2λ sin q_y γ⁰) on every site, 4L × 4L.
 *
 * @throws {RangeError} if the parameters are not a slab.
 */
export function denseCurrent(parameters: SlabParameters, qy: number): ComplexMatrix {
  const { velocity, hopping, sites } = checked(parameters);
  const onSite = combine(
    [-velocity * Math.cos(qy), multiply(GAMMA.time, GAMMA.y)],
    [-2 * hopping * Math.sin(qy), GAMMA.time],
  );
  return repeatOnDiagonal(onSite, sites);
}

/** Returns the energy current operator J^E = ½{H, J_y}, 4L × 4L. */
export function denseEnergyCurrent(hamiltonian: ComplexMatrix, current: ComplexMatrix): ComplexMatrix {
  return combine([0.5, multiply(hamiltonian, current)], [0.5, multiply(current, hamiltonian)]);
}

/** Returns S = τz σy = −γ⁰γʸ on every site, 4L × 4L; the states of Eqs. (3) and (4) have ⟨S⟩ = ±1. */
export function denseChirality(sites: number): ComplexMatrix {
  return repeatOnDiagonal(combine([-1, multiply(GAMMA.time, GAMMA.y)]), sites);
}

/** Returns the operator γˣ on every site, 4L × 4L: γˣ H(q_y, q_z) γˣ† = −H(−q_y, −q_z). */
export function particleHole(sites: number): ComplexMatrix {
  return repeatOnDiagonal(GAMMA.x, sites);
}

/** Returns −γˣ H γˣ†, the right-hand side of the particle–hole relation of a Hamiltonian with the given number of sites. */
export function particleHoleImage(hamiltonian: ComplexMatrix): ComplexMatrix {
  const gamma = particleHole(hamiltonian.rows / ORBITALS);
  return combine([-1, multiply(multiply(gamma, hamiltonian), adjoint(gamma))]);
}

function checked(parameters: SlabParameters): SlabParameters {
  const { sites, chiralGaugeField } = parameters;
  if (!Number.isInteger(sites) || sites < 1) {
    throw new RangeError(`Cannot build the slab: sites must be a whole number of at least 1, not ${sites}`);
  }
  if (chiralGaugeField.length !== sites) {
    throw new RangeError(
      `Cannot build the slab: the gauge field has ${chiralGaugeField.length} values for ${sites} sites; give one a site`,
    );
  }
  return parameters;
}
