/**
 * Products of dense matrices, sixteen entries at a time: what observables of pairs of states are made of, and nearly all of their cost.
 *
 * @module
 */

/** The size of a dense product. */
export interface ProductShape {
  /** Rows of A and of the product. */
  readonly rows: number;
  /** Columns of A, rows of B. */
  readonly inner: number;
  /** Columns of B and of the product. */
  readonly columns: number;
}

/**
 * C = A B.
 *
 * @param a A, shape `[row][inner]`.
 * @param b B, shape `[inner][column]`.
 * @param c Receives the product, shape `[row][column]`; neither A nor B itself.
 * @param shape The sizes.
 */
export function matrixProduct(a: Float64Array, b: Float64Array, c: Float64Array, shape: ProductShape): void {
  const { rows, inner, columns } = shape;
  const evenRows = rows - rows % 4, evenColumns = columns - columns % 4;
  for (let i = 0; i < evenRows; i += 4) {
    for (let j = 0; j < evenColumns; j += 4) tile(a, b, c, i * inner, j, i * columns + j, inner, columns);
  }
  for (let i = 0; i < rows; i++) {
    for (let j = i < evenRows ? evenColumns : 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[i * inner + k] * b[k * columns + j];
      c[i * columns + j] = sum;
    }
  }
}

function tile(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  from: number,
  column: number,
  to: number,
  inner: number,
  columns: number,
): void {
  let c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0;
  let c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
  const second = from + inner, third = second + inner, fourth = third + inner;
  for (let k = 0, p = column; k < inner; k++, p += columns) {
    const x0 = a[from + k], x1 = a[second + k], x2 = a[third + k], x3 = a[fourth + k];
    const y0 = b[p], y1 = b[p + 1], y2 = b[p + 2], y3 = b[p + 3];
    c00 += x0 * y0;
    c01 += x0 * y1;
    c02 += x0 * y2;
    c03 += x0 * y3;
    c10 += x1 * y0;
    c11 += x1 * y1;
    c12 += x1 * y2;
    c13 += x1 * y3;
    c20 += x2 * y0;
    c21 += x2 * y1;
    c22 += x2 * y2;
    c23 += x2 * y3;
    c30 += x3 * y0;
    c31 += x3 * y1;
    c32 += x3 * y2;
    c33 += x3 * y3;
  }
  c[to] = c00;
  c[to + 1] = c01;
  c[to + 2] = c02;
  c[to + 3] = c03;
  to += columns;
  c[to] = c10;
  c[to + 1] = c11;
  c[to + 2] = c12;
  c[to + 3] = c13;
  to += columns;
  c[to] = c20;
  c[to + 1] = c21;
  c[to + 2] = c22;
  c[to + 3] = c23;
  to += columns;
  c[to] = c30;
  c[to + 1] = c31;
  c[to + 2] = c32;
  c[to + 3] = c33;
}

/**
 * The transpose of a square matrix.
 *
 * @param a The matrix, shape `[row][column]`.
 * @param order Its order.
 * @param to Receives the transpose; not the matrix itself.
 */
export function transpose(a: Float64Array, order: number, to: Float64Array): void {
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) to[j * order + i] = a[i * order + j];
  }
}
