/**
 * Band matrices written out in full, and random ones, because a kernel that steps through a band is best compared with one that knows of none.
 *
 * @module
 */

import fc from "fast-check";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import {
  BAND_STRIDE,
  HALF_BANDWIDTH,
  type SymmetricBand,
  symmetricBand,
} from "../../stages/numerics/symmetric_band.ts";
import { numberWithin } from "./slab_arbitrary.ts";

/** Returns the matrix entry by entry, shape `[row][column]`. */
export function denseFromBand({ order, entries }: SymmetricBand): Matrix {
  const dense = Matrix.zeros(order, order);
  for (let i = 0; i < order; i++) {
    for (let k = 0; k <= HALF_BANDWIDTH && i + k < order; k++) {
      dense.set(i + k, i, entries[i * BAND_STRIDE + k]);
      dense.set(i, i + k, entries[i * BAND_STRIDE + k]);
    }
  }
  return dense;
}

/** Returns the band matrix whose element (i + k, i), k = 0 … 4, is what `element` says. */
export function bandFrom(order: number, element: (i: number, k: number) => number): SymmetricBand {
  const band = symmetricBand(order);
  for (let i = 0; i < order; i++) {
    for (let k = 0; k <= HALF_BANDWIDTH && i + k < order; k++) band.entries[i * BAND_STRIDE + k] = element(i, k);
  }
  return band;
}

/** Returns the tridiagonal matrix in full; the last element of the sub-diagonal is not read. */
export function denseFromTridiagonal(diagonal: ArrayLike<number>, subdiagonal: ArrayLike<number>): Matrix {
  return denseFromBand(bandFrom(diagonal.length, (i, k) => k === 0 ? diagonal[i] : k === 1 ? subdiagonal[i] : 0));
}

/** Returns the eigenvalues of a real symmetric matrix, ascending. */
export function symmetricEigenvalues(dense: Matrix): Float64Array {
  return Float64Array.from(new EigenvalueDecomposition(dense, { assumeSymmetric: true }).realEigenvalues).sort();
}

/**
 * Returns band matrices of `least` to `most` rows with entries of size 1, of which some diagonals may vanish and some blocks be cut off from the rest:
 * the zeros decide which paths a reduction takes.
 */
export function symmetricBands(least: number, most: number): fc.Arbitrary<SymmetricBand> {
  return fc.record({
    order: fc.integer({ min: least, max: most }),
    kept: fc.tuple(...Array.from({ length: BAND_STRIDE }, () => fc.boolean())),
    full: fc.boolean(),
    cuts: fc.array(fc.nat({ max: most }), { maxLength: 3 }),
  }).chain(({ order, kept, full, cuts }) =>
    fc.array(numberWithin(2), { minLength: order * BAND_STRIDE, maxLength: order * BAND_STRIDE }).map((values) =>
      bandFrom(order, (i, k) => {
        if (!full && !kept[k]) return 0;
        if (cuts.some((cut) => i < cut && cut <= i + k)) return 0;
        return values[i * BAND_STRIDE + k];
      })
    )
  );
}

/** Returns max |a_k − b_k|, NaN if a number is NaN or the lengths differ. */
export function largestDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : NaN;
  for (let k = 0; k < a.length; k++) largest = Math.max(largest, Math.abs(a[k] - b[k]));
  return largest;
}
