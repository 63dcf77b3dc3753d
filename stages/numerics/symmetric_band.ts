/**
 * Storage of real symmetric matrices of half bandwidth four, the form of BᵀB and BBᵀ, shared by every step of the eigensolver.
 *
 * @module
 */

/** Sub-diagonals that differ from zero. */
export const HALF_BANDWIDTH = 4;

/** Numbers stored for a column: the diagonal and the sub-diagonals below it. */
export const BAND_STRIDE = HALF_BANDWIDTH + 1;

/**
 * A real symmetric band matrix, lower triangle by columns: element (i + k, i) is `entries[5 i + k]`, k = 0 … 4; entries that would lie below
 * the last row are zero.
 */
export interface SymmetricBand {
  /** Rows and columns. */
  readonly order: number;
  /** The elements. */
  readonly entries: Float64Array;
}

/**
 * A zero band matrix.
 *
 * @param order Rows and columns.
 * @returns The matrix.
 */
export function symmetricBand(order: number): SymmetricBand {
  return { order, entries: new Float64Array(order * BAND_STRIDE) };
}
