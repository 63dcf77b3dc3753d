/**
 * Eigenvectors of a symmetric band matrix by inverse iteration, in O(n) each: with eigenvalues known to rounding, two solves of the shifted system give a
 * vector to rounding.
 *
 * Inverse iteration alone returns nearly parallel vectors for eigenvalues that nearly coincide (at A⁵ = 0 each is double). Vectors of one cluster
 * are therefore made orthogonal to each other in every iteration.
 *
 * @module
 */
import { ShiftedBandSolver } from "./shifted_band_solver.ts";
import type { SymmetricBand } from "./symmetric_band.ts";

/** Solves after which a vector is given up; two are the rule, a third happens in clusters. */
const MAXIMAL_ITERATIONS = 8;

/** Eigenvalues closer than this, relative to the largest, are one cluster: beyond it vectors are orthogonal to 1e-10 by themselves. */
export const CLUSTER_GAP = 1e-6;

/**
 * A residual ‖(C − μ) x‖ below this, relative to the largest eigenvalue, is convergence. The eigenvalues themselves are good to about 1e-15·n.
 */
const RESIDUAL = 1e-12;

/**
 * How far the shift stays above the eigenvalue if earlier vectors of the cluster belong to the same one, relative to the largest: more than the rounding
 * of the factorisation. Closer, the solution may grow by 1e30 along an earlier vector, and nothing but rounding is left when that has been taken out.
 */
const SAFE_DISTANCE = 32 * Number.EPSILON;

/** Below this a norm counts as this: small enough to be zero, large enough for the inverse of its rounding to be a number. */
const SMALLEST_SCALE = 2 ** -900;

/** Finds eigenvectors of one band matrix after the other; owns all of its memory. */
export class BandEigenvectors {
  readonly #order: number;
  readonly #solver: ShiftedBandSolver;
  readonly #x: Float64Array;

  /**
   * Memory for matrices of one order.
   *
   * @param order Order of the matrices that it will serve.
   */
  constructor(order: number) {
    this.#order = order;
    this.#solver = new ShiftedBandSolver(order);
    this.#x = new Float64Array(order + 8);
  }

  /**
   * Finds the vectors of the first `count` eigenvalues, orthonormal also within clusters.
   *
   * @param matrix The matrix.
   * @param eigenvalues All eigenvalues in ascending order, shape `[order]`.
   * @param count How many vectors are wanted.
   * @param vectors Receives them, shape `[vector][order]`.
   * @throws {Error} If a vector does not converge.
   */
  find(matrix: SymmetricBand, eigenvalues: Float64Array, count: number, vectors: Float64Array): void {
    const scale = Math.max(
      Math.abs(eigenvalues[0]),
      Math.abs(eigenvalues[this.#order - 1]),
      SMALLEST_SCALE,
    );
    this.#solver.load(matrix, scale);
    let cluster = 0; // the first member of the cluster that the current vector belongs to
    for (let k = 0; k < count; k++) {
      if (k > 0 && eigenvalues[k] - eigenvalues[k - 1] > CLUSTER_GAP * scale) cluster = k;
      this.#findOne(k, cluster, eigenvalues[k], scale, vectors);
    }
  }

  #findOne(k: number, cluster: number, eigenvalue: number, scale: number, vectors: Float64Array): void {
    const order = this.#order, x = this.#x, solver = this.#solver;
    solver.factorize(k > cluster ? eigenvalue + SAFE_DISTANCE * scale : eigenvalue);
    startVector(x, order, k - cluster);
    solver.solveUpper(x); // the start vector stands for L⁻¹ of another one: half a solve saved
    normalize(x, order);
    // The norm after a solve is the inverse of the new vector's residual. Without neighbours in a cluster one full solve follows the half one;
    // with neighbours, convergence is measured after their parts have been taken out.
    for (let iteration = 1; iteration <= MAXIMAL_ITERATIONS; iteration++) {
      for (let i = order; i < x.length; i++) x[i] = 0;
      orthogonalize(x, order, vectors, cluster, k);
      if (normalize(x, order) === 0) startVector(x, order, k + iteration);
      solver.solveLower(x);
      solver.solveUpper(x);
      orthogonalize(x, order, vectors, cluster, k);
      const growth = normalize(x, order);
      if (growth * RESIDUAL * scale >= 1) {
        if (cluster < k) { // once more: the first subtraction may have cancelled digits
          orthogonalize(x, order, vectors, cluster, k);
          normalize(x, order);
        }
        vectors.set(x.subarray(0, order), k * order);
        return;
      }
    }
    throw new Error(
      `Cannot find eigenvector ${k} of a band matrix of order ${order}: no convergence in ${MAXIMAL_ITERATIONS} inverse iterations`,
    );
  }
}

/** Start vectors without symmetry, so that none is orthogonal to an eigenvector of a symmetric matrix; they differ within a cluster. */
function startVector(x: Float64Array, order: number, member: number): void {
  let state = (0x9e3779b9 ^ Math.imul(member + 1, 0x85ebca6b)) >>> 0;
  for (let i = 0; i < order; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    x[i] = 0.5 + state / 2 ** 32;
    if ((state & 0x10000) !== 0) x[i] = -x[i];
  }
  for (let i = order; i < x.length; i++) x[i] = 0;
}

/** Takes out the parts along the cluster's earlier vectors. */
function orthogonalize(x: Float64Array, order: number, vectors: Float64Array, first: number, end: number): void {
  for (let j = first; j < end; j++) {
    const at = j * order;
    let overlap = 0;
    for (let i = 0; i < order; i++) overlap += vectors[at + i] * x[i];
    for (let i = 0; i < order; i++) x[i] -= overlap * vectors[at + i];
  }
}

/** Scales to norm 1 and returns the norm before. */
function normalize(x: Float64Array, order: number): number {
  let square = 0, largest = 0;
  for (let i = 0; i < order; i++) square += x[i] * x[i];
  if (!(square < 1e300 && square > 1e-280)) { // out of range when squared: rescale first
    for (let i = 0; i < order; i++) largest = Math.max(largest, Math.abs(x[i]));
    if (largest === 0) return 0;
    for (let i = 0; i < order; i++) x[i] /= largest;
    return largest * normalize(x, order);
  }
  const norm = Math.sqrt(square), inverse = 1 / norm;
  for (let i = 0; i < order; i++) x[i] *= inverse;
  return norm;
}
