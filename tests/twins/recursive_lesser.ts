/**
 * Eq. (5) by recursion over the sites and an adaptive integral over ω: no eigenvectors, no digamma function, no matrix larger than a site, so that it shares nothing with the
 * kernels but the Hamiltonian.
 *
 * @module
 */

import {
  adjoint,
  combine,
  type ComplexMatrix,
  identityMatrix,
  inverse,
  multiply,
  zeroMatrix,
} from "./complex_matrix.ts";
import { type Baths, denseFermi } from "./current.ts";
import { hermitianEigen } from "./hermitian.ts";
import { integrateRealLine } from "./quadrature.ts";
import { denseCurrent, denseHamiltonian, ORBITALS, type SlabParameters } from "./slab.ts";

/** What is known of one site at one frequency. */
export interface SiteGreenFunctions {
  /** G^R_ll, 4 × 4. */
  readonly retarded: ComplexMatrix;
  /** G^<_ll, 4 × 4. */
  readonly lesser: ComplexMatrix;
}

/**
 * Returns G^R and G^< = G^R Σ^< G^A on each site, with Σ^R = −iΓ_l/2 and Σ^< = iΓ_l f_l(ω).
 *
 * From the left g_l = 1/(ω − h_l + iΓ_l/2 − T g_{l−1} T†) and g^<_l = g_l (Σ^<_l + T g^<_{l−1} T†) g_l†; then from the right, with the sites beyond put back,
 * G_l = g_l + g_l V G_{l+1} V† g_l and G^<_l = g^<_l + g_l V G^<_{l+1} V† g_l† + [g_l V G_{l+1} V† g^<_l − h.c.], where V is the bond from l to l + 1.
 */
export function recursiveGreenFunctions(
  hamiltonian: ComplexMatrix,
  omega: number,
  couplings: Float64Array,
  baths: Baths,
): SiteGreenFunctions[] {
  const sites = couplings.length, retarded: ComplexMatrix[] = [], lesser: ComplexMatrix[] = [];
  for (let l = 0; l < sites; l++) {
    const own = combine([omega, identityMatrix(ORBITALS)], [-1, siteBlock(hamiltonian, l, l)]);
    for (let i = 0; i < ORBITALS; i++) own.im[i * ORBITALS + i] += couplings[l] / 2;
    const occupation = denseFermi(omega, baths.inverseTemperature[l], baths.chemicalPotential[l]);
    let source = combine([[0, couplings[l] * occupation], identityMatrix(ORBITALS)]), block = own;
    if (l > 0) {
      const bond = siteBlock(hamiltonian, l, l - 1);
      const embed = (g: ComplexMatrix): ComplexMatrix => multiply(multiply(bond, g), adjoint(bond));
      block = combine([1, own], [-1, embed(retarded[l - 1])]);
      source = combine([1, source], [1, embed(lesser[l - 1])]);
    }
    retarded.push(inverse(block));
    lesser.push(multiply(multiply(retarded[l], source), adjoint(retarded[l])));
  }
  for (let l = sites - 2; l >= 0; l--) {
    const bond = siteBlock(hamiltonian, l, l + 1), g = retarded[l], small = lesser[l];
    const beyond = multiply(multiply(bond, retarded[l + 1]), adjoint(bond));
    const filled = multiply(multiply(bond, lesser[l + 1]), adjoint(bond));
    const through = multiply(multiply(g, beyond), small);
    retarded[l] = combine([1, g], [1, multiply(multiply(g, beyond), g)]);
    lesser[l] = combine([1, small], [1, multiply(multiply(g, filled), adjoint(g))], [1, through], [
      -1,
      adjoint(through),
    ]);
  }
  return retarded.map((own, l) => ({ retarded: own, lesser: lesser[l] }));
}

/**
 * Returns ⟨J_y⟩ at one momentum by Eq. (5), (1/2πi) ∫dω Σ_l Tr J_y G^<_ll, J_y being local.
 *
 * @param tolerance the bound of the quadrature's error estimate.
 * @throws {Error} if the quadrature does not reach the tolerance.
 */
export function recursiveCurrent(
  parameters: SlabParameters,
  qy: number,
  qz: number,
  baths: Baths,
  couplings: Float64Array,
  tolerance = 1e-10,
): number {
  const hamiltonian = denseHamiltonian(parameters, qy, qz), current = siteBlock(denseCurrent(parameters, qy), 0, 0);
  const integrand = (omega: number): Float64Array => {
    let trace = 0;
    for (const { lesser } of recursiveGreenFunctions(hamiltonian, omega, couplings, baths)) {
      const product = multiply(current, lesser);
      for (let i = 0; i < ORBITALS; i++) trace += product.im[i * ORBITALS + i];
    }
    return Float64Array.of(trace / (2 * Math.PI));
  };
  const resonances = hermitianEigen(hamiltonian).values;
  return integrateRealLine(integrand, [...resonances, ...baths.chemicalPotential], tolerance).value[0];
}

function siteBlock(matrix: ComplexMatrix, row: number, column: number): ComplexMatrix {
  const block = zeroMatrix(ORBITALS, ORBITALS);
  for (let i = 0; i < ORBITALS; i++) {
    for (let j = 0; j < ORBITALS; j++) {
      const from = (ORBITALS * row + i) * matrix.columns + ORBITALS * column + j;
      block.re[i * ORBITALS + j] = matrix.re[from];
      block.im[i * ORBITALS + j] = matrix.im[from];
    }
  }
  return block;
}
