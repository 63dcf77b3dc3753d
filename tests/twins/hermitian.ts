/**
 * Eigenvectors of a complex Hermitian matrix from a library that knows real symmetric ones only, so that the twin's
 * diagonalisation shares no line with the project's.
 *
 * @module
 */

import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { type ComplexMatrix, zeroMatrix } from "./complex_matrix.ts";

/** H V = V diag(values), V unitary. */
export interface HermitianEigen {
  /** Ascending, [state]. */
  readonly values: Float64Array;
  /** Row i, column α: component i of eigenvector α. */
  readonly vectors: ComplexMatrix;
}

/**
 * Returns the eigenvalues and an orthonormal basis of eigenvectors of a Hermitian matrix.
 *
 * (Re + i Im)(x + i y) = E (x + i y) says that (x, y) is an eigenvector of [[Re, −Im], [Im, Re]]. That real matrix has every
 * eigenvalue twice, for x + i y and i (x + i y): of each run of equal eigenvalues half as many complex vectors are
 * independent over the complex numbers, and Gram–Schmidt, always taking the vector of which most is left, finds them.
 *
 * Eigenvalues closer than 1e-13 √n max|E|, roughly, are not told apart: the vectors span their eigenspace, no more.
 *
 * @throws {RangeError} if the matrix is not Hermitian.
 * @throws {Error} if the doubled eigenvalues do not come in pairs.
 */
export function hermitianEigen(a: ComplexMatrix): HermitianEigen {
  const n = a.rows;
  const scale = hermitianScale(a);
  // Divided by a power of two, which is exact: the library squares entries, and squares of tiny ones vanish.
  const unit = scale === 0 ? 1 : 2 ** Math.floor(Math.log2(scale));
  const embedding = Matrix.zeros(2 * n, 2 * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      embedding.set(i, j, a.re[i * n + j] / unit);
      embedding.set(n + i, n + j, a.re[i * n + j] / unit);
      embedding.set(i, n + j, -a.im[i * n + j] / unit);
      embedding.set(n + i, j, a.im[i * n + j] / unit);
    }
  }
  const { realEigenvalues: doubled, eigenvectorMatrix } = new EigenvalueDecomposition(embedding, {
    assumeSymmetric: true,
  });
  const order = doubled.map((_, k) => k).sort((i, j) => doubled[i] - doubled[j]);
  const candidate = (k: number): Vector => ({
    re: Float64Array.from({ length: n }, (_, i) => eigenvectorMatrix.get(i, order[k])),
    im: Float64Array.from({ length: n }, (_, i) => eigenvectorMatrix.get(n + i, order[k])),
  });

  const basis: Vector[] = [];
  const values = new Float64Array(n);
  // Eigenvalues closer than their rounding error count as equal: their real eigenvectors mix at random.
  const closeness = 1e-13 * Math.sqrt(n) * scale / unit;
  for (let start = 0, end = 0; start < 2 * n; start = end) {
    for (end = start + 1; end < 2 * n && doubled[order[end]] - doubled[order[end - 1]] <= closeness;) end++;
    if ((end - start) % 2 !== 0) {
      throw new Error(
        `Cannot pair the eigenvalues of the real embedding: ${end - start} of them lie at ${
          unit * doubled[order[start]]
        }`,
      );
    }
    const candidates = Array.from({ length: end - start }, (_, k) => candidate(start + k));
    for (let state = start / 2; state < end / 2; state++) {
      values[state] = unit * (doubled[order[2 * state]] + doubled[order[2 * state + 1]]) / 2;
      basis.push(takeLongest(candidates, basis));
    }
  }

  const vectors = zeroMatrix(n, n);
  basis.forEach(({ re, im }, state) => {
    for (let i = 0; i < n; i++) {
      vectors.re[i * n + state] = re[i];
      vectors.im[i * n + state] = im[i];
    }
  });
  return { values, vectors };
}

/**
 * Returns the largest absolute row sum of a Hermitian matrix, a bound of |E|.
 *
 * @throws {RangeError} if the matrix is not square, not finite, or differs from its adjoint by more than rounding.
 */
export function hermitianScale(a: ComplexMatrix): number {
  const n = a.rows;
  if (n !== a.columns) throw new RangeError(`Cannot diagonalise: the matrix is ${n} × ${a.columns}, not square`);
  let scale = 0, defect = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) {
      sum += Math.hypot(a.re[i * n + j], a.im[i * n + j]);
      defect = Math.max(
        defect,
        Math.hypot(a.re[i * n + j] - a.re[j * n + i], a.im[i * n + j] + a.im[j * n + i]),
      );
    }
    scale = Math.max(scale, sum);
  }
  if (!Number.isFinite(scale)) throw new RangeError("Cannot diagonalise: the matrix has an entry that is not finite");
  if (!(defect <= 1e-14 * scale)) {
    throw new RangeError(`Cannot diagonalise: the matrix differs from its adjoint by ${defect}`);
  }
  return scale;
}

interface Vector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Takes what the basis leaves of every candidate, and returns the longest remainder, of length 1. */
function takeLongest(candidates: readonly Vector[], basis: readonly Vector[]): Vector {
  let longest = candidates[0], length = -1;
  for (const candidate of candidates) {
    // Twice is enough: the second pass removes what rounding left of the first.
    const remainder = withoutBasis(withoutBasis(candidate, basis), basis);
    const size = Math.sqrt(innerProduct(remainder, remainder)[0]);
    if (size > length) [longest, length] = [remainder, size];
  }
  return { re: longest.re.map((x) => x / length), im: longest.im.map((x) => x / length) };
}

function withoutBasis(vector: Vector, basis: readonly Vector[]): Vector {
  const re = vector.re.slice(), im = vector.im.slice();
  for (const b of basis) {
    const [cRe, cIm] = innerProduct(b, { re, im });
    for (let i = 0; i < re.length; i++) {
      re[i] -= cRe * b.re[i] - cIm * b.im[i];
      im[i] -= cRe * b.im[i] + cIm * b.re[i];
    }
  }
  return { re, im };
}

/** Returns ⟨a|b⟩ = Σ_i a_i* b_i. */
function innerProduct(a: Vector, b: Vector): [number, number] {
  let re = 0, im = 0;
  for (let i = 0; i < a.re.length; i++) {
    re += a.re[i] * b.re[i] + a.im[i] * b.im[i];
    im += a.re[i] * b.im[i] - a.im[i] * b.re[i];
  }
  return [re, im];
}
