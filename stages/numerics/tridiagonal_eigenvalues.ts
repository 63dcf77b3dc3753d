/**
 * All eigenvalues of a real symmetric tridiagonal matrix without eigenvectors, in O(n²), by the QL iteration free of square roots of Pal, Walker and
 * Kahan (the algorithm of EISPACK's `tqlrat` and LAPACK's `dsterf`).
 *
 * @module
 */

const EPSILON = Number.EPSILON;

/** QL sweeps an eigenvalue; two are typical, and more than a handful has never been seen. */
const MAXIMAL_SWEEPS = 60;

/**
 * Finds the eigenvalues with an absolute error of a few roundings of the matrix norm.
 *
 * @param diagonal The diagonal, shape `[order]`; holds the eigenvalues in ascending order afterwards.
 * @param subdiagonal The sub-diagonal, shape `[order]` with the last element unused; destroyed.
 * @throws {Error} If the input is not finite, or an eigenvalue does not converge.
 */
export function tridiagonalEigenvalues(diagonal: Float64Array, subdiagonal: Float64Array): void {
  const order = diagonal.length;
  const d = diagonal;
  const squares = subdiagonal; // squares of the sub-diagonal from here on
  let norm = 0;
  for (let i = 0; i < order; i++) norm = Math.max(norm, Math.abs(d[i]) + (i < order - 1 ? Math.abs(squares[i]) : 0));
  if (!Number.isFinite(norm)) { // every comparison below would come out false, and the input pass for its own eigenvalues
    throw new Error(`Cannot find the eigenvalues of a tridiagonal matrix of order ${order}: an element is not finite`);
  }
  for (let i = 0; i < order - 1; i++) squares[i] *= squares[i];
  squares[order - 1] = 0;
  const negligible = (EPSILON * norm) ** 2 / 4;

  for (let first = 0; first < order; first++) {
    for (let sweep = 0;; sweep++) {
      let last = first; // the unreduced block first … last
      while (last < order - 1 && squares[last] > negligible) last++;
      if (last < order - 1) squares[last] = 0;
      if (last === first) break;
      if (sweep === MAXIMAL_SWEEPS) {
        throw new Error(`Cannot find eigenvalue ${first} of a tridiagonal matrix of order ${order}: no convergence`);
      }
      sweepOnce(d, squares, first, last);
    }
  }
  d.sort();
}

/** One QL sweep over the block first … last with Wilkinson's shift, on the squares of the sub-diagonal. */
function sweepOnce(d: Float64Array, squares: Float64Array, first: number, last: number): void {
  const root = Math.sqrt(squares[first]);
  const slope = (d[first + 1] - d[first]) / (2 * root);
  const radius = Math.sqrt(slope * slope + 1);
  const shift = d[first] - root / (slope + (slope >= 0 ? radius : -radius));
  let cosine = 1, sine = 0; // squares of the rotation's cosine and sine
  let gamma = d[last] - shift;
  let p = gamma * gamma;
  for (let i = last - 1; i >= first; i--) {
    const square = squares[i];
    const r = p + square;
    if (i !== last - 1) squares[i + 1] = sine * r;
    const previousCosine = cosine;
    cosine = p / r;
    sine = square / r;
    const previousGamma = gamma;
    gamma = cosine * (d[i] - shift) - sine * previousGamma;
    d[i + 1] = previousGamma + (d[i] - gamma);
    p = cosine !== 0 ? (gamma * gamma) / cosine : previousCosine * square;
  }
  squares[first] = sine * p;
  d[first] = shift + gamma;
}
