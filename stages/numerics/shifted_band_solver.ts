/**
 * Solves (C − μ) x = b for a symmetric band matrix C and a shift μ that is an eigenvalue to rounding, the step of inverse iteration.
 *
 * The system is singular on purpose, so that only a factorisation with row exchanges is safe: Gaussian elimination with partial pivoting, kept in
 * columns of 13: four rows of fill-in, four super-diagonals, the diagonal, and the four multipliers of the step in place of the sub-diagonals.
 *
 * @module
 */
import { BAND_STRIDE, HALF_BANDWIDTH, type SymmetricBand } from "./symmetric_band.ts";

/** Numbers stored for a column, and the place of the diagonal among them. */
const STRIDE = 3 * HALF_BANDWIDTH + 1, DIAGONAL = 2 * HALF_BANDWIDTH;

/** Solves shifted systems of one matrix after the other; owns all of its memory. */
export class ShiftedBandSolver {
  readonly #order: number;
  readonly #matrix: Float64Array;
  readonly #factors: Float64Array;
  readonly #exchanges: Uint8Array;
  #smallestPivot = 0;

  /**
   * Memory for matrices of one order.
   *
   * @param order Order of the matrices that it will serve.
   */
  constructor(order: number) {
    this.#order = order;
    this.#matrix = new Float64Array((order + 2 * HALF_BANDWIDTH) * STRIDE);
    this.#factors = new Float64Array(this.#matrix.length);
    this.#exchanges = new Uint8Array(order);
  }

  /**
   * Takes the matrix whose shifted systems come next.
   *
   * @param matrix C.
   * @param scale A norm of C: pivots below its rounding are replaced by it.
   */
  load(matrix: SymmetricBand, scale: number): void {
    const { order, entries } = matrix;
    const a = this.#matrix;
    this.#smallestPivot = Math.max(Number.EPSILON * scale, Number.MIN_VALUE * 2 ** 60);
    for (let column = 0; column < order; column++) {
      a[column * STRIDE + DIAGONAL] = entries[column * BAND_STRIDE];
      for (let k = 1; k <= HALF_BANDWIDTH && column + k < order; k++) {
        const value = entries[column * BAND_STRIDE + k];
        a[column * STRIDE + DIAGONAL + k] = value;
        a[(column + k) * STRIDE + DIAGONAL - k] = value;
      }
    }
  }

  /**
   * Factorises C − μ.
   *
   * @param shift μ.
   */
  factorize(shift: number): void {
    const order = this.#order, a = this.#factors;
    a.set(this.#matrix);
    for (let i = 0; i < order; i++) a[i * STRIDE + DIAGONAL] -= shift;
    let reach = 0; // the last column that the rows in play touch
    for (let i = 0; i < order; i++) {
      const at = i * STRIDE + DIAGONAL;
      let exchange = 0, largest = Math.abs(a[at]);
      for (let k = 1; k <= HALF_BANDWIDTH; k++) {
        const size = Math.abs(a[at + k]);
        if (size > largest) {
          largest = size;
          exchange = k;
        }
      }
      this.#exchanges[i] = exchange;
      if (exchange !== 0) {
        const pivot = a[at + exchange];
        a[at + exchange] = a[at];
        a[at] = pivot;
      }
      if (largest < this.#smallestPivot) a[at] = a[at] < 0 ? -this.#smallestPivot : this.#smallestPivot;
      const inverse = 1 / a[at];
      const m1 = a[at + 1] *= inverse, m2 = a[at + 2] *= inverse, m3 = a[at + 3] *= inverse, m4 = a[at + 4] *= inverse;
      reach = Math.max(reach, Math.min(i + HALF_BANDWIDTH + exchange, order - 1));
      for (let column = i + 1, c = at + STRIDE - 1; column <= reach; column++, c += STRIDE - 1) {
        const u = a[c + exchange];
        if (exchange !== 0) {
          a[c + exchange] = a[c];
          a[c] = u;
        }
        a[c + 1] -= m1 * u;
        a[c + 2] -= m2 * u;
        a[c + 3] -= m3 * u;
        a[c + 4] -= m4 * u;
      }
    }
  }

  /**
   * Solves with the lower factor only, in place.
   *
   * @param x Right-hand side, then solution; shape `[order + 8]`, zeros in the last eight.
   */
  solveLower(x: Float64Array): void {
    const order = this.#order, a = this.#factors, exchanges = this.#exchanges;
    for (let i = 0; i < order; i++) {
      const at = i * STRIDE + DIAGONAL, exchange = exchanges[i];
      const value = x[i + exchange];
      x[i + exchange] = x[i];
      x[i] = value;
      x[i + 1] -= a[at + 1] * value;
      x[i + 2] -= a[at + 2] * value;
      x[i + 3] -= a[at + 3] * value;
      x[i + 4] -= a[at + 4] * value;
    }
  }

  /**
   * Solves with the upper factor only, in place.
   *
   * @param x Right-hand side, then solution; shape `[order + 8]`.
   */
  solveUpper(x: Float64Array): void {
    const a = this.#factors;
    for (let i = this.#order - 1; i >= 0; i--) {
      const at = i * STRIDE + DIAGONAL;
      const value = x[i] /= a[at];
      const above = Math.min(i, DIAGONAL);
      for (let k = 1; k <= above; k++) x[i - k] -= a[at - k] * value;
    }
  }
}
