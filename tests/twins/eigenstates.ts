/**
 * What every observable of the slab is contracted from, state by state and, because a degenerate subspace has no preferred
 * basis, subspace by subspace.
 *
 * @module
 */

import { adjoint, type ComplexMatrix, multiply } from "./complex_matrix.ts";
import { type HermitianEigen, hermitianEigen } from "./hermitian.ts";
import {
  denseChirality,
  denseCurrent,
  denseEnergyCurrent,
  denseHamiltonian,
  ORBITALS,
  type SlabParameters,
} from "./slab.ts";

/** A way to diagonalise; `hermitianEigen` unless the caller wants `realFormEigen`. */
export type Diagonaliser = (a: ComplexMatrix) => HermitianEigen;

/** The 4L eigenstates of H(q_y, q_z), ascending in energy. */
export interface DenseEigenstates {
  /** E_α, [state]. */
  readonly energy: Float64Array;
  /** ⟨α|J_y|α⟩, [state]. */
  readonly current: Float64Array;
  /** P_α(l) = Σ_ν |⟨lν|α⟩|², [state][site]. */
  readonly density: Float64Array;
  /** ⟨α|S|α⟩ with S = τz σy, [state]. */
  readonly chirality: Float64Array;
  /** The state's index in the list of {@linkcode denseBlocks}: what states that share it do not share is arbitrary. */
  readonly block: Uint32Array;
}

/** A maximal run of eigenvalues, neighbours closer than the tolerance; every value is independent of the basis chosen in it. */
export interface DenseBlock {
  /** The mean energy. */
  readonly energy: number;
  /** How many states. */
  readonly size: number;
  /** Tr_block J_y. */
  readonly current: number;
  /** Tr_block J^E with J^E = ½{H, J_y}. */
  readonly energyCurrent: number;
  /** Tr_block Q^l, [site]; Q^l projects on site l. */
  readonly density: Float64Array;
  /** Tr_block(J_y Q^l) = Σ_{αβ in block} J_{βα} Q^l_{αβ}, [site]: what bath l feeds, the limit Γ → 0 of Eq. (5). */
  readonly currentDensity: Float64Array;
  /** Tr_block(J^E Q^l), [site]. */
  readonly energyCurrentDensity: Float64Array;
}

/**
 * Returns the eigenstates of H(q_y, q_z) one by one.
 *
 * @param tolerance eigenvalues closer than this share a block.
 * @throws {RangeError} if the parameters are not a slab.
 */
export function denseEigenstates(
  parameters: SlabParameters,
  qy: number,
  qz: number,
  tolerance: number,
  diagonalise: Diagonaliser = hermitianEigen,
): DenseEigenstates {
  const { values, vectors } = diagonalise(denseHamiltonian(parameters, qy, qz));
  const n = values.length, sites = parameters.sites;
  const density = new Float64Array(n * sites);
  for (let i = 0; i < n; i++) {
    const site = Math.floor(i / ORBITALS);
    for (let state = 0; state < n; state++) {
      density[state * sites + site] += vectors.re[i * n + state] ** 2 + vectors.im[i * n + state] ** 2;
    }
  }
  const block = new Uint32Array(n);
  runs(values, tolerance).forEach(([start, end], index) => block.fill(index, start, end));
  return {
    energy: values,
    current: diagonal(inEigenbasis(denseCurrent(parameters, qy), vectors)),
    chirality: diagonal(inEigenbasis(denseChirality(sites), vectors)),
    density,
    block,
  };
}

/**
 * Returns the eigenspaces of H(q_y, q_z), ascending in energy.
 *
 * @param tolerance eigenvalues closer than this share a block.
 * @throws {RangeError} if the parameters are not a slab.
 */
export function denseBlocks(
  parameters: SlabParameters,
  qy: number,
  qz: number,
  tolerance: number,
  diagonalise: Diagonaliser = hermitianEigen,
): DenseBlock[] {
  const hamiltonian = denseHamiltonian(parameters, qy, qz);
  const { values, vectors } = diagonalise(hamiltonian);
  const operator = denseCurrent(parameters, qy);
  const current = inEigenbasis(operator, vectors);
  const energyCurrent = inEigenbasis(denseEnergyCurrent(hamiltonian, operator), vectors);
  return runs(values, tolerance).map(([start, end]) => {
    const density = new Float64Array(parameters.sites);
    const currentDensity = new Float64Array(parameters.sites);
    const energyCurrentDensity = new Float64Array(parameters.sites);
    let energy = 0, currentTrace = 0, energyCurrentTrace = 0;
    for (let alpha = start; alpha < end; alpha++) {
      energy += values[alpha] / (end - start);
      currentTrace += current.re[alpha * values.length + alpha];
      energyCurrentTrace += energyCurrent.re[alpha * values.length + alpha];
      for (let l = 0; l < parameters.sites; l++) {
        density[l] += siteOverlap(vectors, l, alpha, alpha)[0];
        for (let beta = start; beta < end; beta++) {
          const [re, im] = siteOverlap(vectors, l, alpha, beta);
          const k = beta * values.length + alpha;
          // The imaginary parts cancel between (α, β) and (β, α).
          currentDensity[l] += current.re[k] * re - current.im[k] * im;
          energyCurrentDensity[l] += energyCurrent.re[k] * re - energyCurrent.im[k] * im;
        }
      }
    }
    return {
      energy,
      size: end - start,
      current: currentTrace,
      energyCurrent: energyCurrentTrace,
      density,
      currentDensity,
      energyCurrentDensity,
    };
  });
}

/** Returns V†AV: row β, column α holds ⟨β|A|α⟩. */
export function inEigenbasis(operator: ComplexMatrix, vectors: ComplexMatrix): ComplexMatrix {
  return multiply(adjoint(vectors), multiply(operator, vectors));
}

/** Returns Q^l_{αβ} = Σ_ν ⟨α|lν⟩⟨lν|β⟩ as [real part, imaginary part]. */
export function siteOverlap(vectors: ComplexMatrix, site: number, alpha: number, beta: number): [number, number] {
  let re = 0, im = 0;
  for (let i = ORBITALS * site; i < ORBITALS * (site + 1); i++) {
    const a = i * vectors.columns + alpha, b = i * vectors.columns + beta;
    re += vectors.re[a] * vectors.re[b] + vectors.im[a] * vectors.im[b];
    im += vectors.re[a] * vectors.im[b] - vectors.im[a] * vectors.re[b];
  }
  return [re, im];
}

/** Returns [start, end) of the maximal runs of ascending values of which neighbours differ by less than the tolerance. */
export function runs(values: Float64Array, tolerance: number): [number, number][] {
  const result: [number, number][] = [];
  for (let start = 0, end = 0; start < values.length; start = end) {
    for (end = start + 1; end < values.length && values[end] - values[end - 1] < tolerance;) end++;
    result.push([start, end]);
  }
  return result;
}

function diagonal(a: ComplexMatrix): Float64Array {
  return Float64Array.from({ length: a.rows }, (_, i) => a.re[i * a.columns + i]);
}
