/**
 * The careful way to eigenvectors, for clusters and for whatever the twisted factorization gets wrong: inverse iteration with row exchanges, the vectors of a
 * cluster kept orthogonal in every step. It is `stages/numerics/band_eigenvectors.ts` and `shifted_band_solver.ts` once more.
 *
 * @module
 */
import { exchanges, get, GRAM_ROW, pivoted, PIVOTED_COLUMN, rows, set, trial } from "./memory.ts";
import { fourth, realRows } from "./gram.ts";

const MAXIMAL_ITERATIONS: i32 = 8;

/** A residual below this, relative to the largest eigenvalue, is convergence. */
const RESIDUAL: f64 = 1e-12;

/** How far the shift stays above the eigenvalue if earlier vectors of the cluster may belong to the same one, relative to the largest. */
const SAFE_DISTANCE: f64 = 32 * 2.220446049250313e-16;

/** Place of the diagonal in a column of the factorization: four rows of fill-in and four super-diagonals above it. */
const DIAGONAL: usize = 8 * 8;

/** Finds the vectors of the eigenvalues at `values`, one after the other into `vectors`; false if one does not converge. */
export function inverseIteration(matrix: usize, values: usize, count: i32, largest: f64, vectors: usize): bool {
  for (let k = 0; k < count; k++) {
    if (!findOne(matrix, get(values, k), k, largest, vectors)) return false;
  }
  return true;
}

function findOne(matrix: usize, eigenvalue: f64, k: i32, largest: f64, vectors: usize): bool {
  factorize(matrix, k > 0 ? eigenvalue + SAFE_DISTANCE * largest : eigenvalue, largest);
  startVector(k);
  solveUpper(); // the start vector stands for L⁻¹ of another one: half a solve saved
  normalize();
  for (let iteration = 1; iteration <= MAXIMAL_ITERATIONS; iteration++) {
    for (let i = rows; i < rows + 8; i++) set(trial, i, 0);
    orthogonalize(vectors, k);
    if (normalize() == 0) startVector(k + iteration);
    solveLower();
    solveUpper();
    orthogonalize(vectors, k);
    // The norm after a solve is the inverse of the new vector's residual.
    if (normalize() * RESIDUAL * largest >= 1) {
      if (k > 0) {
        orthogonalize(vectors, k);
        normalize();
      }
      memory.copy(vectors + 8 * <usize> (rows * k), trial, <usize> rows << 3);
      return true;
    }
  }
  return false;
}

/** Vectors without symmetry, another one for each member of a cluster. */
function startVector(member: i32): void {
  let state: u32 = 0x9e3779b9 ^ (<u32> (member + 1) * 0x85ebca6b);
  for (let i = 0; i < rows; i++) {
    state = state * 1664525 + 1013904223;
    const value = 0.5 + <f64> state / 4294967296;
    set(trial, i, (state & 0x10000) != 0 ? -value : value);
  }
  for (let i = rows; i < rows + 8; i++) set(trial, i, 0);
}

function orthogonalize(vectors: usize, count: i32): void {
  for (let j = 0; j < count; j++) {
    const other = vectors + 8 * <usize> (rows * j);
    let sum: f64 = 0;
    for (let i = 0; i < rows; i++) sum += get(other, i) * get(trial, i);
    for (let i = 0; i < rows; i++) set(trial, i, get(trial, i) - sum * get(other, i));
  }
}

/** Scales to norm 1 and returns the norm before. */
function normalize(): f64 {
  let square: f64 = 0, most: f64 = 0;
  for (let i = 0; i < rows; i++) square += get(trial, i) * get(trial, i);
  if (!(square < 1e300 && square > 1e-280)) { // out of range when squared: rescale first
    for (let i = 0; i < rows; i++) most = max(most, abs(get(trial, i)));
    if (!(most > 0 && most < Infinity)) return 0;
    for (let i = 0; i < rows; i++) set(trial, i, get(trial, i) / most);
    return most * normalize();
  }
  const norm = sqrt(square), inverse = 1 / norm;
  for (let i = 0; i < rows; i++) set(trial, i, get(trial, i) * inverse);
  return norm;
}

/** Gaussian elimination of C − μ with partial pivoting; pivots below the rounding of C are replaced by it. */
function factorize(matrix: usize, shift: f64, largest: f64): void {
  const n = rows, least = max(2.220446049250313e-16 * largest, 1e-300);
  let column = pivoted, row = realRows(matrix);
  for (let i = 0; i < n; i++, column += PIVOTED_COLUMN, row += GRAM_ROW) {
    store<f64>(column, 0);
    store<f64>(column, 0, 8);
    store<f64>(column, 0, 16);
    store<f64>(column, 0, 24);
    store<f64>(column, i > 3 ? fourth : 0, 32);
    store<f64>(column, 0, 40);
    store<f64>(column, i > 1 ? load<f64>(row - 2 * GRAM_ROW, 16) : 0, 48);
    store<f64>(column, i > 0 ? load<f64>(row - GRAM_ROW, 8) : 0, 56);
    store<f64>(column, load<f64>(row) - shift, 64);
    store<f64>(column, load<f64>(row, 8), 72);
    store<f64>(column, load<f64>(row, 16), 80);
    store<f64>(column, 0, 88);
    store<f64>(column, i + 4 < n ? fourth : 0, 96);
  }
  let reach = 0; // the last column that the rows in play touch
  for (let i = 0; i < n; i++) {
    const at = pivoted + PIVOTED_COLUMN * <usize> i + DIAGONAL;
    let exchange: usize = 0, size = abs(load<f64>(at));
    for (let k: usize = 1; k <= 4; k++) {
      const other = abs(load<f64>(at + (k << 3)));
      if (other > size) {
        size = other;
        exchange = k;
      }
    }
    store<i32>(exchanges + (<usize> i << 2), <i32> exchange);
    if (exchange != 0) {
      const pivot = load<f64>(at + (exchange << 3));
      store<f64>(at + (exchange << 3), load<f64>(at));
      store<f64>(at, pivot);
    }
    if (size < least) store<f64>(at, load<f64>(at) < 0 ? -least : least);
    const inverse = 1 / load<f64>(at);
    const m1 = load<f64>(at, 8) * inverse, m2 = load<f64>(at, 16) * inverse;
    const m3 = load<f64>(at, 24) * inverse, m4 = load<f64>(at, 32) * inverse;
    store<f64>(at, m1, 8);
    store<f64>(at, m2, 16);
    store<f64>(at, m3, 24);
    store<f64>(at, m4, 32);
    reach = max(reach, min(i + 4 + <i32> exchange, n - 1));
    let c = at + PIVOTED_COLUMN - 8;
    for (let j = i + 1; j <= reach; j++, c += PIVOTED_COLUMN - 8) {
      const u = load<f64>(c + (exchange << 3));
      store<f64>(c + (exchange << 3), load<f64>(c));
      store<f64>(c, u);
      store<f64>(c, load<f64>(c, 8) - m1 * u, 8);
      store<f64>(c, load<f64>(c, 16) - m2 * u, 16);
      store<f64>(c, load<f64>(c, 24) - m3 * u, 24);
      store<f64>(c, load<f64>(c, 32) - m4 * u, 32);
    }
  }
}

function solveLower(): void {
  for (let i = 0; i < rows; i++) {
    const at = pivoted + PIVOTED_COLUMN * <usize> i + DIAGONAL, x = trial + (<usize> i << 3);
    const exchange = <usize> load<i32>(exchanges + (<usize> i << 2)) << 3;
    const value = load<f64>(x + exchange);
    store<f64>(x + exchange, load<f64>(x));
    store<f64>(x, value);
    store<f64>(x, load<f64>(x, 8) - load<f64>(at, 8) * value, 8);
    store<f64>(x, load<f64>(x, 16) - load<f64>(at, 16) * value, 16);
    store<f64>(x, load<f64>(x, 24) - load<f64>(at, 24) * value, 24);
    store<f64>(x, load<f64>(x, 32) - load<f64>(at, 32) * value, 32);
  }
}

function solveUpper(): void {
  for (let i = rows - 1; i >= 0; i--) {
    const at = pivoted + PIVOTED_COLUMN * <usize> i + DIAGONAL, x = trial + (<usize> i << 3);
    const value = load<f64>(x) / load<f64>(at);
    store<f64>(x, value);
    for (let k: usize = 1, above = <usize> min(i, 8); k <= above; k++) {
      store<f64>(x - (k << 3), load<f64>(x - (k << 3)) - load<f64>(at - (k << 3)) * value);
    }
  }
}
