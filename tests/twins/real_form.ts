/**
 * The one shortcut that the twin offers, and only on request: H in the basis where it is real, a quarter of the entries, so
 * that a whole Brillouin zone at fifty sites takes minutes instead of an hour. It refuses a matrix that is not real there.
 *
 * @module
 */

import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { type ComplexMatrix, zeroMatrix } from "./complex_matrix.ts";
import { type HermitianEigen, hermitianScale } from "./hermitian.ts";

/**
 * Returns what {@linkcode hermitianEigen} returns, for a Hermitian H for which D†HD is real, D = diag(1, i, 1, i, …): those
 * that commute with σz K. The eigenvectors are D times those of the real symmetric D†HD.
 *
 * @throws {RangeError} if the matrix is not Hermitian, or D†HD has an imaginary part above rounding.
 */
export function realFormEigen(a: ComplexMatrix): HermitianEigen {
  const n = a.rows;
  const scale = hermitianScale(a);
  const unit = scale === 0 ? 1 : 2 ** Math.floor(Math.log2(scale));
  const real = Matrix.zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const re = a.re[i * n + j], im = a.im[i * n + j];
      // (D†HD)_ij = (−i)^(i mod 2) H_ij i^(j mod 2), written out for the four cases.
      const quarter = (j % 2) - (i % 2);
      const [kept, lost] = quarter === 0 ? [re, im] : quarter === 1 ? [-im, re] : [im, -re];
      if (!(Math.abs(lost) <= 1e-14 * scale)) {
        throw new RangeError(`Cannot use the real form: D†HD has the imaginary part ${lost} at (${i}, ${j})`);
      }
      real.set(i, j, kept / unit);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(real, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, k) => k).sort((i, j) => realEigenvalues[i] - realEigenvalues[j]);
  const vectors = zeroMatrix(n, n);
  for (let i = 0; i < n; i++) {
    const part = i % 2 === 0 ? vectors.re : vectors.im;
    for (let state = 0; state < n; state++) part[i * n + state] = eigenvectorMatrix.get(i, order[state]);
  }
  return { values: Float64Array.from(order, (k) => unit * realEigenvalues[k]), vectors };
}
