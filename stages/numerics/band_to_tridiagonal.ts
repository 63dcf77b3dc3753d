/**
 * Reduces a symmetric matrix of half bandwidth four to a tridiagonal one in O(n²), since eigenvalues of tridiagonal matrices are cheap.
 *
 * Column after column, a Householder reflection of length four clears what lies below the first sub-diagonal. Applied from both sides it makes a
 * bulge four rows further down, which the next reflection of the same sweep clears, and so on until the bulge leaves the matrix. Only the last
 * rows see reflections that are cut short; rows of zeros behind the matrix let one and the same code serve them.
 *
 * @module
 */
import { BAND_STRIDE, HALF_BANDWIDTH, type SymmetricBand } from "./symmetric_band.ts";

/** Sub-diagonals while bulges are in flight: 0 … 7. */
const STRIDE = 8;

/** Rows of zeros behind the matrix, for reflections that reach beyond it. */
const PADDING = 12;

/**
 * Working memory of {@linkcode bandToTridiagonal}.
 *
 * @param order Order of the matrices that it will serve.
 * @returns The memory, to be used again for each matrix.
 */
export function tridiagonalWorkspace(order: number): Float64Array {
  return new Float64Array((order + PADDING) * STRIDE);
}

/**
 * Finds the tridiagonal matrix T = QᵀCQ of a symmetric band matrix C.
 *
 * @param matrix C, left as it is.
 * @param diagonal Receives the diagonal of T, shape `[order]`.
 * @param subdiagonal Receives the sub-diagonal of T, shape `[order]`; the last element is set to 0.
 * @param workspace From {@linkcode tridiagonalWorkspace}.
 */
export function bandToTridiagonal(
  matrix: SymmetricBand,
  diagonal: Float64Array,
  subdiagonal: Float64Array,
  workspace: Float64Array,
): void {
  const { order, entries } = matrix;
  const a = workspace;
  a.fill(0);
  for (let i = 0; i < order; i++) {
    for (let k = 0; k <= HALF_BANDWIDTH; k++) a[i * STRIDE + k] = entries[i * BAND_STRIDE + k];
  }
  for (let sweep = 0; sweep < order - 2; sweep++) {
    let column = sweep;
    let row = sweep + 1;
    // To the end even if there is nothing to clear in the swept column: the sweeps before have left the rest of their bulges further down.
    while (row < order - 1) {
      reflect(a, column, row, column !== sweep);
      column = row;
      row += 4;
    }
  }
  for (let i = 0; i < order; i++) {
    diagonal[i] = a[i * STRIDE];
    subdiagonal[i] = i < order - 1 ? a[i * STRIDE + 1] : 0;
  }
}

/** Clears the elements (row + 1 … row + 3, column) by one reflection of the rows and columns row … row + 3, in place. */
function reflect(a: Float64Array, column: number, row: number, bulge: boolean): void {
  const head = column * STRIDE + (row - column);
  const x0 = a[head], x1 = a[head + 1], x2 = a[head + 2], x3 = a[head + 3];
  const below = x1 * x1 + x2 * x2 + x3 * x3;
  if (below === 0) return;
  const norm = Math.sqrt(x0 * x0 + below);
  const beta = x0 > 0 ? -norm : norm; // the sign that does not cancel
  const pivot = x0 - beta;
  // The reflection is 1 − τ w wᵀ with w = (1, w1, w2, w3).
  const tau = -pivot / beta;
  const w1 = x1 / pivot, w2 = x2 / pivot, w3 = x3 / pivot;
  const tau1 = tau * w1, tau2 = tau * w2, tau3 = tau * w3;
  a[head] = beta;
  a[head + 1] = a[head + 2] = a[head + 3] = 0;

  if (bulge) { // the rest of the bulge: columns column + 1 … column + 3, from the left
    for (let k = 1, at = head + STRIDE - 1; k <= 3; k++, at += STRIDE - 1) {
      const a0 = a[at], a1 = a[at + 1], a2 = a[at + 2], a3 = a[at + 3];
      const y = a0 + w1 * a1 + w2 * a2 + w3 * a3;
      a[at] = a0 - tau * y;
      a[at + 1] = a1 - tau1 * y;
      a[at + 2] = a2 - tau2 * y;
      a[at + 3] = a3 - tau3 * y;
    }
  }

  // The diagonal block, from both sides: A − w pᵀ − p wᵀ with p = τ A w − ½ τ (wᵀ τ A w) w.
  const d0 = row * STRIDE, d1 = d0 + STRIDE, d2 = d1 + STRIDE, d3 = d2 + STRIDE;
  const a00 = a[d0], a10 = a[d0 + 1], a20 = a[d0 + 2], a30 = a[d0 + 3];
  const a11 = a[d1], a21 = a[d1 + 1], a31 = a[d1 + 2], a22 = a[d2], a32 = a[d2 + 1], a33 = a[d3];
  const y0 = tau * (a00 + a10 * w1 + a20 * w2 + a30 * w3);
  const y1 = tau * (a10 + a11 * w1 + a21 * w2 + a31 * w3);
  const y2 = tau * (a20 + a21 * w1 + a22 * w2 + a32 * w3);
  const y3 = tau * (a30 + a31 * w1 + a32 * w2 + a33 * w3);
  const half = 0.5 * tau * (y0 + y1 * w1 + y2 * w2 + y3 * w3);
  const p0 = y0 - half, p1 = y1 - half * w1, p2 = y2 - half * w2, p3 = y3 - half * w3;
  a[d0] = a00 - 2 * p0;
  a[d0 + 1] = a10 - w1 * p0 - p1;
  a[d0 + 2] = a20 - w2 * p0 - p2;
  a[d0 + 3] = a30 - w3 * p0 - p3;
  a[d1] = a11 - 2 * w1 * p1;
  a[d1 + 1] = a21 - w2 * p1 - p2 * w1;
  a[d1 + 2] = a31 - w3 * p1 - p3 * w1;
  a[d2] = a22 - 2 * w2 * p2;
  a[d2 + 1] = a32 - w3 * p2 - p3 * w2;
  a[d3] = a33 - 2 * w3 * p3;

  // The rows row + 4 … row + 7 below the block, from the right: this makes the next bulge.
  for (let k = 4; k < 8; k++) {
    const b0 = a[d0 + k], b1 = a[d1 + k - 1], b2 = a[d2 + k - 2], b3 = a[d3 + k - 3];
    const y = b0 + b1 * w1 + b2 * w2 + b3 * w3;
    a[d0 + k] = b0 - tau * y;
    a[d1 + k - 1] = b1 - tau1 * y;
    a[d2 + k - 2] = b2 - tau2 * y;
    a[d3 + k - 3] = b3 - tau3 * y;
  }
}
