/**
 * Vectors are right if their residuals are small and they are orthonormal; both must hold in clusters and exactly degenerate levels, too.
 *
 * @module
 */
import { assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { bandFrom, denseFromBand, symmetricBands, symmetricEigenvalues } from "../../tests/twins/band.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { BandEigenvectors } from "./band_eigenvectors.ts";
import { BAND_STRIDE, HALF_BANDWIDTH, type SymmetricBand } from "./symmetric_band.ts";

/** ‖C‖ x for the residual ‖(C − μ) x‖: the eigenvalues are good to about 1e-15 of it, and the vectors are as good as the eigenvalues. */
const RESIDUAL = 1e-13;

/** What the module promises beyond its cluster gap. */
const ORTHOGONALITY = 1e-10;

function vectorsOf(matrix: SymmetricBand, eigenvalues: Float64Array, count = matrix.order): Float64Array {
  const vectors = new Float64Array(count * matrix.order);
  new BandEigenvectors(matrix.order).find(matrix, eigenvalues, count, vectors);
  return vectors;
}

function times({ order, entries }: SymmetricBand, x: Float64Array): Float64Array {
  const y = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    y[i] += entries[i * BAND_STRIDE] * x[i];
    for (let k = 1; k <= HALF_BANDWIDTH && i + k < order; k++) {
      y[i] += entries[i * BAND_STRIDE + k] * x[i + k];
      y[i + k] += entries[i * BAND_STRIDE + k] * x[i];
    }
  }
  return y;
}

function assertEigenvectors(matrix: SymmetricBand, eigenvalues: Float64Array, count = matrix.order): void {
  const { order } = matrix, vectors = vectorsOf(matrix, eigenvalues, count);
  const scale = Math.max(Math.abs(eigenvalues[0]), Math.abs(eigenvalues[order - 1]));
  for (let k = 0; k < count; k++) {
    const x = vectors.subarray(k * order, (k + 1) * order), image = times(matrix, x);
    let square = 0;
    for (let i = 0; i < order; i++) square += (image[i] - eigenvalues[k] * x[i]) ** 2;
    assertLess(Math.sqrt(square), RESIDUAL * (scale + Number.MIN_VALUE * 2 ** 60), `residual of vector ${k}`);
    for (let j = 0; j <= k; j++) {
      let overlap = j === k ? -1 : 0;
      for (let i = 0; i < order; i++) overlap += vectors[j * order + i] * x[i];
      assertLess(Math.abs(overlap), ORTHOGONALITY, `overlap of vectors ${j} and ${k}`);
    }
  }
}

const assertAll = (matrix: SymmetricBand): void =>
  assertEigenvectors(matrix, symmetricEigenvalues(denseFromBand(matrix)));

Deno.test("orders 1 to 40, full bands", () => {
  for (let order = 1; order <= 40; order++) assertAll(bandFrom(order, (i, k) => Math.sin(1 + i * 1.7 + k * 0.9)));
});

Deno.test("random bands, with the degeneracies that vanishing diagonals and cuts make", () => {
  fc.assert(fc.property(symmetricBands(1, 40), assertAll), { ...REPEATABLE, numRuns: 200 });
});

Deno.test("every level exactly double: two copies of one chain, side by side and interleaved", () => {
  const chain = (i: number, k: number): number => k === 0 ? Math.sin(i) : k === 1 ? 0.7 : k === 2 ? Math.cos(i) / 2 : 0;
  assertAll(bandFrom(30, (i, k) => i < 15 && i + k >= 15 ? 0 : chain(i % 15, k)));
  assertAll(bandFrom(30, (i, k) => k % 2 === 0 ? chain(Math.floor(i / 2), k / 2) : 0));
});

Deno.test("clusters of any tightness: two or three copies of one chain, coupled ever so weakly", () => {
  for (const copies of [2, 3]) {
    for (let exponent = 0; exponent <= 17; exponent++) {
      const coupling = 10 ** -exponent, length = 12;
      assertAll(bandFrom(copies * length, (i, k) => {
        const end = Math.floor(i / length) !== Math.floor((i + k) / length);
        if (end) return k === 1 ? coupling : 0;
        return k === 0 ? Math.cos(i % length) : k === 1 ? 1 : 0;
      }));
    }
  }
});

Deno.test("double levels of chains that rounding couples: a solution must not grow by more than what the earlier vector can be taken out of", () => {
  // BᵀB of slabs without field at M(q) = 0, which rounding leaves at 1e-16: next to nothing between four chains that share their levels by twos.
  for (let step = 0; step < 2000; step++) {
    const order = [6, 8, 12][step % 3],
      next = 0.3 + step / 1700,
      previous = 0.11 + step / 6100,
      coupling = (step % 7) / 50;
    assertAll(bandFrom(order, (i, k) => {
      const [own, other] = i % 2 === 0 ? [next, previous] : [previous, next];
      if (k === 0) return (i > 1 ? own ** 2 : 0) + (i < order - 2 ? other ** 2 : 0) + coupling ** 2;
      return k === 4 ? next * previous : k === 2 ? (next + previous) * Number.EPSILON / 2 : 0;
    }));
  }
});

Deno.test("one level of the highest multiplicity: the zero matrix, the identity, and a unit in a corner", () => {
  for (const order of [1, 2, 7, 40]) {
    assertEigenvectors(bandFrom(order, () => 0), new Float64Array(order));
    assertEigenvectors(bandFrom(order, (_, k) => k === 0 ? 1 : 0), new Float64Array(order).fill(1));
    const corner = bandFrom(order, (i, k) => i === 0 && k === 0 ? 1 : 0);
    assertEigenvectors(corner, Float64Array.from({ length: order }, (_, i) => i === order - 1 ? 1 : 0));
  }
});

Deno.test("a reflection-symmetric chain, whose odd vectors a symmetric start would miss", () => {
  assertAll(bandFrom(41, (i, k) => k === 0 ? Math.abs(i - 20) / 5 : k === 1 ? 1 : 0));
});

Deno.test("fewer vectors than eigenvalues are the first ones, bit by bit", () => {
  const matrix = bandFrom(25, (i, k) => Math.sin(i + k * k)), eigenvalues = symmetricEigenvalues(denseFromBand(matrix));
  assertEquals(vectorsOf(matrix, eigenvalues, 7), vectorsOf(matrix, eigenvalues).slice(0, 7 * 25));
});

Deno.test("an order at which a dense twin would be slow: the chain whose eigenvalues are 2 cos(kπ/(n + 1))", () => {
  const order = 800;
  assertEigenvectors(
    bandFrom(order, (_, k) => k === 1 ? 1 : 0),
    Float64Array.from({ length: order }, (_, k) => -2 * Math.cos(Math.PI * (k + 1) / (order + 1))),
  );
});
