/**
 * Rotations for the small dense matrices of groups of modes, by Jacobi's methods; `stages/numerics/jacobi.ts` once more.
 *
 * @module
 */
import { get, LARGEST_GROUP, product, rows, set, small } from "./memory.ts";

const MAXIMAL_SWEEPS: i32 = 60;
const AREA: usize = 8 * <usize> (LARGEST_GROUP * LARGEST_GROUP);

/** The matrix that is decomposed, `[row][column]`; its singular values; left and right vectors, or eigenvectors (right), in rows; an order of modes. */
export function mixed(): usize {
  return small;
}

export function rightRows(): usize {
  return small + AREA;
}

export function leftRows(): usize {
  return small + 2 * AREA;
}

function columns(): usize {
  return small + 3 * AREA;
}

export function values(): usize {
  return small + 4 * AREA;
}

function attempt(): usize {
  return values() + 8 * <usize> LARGEST_GROUP;
}

let cosine: f64 = 1;
let sine: f64 = 0;

/** The rotation that makes [[app, apq], [apq, aqq]] diagonal, by less than 45 degrees. */
function setRotation(app: f64, apq: f64, aqq: f64): void {
  const theta = (aqq - app) / (2 * apq);
  const tangent = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + sqrt(theta * theta + 1));
  cosine = 1 / sqrt(tangent * tangent + 1);
  sine = tangent * cosine;
}

function rotateRows(matrix: usize, order: i32, p: i32, q: i32): void {
  for (let i = 0; i < order; i++) {
    const x = get(matrix, p * order + i), y = get(matrix, q * order + i);
    set(matrix, p * order + i, cosine * x - sine * y);
    set(matrix, q * order + i, sine * x + cosine * y);
  }
}

function rotateColumns(matrix: usize, order: i32, p: i32, q: i32): void {
  for (let i = 0; i < order; i++) {
    const x = get(matrix, i * order + p), y = get(matrix, i * order + q);
    set(matrix, i * order + p, cosine * x - sine * y);
    set(matrix, i * order + q, sine * x + cosine * y);
  }
}

function identity(matrix: usize, order: i32): void {
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) set(matrix, i * order + j, i == j ? 1 : 0);
  }
}

function dot(matrix: usize, order: i32, p: i32, q: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < order; i++) sum += get(matrix, p * order + i) * get(matrix, q * order + i);
  return sum;
}

/** Eigenvectors of the symmetric matrix in `mixed`, into the rows of `rightRows`; false without convergence. */
export function jacobiEigenvectors(order: i32): bool {
  const a = mixed(), r = rightRows();
  identity(r, order);
  let norm: f64 = 0;
  for (let i = 0; i < order * order; i++) norm += get(a, i) * get(a, i);
  if (!(norm < Infinity)) return false;
  for (let sweep = 0; sweep < MAXIMAL_SWEEPS; sweep++) {
    let off: f64 = 0;
    for (let p = 0; p < order; p++) {
      for (let q = p + 1; q < order; q++) off += get(a, p * order + q) * get(a, p * order + q);
    }
    if (off <= 1e-32 * norm) return true;
    for (let p = 0; p < order; p++) {
      for (let q = p + 1; q < order; q++) {
        const apq = get(a, p * order + q);
        if (apq == 0) continue;
        setRotation(get(a, p * order + p), apq, get(a, q * order + q));
        rotateColumns(a, order, p, q);
        rotateRows(a, order, p, q);
        rotateRows(r, order, p, q);
      }
    }
  }
  return false;
}

/**
 * Singular value decomposition K = Xᵀ diag(values) Y of the matrix in `mixed` by one-sided rotations of its columns: X in `leftRows`, Y in `rightRows`, values in
 * ascending order; false without convergence. Left vectors of vanishing values complete the basis.
 */
export function jacobiSvd(order: i32): bool {
  const c = columns(), y = rightRows();
  let norm: f64 = 0;
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      const value = get(mixed(), i * order + j);
      set(c, j * order + i, value);
      norm += value * value;
    }
  }
  if (!(norm < Infinity)) return false;
  identity(y, order);
  let rotated = true;
  for (let sweep = 0; rotated; sweep++) {
    if (sweep == MAXIMAL_SWEEPS) return false;
    rotated = false;
    for (let p = 0; p < order; p++) {
      for (let q = p + 1; q < order; q++) {
        const pp = dot(c, order, p, p), qq = dot(c, order, q, q), pq = dot(c, order, p, q);
        // A column that is all rounding counts as zero; two small ones that are not must become orthogonal like any others.
        if (abs(pq) <= 1e-15 * sqrt(pp * qq) || min(pp, qq) <= 1e-30 * norm) continue;
        rotated = true;
        setRotation(pp, pq, qq);
        rotateRows(c, order, p, q);
        rotateRows(y, order, p, q);
      }
    }
  }
  for (let j = 0; j < order; j++) set(values(), j, sqrt(dot(c, order, j, j)));
  sortAscending(order);
  return completeLeft(order);
}

function sortAscending(order: i32): void {
  for (let i = 1; i < order; i++) {
    for (let j = i; j > 0 && get(values(), j) < get(values(), j - 1); j--) {
      swap(values() + 8 * <usize> j, values() + 8 * <usize> (j - 1));
      for (let k = 0; k < order; k++) {
        swap(columns() + 8 * <usize> (j * order + k), columns() + 8 * <usize> ((j - 1) * order + k));
        swap(rightRows() + 8 * <usize> (j * order + k), rightRows() + 8 * <usize> ((j - 1) * order + k));
      }
    }
  }
}

function swap(a: usize, b: usize): void {
  const value = load<f64>(a);
  store<f64>(a, load<f64>(b));
  store<f64>(b, value);
}

/** Normalizes the columns, the largest first; in place of those that vanish it puts unit vectors orthogonal to all others. */
function completeLeft(order: i32): bool {
  const left = leftRows(), x = attempt(), largest = get(values(), order - 1);
  for (let j = order - 1; j >= 0; j--) {
    const value = get(values(), j), vanishes = value <= 1e-13 * largest || value == 0;
    let best: f64 = 0;
    for (let candidate = 0, end = vanishes ? order : 1; candidate < end && best < 0.5; candidate++) {
      for (let i = 0; i < order; i++) {
        set(x, i, vanishes ? (i == candidate ? 1.0 : 0.0) : get(columns(), j * order + i) / value);
      }
      for (let pass = 0; vanishes && pass < 2; pass++) {
        for (let other = order - 1; other > j; other--) {
          let sum: f64 = 0;
          for (let i = 0; i < order; i++) sum += get(left, other * order + i) * get(x, i);
          for (let i = 0; i < order; i++) set(x, i, get(x, i) - sum * get(left, other * order + i));
        }
      }
      let square: f64 = 0;
      for (let i = 0; i < order; i++) square += get(x, i) * get(x, i);
      const norm = sqrt(square);
      if (norm <= best) continue;
      best = norm;
      for (let i = 0; i < order; i++) set(left, j * order + i, get(x, i) / norm);
    }
    if (!(best > 0)) return false;
  }
  return true;
}

/** Replaces `order` vectors by the combinations that stand in the rows of a small matrix. */
export function combine(vectors: usize, combinations: usize, order: i32): void {
  memory.copy(product, vectors, <usize> (rows * order) << 3);
  for (let n = 0; n < order; n++) {
    const target = vectors + 8 * <usize> (rows * n);
    memory.fill(target, 0, <usize> rows << 3);
    for (let j = 0; j < order; j++) {
      const weight = get(combinations, n * order + j), from = product + 8 * <usize> (rows * j);
      for (let i = 0; i < rows; i++) set(target, i, get(target, i) + weight * get(from, i));
    }
  }
}
