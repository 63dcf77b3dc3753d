/**
 * Complex matrices in which every entry is stored and every product is the schoolbook sum: the twin is compared with kernels
 * that exploit zeros, so it must not know any.
 *
 * @module
 */

/** A dense complex matrix, row-major: entry (i, j) is re[i * columns + j] + i im[i * columns + j]. */
export interface ComplexMatrix {
  /** How many rows. */
  readonly rows: number;
  /** How many columns. */
  readonly columns: number;
  /** Real parts, [row][column]. */
  readonly re: Float64Array;
  /** Imaginary parts, [row][column]. */
  readonly im: Float64Array;
}

/** An entry as people write it: a real number, or the pair [real part, imaginary part]. */
export type Entry = number | readonly [number, number];

/** Returns the rows × columns matrix of zeros. */
export function zeroMatrix(rows: number, columns: number): ComplexMatrix {
  return { rows, columns, re: new Float64Array(rows * columns), im: new Float64Array(rows * columns) };
}

/** Returns the identity of the given size. */
export function identityMatrix(size: number): ComplexMatrix {
  const result = zeroMatrix(size, size);
  for (let i = 0; i < size; i++) result.re[i * size + i] = 1;
  return result;
}

/**
 * Returns the matrix with the given rows.
 *
 * @throws {RangeError} if the rows differ in length.
 */
export function matrixFromRows(rows: readonly (readonly Entry[])[]): ComplexMatrix {
  const result = zeroMatrix(rows.length, rows[0].length);
  rows.forEach((row, i) => {
    if (row.length !== result.columns) {
      throw new RangeError(`Cannot make a matrix: row ${i} has ${row.length} entries, row 0 has ${result.columns}`);
    }
    row.forEach((entry, j) => {
      const [re, im] = typeof entry === "number" ? [entry, 0] : entry;
      result.re[i * result.columns + j] = re;
      result.im[i * result.columns + j] = im;
    });
  });
  return result;
}

/**
 * Returns the product a b.
 *
 * @throws {RangeError} if a has not as many columns as b has rows.
 */
export function multiply(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  if (a.columns !== b.rows) {
    throw new RangeError(`Cannot multiply: the left matrix has ${a.columns} columns, the right one ${b.rows} rows`);
  }
  const result = zeroMatrix(a.rows, b.columns);
  const n = b.columns;
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const re = a.re[i * a.columns + k], im = a.im[i * a.columns + k];
      for (let j = 0; j < n; j++) {
        result.re[i * n + j] += re * b.re[k * n + j] - im * b.im[k * n + j];
        result.im[i * n + j] += re * b.im[k * n + j] + im * b.re[k * n + j];
      }
    }
  }
  return result;
}

/** Returns the conjugate transpose of a. */
export function adjoint(a: ComplexMatrix): ComplexMatrix {
  const result = zeroMatrix(a.columns, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) {
      result.re[j * a.rows + i] = a.re[i * a.columns + j];
      result.im[j * a.rows + i] = -a.im[i * a.columns + j];
    }
  }
  return result;
}

/**
 * Returns Σ_k c_k A_k for the pairs [c_k, A_k] given.
 *
 * @throws {RangeError} if the matrices differ in shape.
 */
export function combine(...terms: readonly (readonly [Entry, ComplexMatrix])[]): ComplexMatrix {
  const result = zeroMatrix(terms[0][1].rows, terms[0][1].columns);
  for (const [factor, a] of terms) {
    if (a.rows !== result.rows || a.columns !== result.columns) {
      throw new RangeError(
        `Cannot add matrices: one is ${result.rows} × ${result.columns}, another ${a.rows} × ${a.columns}`,
      );
    }
    const [re, im] = typeof factor === "number" ? [factor, 0] : factor;
    for (let k = 0; k < result.re.length; k++) {
      result.re[k] += re * a.re[k] - im * a.im[k];
      result.im[k] += re * a.im[k] + im * a.re[k];
    }
  }
  return result;
}

/**
 * Returns the block-diagonal matrix 1 ⊗ a with `copies` copies of a on its diagonal.
 */
export function repeatOnDiagonal(a: ComplexMatrix, copies: number): ComplexMatrix {
  const result = zeroMatrix(a.rows * copies, a.columns * copies);
  for (let copy = 0; copy < copies; copy++) addBlock(result, a, copy * a.rows, copy * a.columns);
  return result;
}

/** Adds the block to the matrix in place, its upper left corner at (row, column). */
export function addBlock(matrix: ComplexMatrix, block: ComplexMatrix, row: number, column: number): void {
  for (let i = 0; i < block.rows; i++) {
    for (let j = 0; j < block.columns; j++) {
      matrix.re[(row + i) * matrix.columns + column + j] += block.re[i * block.columns + j];
      matrix.im[(row + i) * matrix.columns + column + j] += block.im[i * block.columns + j];
    }
  }
}

/**
 * Returns the inverse of a square matrix by Gauss–Jordan elimination with row pivoting.
 *
 * @throws {RangeError} if the matrix is not square, or is singular.
 */
export function inverse(a: ComplexMatrix): ComplexMatrix {
  const n = a.rows;
  if (n !== a.columns) throw new RangeError(`Cannot invert: the matrix is ${n} × ${a.columns}, not square`);
  const left = { ...a, re: a.re.slice(), im: a.im.slice() };
  const right = identityMatrix(n);
  for (let step = 0; step < n; step++) {
    let pivot = step;
    for (let i = step + 1; i < n; i++) {
      if (modulus(left, i, step) > modulus(left, pivot, step)) pivot = i;
    }
    const size = modulus(left, pivot, step);
    if (!(size > 0)) throw new RangeError(`Cannot invert: the matrix is singular (no pivot in column ${step})`);
    for (const matrix of [left, right]) swapRows(matrix, step, pivot);
    const re = left.re[step * n + step] / size / size, im = -left.im[step * n + step] / size / size;
    for (const matrix of [left, right]) scaleRow(matrix, step, re, im);
    for (let i = 0; i < n; i++) {
      if (i === step) continue;
      const factorRe = left.re[i * n + step], factorIm = left.im[i * n + step];
      for (const matrix of [left, right]) subtractRow(matrix, i, step, factorRe, factorIm);
    }
  }
  return right;
}

/** Returns max |a_ij − b_ij|; NaN if an entry is NaN. */
export function largestDifference(a: ComplexMatrix, b: ComplexMatrix): number {
  const difference = combine([1, a], [-1, b]);
  let largest = 0;
  for (let k = 0; k < difference.re.length; k++) {
    largest = Math.max(largest, Math.hypot(difference.re[k], difference.im[k]));
  }
  return largest;
}

function modulus(a: ComplexMatrix, i: number, j: number): number {
  return Math.sqrt(a.re[i * a.columns + j] ** 2 + a.im[i * a.columns + j] ** 2);
}

function swapRows(a: ComplexMatrix, i: number, k: number): void {
  if (i === k) return;
  for (const part of [a.re, a.im]) {
    const row = part.slice(i * a.columns, (i + 1) * a.columns);
    part.copyWithin(i * a.columns, k * a.columns, (k + 1) * a.columns);
    part.set(row, k * a.columns);
  }
}

function scaleRow(a: ComplexMatrix, i: number, re: number, im: number): void {
  for (let k = i * a.columns; k < (i + 1) * a.columns; k++) {
    const x = a.re[k], y = a.im[k];
    a.re[k] = x * re - y * im;
    a.im[k] = x * im + y * re;
  }
}

function subtractRow(a: ComplexMatrix, i: number, from: number, re: number, im: number): void {
  const { columns, re: real, im: imaginary } = a;
  for (let target = i * columns, source = from * columns; target < (i + 1) * columns; target++, source++) {
    const x = real[source], y = imaginary[source];
    real[target] -= re * x - im * y;
    imaginary[target] -= re * y + im * x;
  }
}
