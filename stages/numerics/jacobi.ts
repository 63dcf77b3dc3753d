/**
 * Rotations for the small dense matrices of degenerate subspaces, by Jacobi's methods: slow, simple, and accurate to the last digit.
 *
 * @module
 */

/** Sweeps over all pairs; Jacobi's methods converge quadratically, six are typical. */
const MAXIMAL_SWEEPS = 60;

/** What rounding may leave beside the diagonal for each row, squared, of the squared norm: five times what was seen where all levels are one of two. */
const ROW_ROUNDING = 1e-33;

/**
 * Eigenvectors of a real symmetric matrix by cyclic Jacobi rotations.
 *
 * @param matrix The matrix, shape `[order][order]`; diagonal (the eigenvalues, in no order) afterwards.
 * @param order Its order.
 * @returns The orthogonal matrix R whose rows are the eigenvectors, shape `[vector][order]`.
 * @throws {Error} If the matrix is not finite, or it does not converge.
 */
export function jacobiEigenvectors(matrix: Float64Array, order: number): Float64Array {
  const rows = identity(order);
  const norm = finiteNorm(matrix, `diagonalize a symmetric matrix of order ${order}`);
  // Matrices of flat bands have hundreds of rows, for which the limit of small ones is out of reach.
  const negligible = Math.max(1e-32, ROW_ROUNDING * order) * norm;
  for (let sweep = 0; sweep < MAXIMAL_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < order; p++) for (let q = p + 1; q < order; q++) off += matrix[p * order + q] ** 2;
    if (off <= negligible) return rows;
    for (let p = 0; p < order; p++) {
      for (let q = p + 1; q < order; q++) {
        const apq = matrix[p * order + q];
        if (apq === 0) continue;
        const { cosine, sine } = rotation(matrix[p * order + p], apq, matrix[q * order + q]);
        rotateColumns(matrix, order, p, q, cosine, sine);
        rotateRows(matrix, order, p, q, cosine, sine);
        rotateRows(rows, order, p, q, cosine, sine);
      }
    }
  }
  throw new Error(`Cannot diagonalize a symmetric matrix of order ${order}: no convergence`);
}

/** Singular values and the rotations of both sides: K = Xᵀ diag(values) Y with the vectors in the rows of X and Y. */
export interface SmallSvd {
  /** Singular values, none negative, in no order; shape `[order]`. */
  readonly values: Float64Array;
  /** Left singular vectors, shape `[vector][order]`. */
  readonly left: Float64Array;
  /** Right singular vectors, shape `[vector][order]`. */
  readonly right: Float64Array;
}

/**
 * Singular value decomposition of a small real square matrix by one-sided Jacobi rotations of its columns.
 *
 * @param matrix K, shape `[order][order]`, left as it is.
 * @param order Its order.
 * @returns The decomposition; left vectors of vanishing singular values complete the basis.
 * @throws {Error} If the matrix is not finite, or it does not converge.
 */
export function jacobiSvd(matrix: Float64Array, order: number): SmallSvd {
  const columns = new Float64Array(order * order); // transposed: row j is column j of K
  for (let i = 0; i < order; i++) for (let j = 0; j < order; j++) columns[j * order + i] = matrix[i * order + j];
  const right = identity(order);
  rotateUntilOrthogonal(columns, right, order);
  const values = new Float64Array(order);
  for (let j = 0; j < order; j++) values[j] = Math.sqrt(dot(columns, j, j, order));
  return { values, left: completedBasis(columns, values, order), right };
}

function rotateUntilOrthogonal(columns: Float64Array, right: Float64Array, order: number): void {
  const norm = finiteNorm(columns, `find the singular values of a matrix of order ${order}`);
  for (let sweep = 0; sweep < MAXIMAL_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < order; p++) {
      for (let q = p + 1; q < order; q++) {
        const pp = dot(columns, p, p, order), qq = dot(columns, q, q, order), pq = dot(columns, p, q, order);
        // A column that is all rounding counts as zero; two small ones that are not must become orthogonal like any others.
        if (Math.abs(pq) <= 1e-15 * Math.sqrt(pp * qq) || Math.min(pp, qq) <= 1e-30 * norm) continue;
        rotated = true;
        const { cosine, sine } = rotation(pp, pq, qq);
        rotateRows(columns, order, p, q, cosine, sine);
        rotateRows(right, order, p, q, cosine, sine);
      }
    }
    if (!rotated) return;
  }
  throw new Error(`Cannot find the singular values of a matrix of order ${order}: no convergence`);
}

/** Normalises the columns; in place of those that vanish it puts unit vectors orthogonal to all others. */
function completedBasis(columns: Float64Array, values: Float64Array, order: number): Float64Array {
  const left = new Float64Array(order * order);
  const byValue = [...values.keys()].sort((a, b) => values[b] - values[a]);
  const largest = order === 0 ? 0 : values[byValue[0]];
  const done: number[] = [];
  for (const j of byValue) {
    const vanishes = values[j] <= 1e-13 * largest || values[j] === 0;
    const candidates = vanishes ? order : 1;
    let best = 0;
    for (let candidate = 0; candidate < candidates && best < 0.5; candidate++) {
      const trial = new Float64Array(order);
      if (vanishes) trial[candidate] = 1;
      else for (let i = 0; i < order; i++) trial[i] = columns[j * order + i] / values[j];
      for (let pass = 0; vanishes && pass < 2; pass++) {
        for (const other of done) {
          let overlap = 0;
          for (let i = 0; i < order; i++) overlap += left[other * order + i] * trial[i];
          for (let i = 0; i < order; i++) trial[i] -= overlap * left[other * order + i];
        }
      }
      const norm = Math.hypot(...trial);
      if (norm <= best) continue;
      best = norm;
      for (let i = 0; i < order; i++) left[j * order + i] = trial[i] / norm;
    }
    done.push(j);
  }
  return left;
}

/** The sum of all elements squared; an infinite one would make every element negligible. */
function finiteNorm(matrix: Float64Array, action: string): number {
  let norm = 0;
  for (const value of matrix) norm += value * value;
  if (!Number.isFinite(norm)) throw new Error(`Cannot ${action}: an element is not finite`);
  return norm;
}

function identity(order: number): Float64Array {
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++) matrix[i * order + i] = 1;
  return matrix;
}

/** The rotation that makes the symmetric matrix [[app, apq], [apq, aqq]] diagonal, by less than 45 degrees. */
function rotation(app: number, apq: number, aqq: number): { cosine: number; sine: number } {
  const theta = (aqq - app) / (2 * apq);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  return { cosine, sine: tangent * cosine };
}

function rotateRows(matrix: Float64Array, order: number, p: number, q: number, cosine: number, sine: number): void {
  for (let i = 0; i < order; i++) {
    const x = matrix[p * order + i], y = matrix[q * order + i];
    matrix[p * order + i] = cosine * x - sine * y;
    matrix[q * order + i] = sine * x + cosine * y;
  }
}

function rotateColumns(matrix: Float64Array, order: number, p: number, q: number, cosine: number, sine: number): void {
  for (let i = 0; i < order; i++) {
    const x = matrix[i * order + p], y = matrix[i * order + q];
    matrix[i * order + p] = cosine * x - sine * y;
    matrix[i * order + q] = sine * x + cosine * y;
  }
}

function dot(rows: Float64Array, p: number, q: number, order: number): number {
  let sum = 0;
  for (let i = 0; i < order; i++) sum += rows[p * order + i] * rows[q * order + i];
  return sum;
}
