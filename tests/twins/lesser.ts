/**
 * G^R = 1/(ω + iη − H − Σ^R) and G^< = G^R Σ^< G^A by a dense inverse, and the currents that are traces of G^<, each by its definition.
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
import { denseCurrent, denseEnergyCurrent, denseHamiltonian, ORBITALS, type SlabParameters } from "./slab.ts";

/** Where a Green function is wanted. */
export interface Place {
  /** q_y. */
  readonly qy: number;
  /** q_z. */
  readonly qz: number;
  /** ω. */
  readonly omega: number;
  /** η. */
  readonly broadening: number;
}

/** Self-energies, each [site][orbital] and diagonal in both. */
export interface SelfEnergies {
  /** Re Σ^R. */
  readonly re: Float64Array;
  /** Im Σ^R. */
  readonly im: Float64Array;
  /** Im Σ^<. */
  readonly lesser: Float64Array;
}

/** What the self-energies make of the slab. */
export interface DenseLesser {
  /** G^R, 4L × 4L. */
  readonly retarded: ComplexMatrix;
  /** G^<, 4L × 4L. */
  readonly lesser: ComplexMatrix;
  /** Im Tr J_y G^<_ll, [site]. */
  readonly charge: Float64Array;
  /** ½ Im Tr J_y (HG^< + G^<H)_ll, [site]. */
  readonly energy: Float64Array;
  /** The diagonal of G^A J_y G^R, [site][orbital]. */
  readonly chargeResponse: Float64Array;
  /** The diagonal of G^A J_y^E G^R, [site][orbital]. */
  readonly energyResponse: Float64Array;
}

/**
 * Returns all of it.
 *
 * @throws {RangeError} if the Green function is singular.
 */
export function denseLesser(
  parameters: SlabParameters,
  { qy, qz, omega, broadening }: Place,
  selfEnergies: SelfEnergies,
): DenseLesser {
  const hamiltonian = denseHamiltonian(parameters, qy, qz),
    current = denseCurrent(parameters, qy),
    n = hamiltonian.rows;
  const own = combine([[omega, broadening], identityMatrix(n)], [-1, hamiltonian]), source = zeroMatrix(n, n);
  for (let i = 0; i < n; i++) {
    own.re[i * n + i] -= selfEnergies.re[i];
    own.im[i * n + i] -= selfEnergies.im[i];
    source.im[i * n + i] = selfEnergies.lesser[i];
  }
  const retarded = inverse(own), advanced = adjoint(retarded), lesser = multiply(multiply(retarded, source), advanced);
  const anticommutator = combine([0.5, multiply(hamiltonian, lesser)], [0.5, multiply(lesser, hamiltonian)]);
  const energyCurrent = denseEnergyCurrent(hamiltonian, current);
  const diagonal = ({ re }: ComplexMatrix): Float64Array => Float64Array.from({ length: n }, (_, i) => re[i * n + i]);
  return {
    retarded,
    lesser,
    charge: imaginaryTraces(multiply(current, lesser)),
    energy: imaginaryTraces(multiply(current, anticommutator)),
    chargeResponse: diagonal(multiply(multiply(advanced, current), retarded)),
    energyResponse: diagonal(multiply(multiply(advanced, energyCurrent), retarded)),
  };
}

function imaginaryTraces({ rows, im }: ComplexMatrix): Float64Array {
  return Float64Array.from({ length: rows / ORBITALS }, (_, l) => {
    let trace = 0;
    for (let i = ORBITALS * l; i < ORBITALS * (l + 1); i++) trace += im[i * rows + i];
    return trace;
  });
}
