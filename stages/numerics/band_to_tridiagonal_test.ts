/**
 * The reduction must keep the eigenvalues of every band matrix, whatever zeros cut its bulges short.
 *
 * @module
 */
import { assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import {
  bandFrom,
  denseFromBand,
  denseFromTridiagonal,
  largestDistance,
  symmetricBands,
  symmetricEigenvalues,
} from "../../tests/twins/band.ts";
import { REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { bandToTridiagonal, tridiagonalWorkspace } from "./band_to_tridiagonal.ts";
import type { SymmetricBand } from "./symmetric_band.ts";

/** Both sides round each entry of a matrix of norm below 20 a few times a rotation: a hundred times that is still 1e-12. */
const TOLERANCE = 1e-12;

function reduced(
  matrix: SymmetricBand,
  workspace = tridiagonalWorkspace(matrix.order),
): { diagonal: Float64Array; subdiagonal: Float64Array } {
  const diagonal = new Float64Array(matrix.order), subdiagonal = new Float64Array(matrix.order).fill(7);
  bandToTridiagonal(matrix, diagonal, subdiagonal, workspace);
  return { diagonal, subdiagonal };
}

function assertEigenvaluesKept(matrix: SymmetricBand): void {
  const { diagonal, subdiagonal } = reduced(matrix);
  assertEquals(subdiagonal[matrix.order - 1], 0);
  assertLess(
    largestDistance(
      symmetricEigenvalues(denseFromTridiagonal(diagonal, subdiagonal)),
      symmetricEigenvalues(denseFromBand(matrix)),
    ),
    TOLERANCE,
  );
}

Deno.test("a band matrix of any order from 1 to 60 keeps its eigenvalues", () => {
  for (let order = 1; order <= 60; order++) {
    // No two entries alike, all five diagonals full.
    assertEigenvaluesKept(bandFrom(order, (i, k) => Math.sin(1 + i * 1.7 + k * 0.9) + (k === 0 ? 0.3 * (i % 3) : 0)));
  }
});

Deno.test("vanishing diagonals and blocks cut off from each other do no harm", () => {
  fc.assert(fc.property(symmetricBands(1, 40), assertEigenvaluesKept), { ...REPEATABLE, numRuns: 150 });
});

Deno.test("one far element alone, at every place, keeps the eigenvalues", () => {
  for (let order = 2; order <= 9; order++) {
    for (let row = 0; row < order - 1; row++) {
      for (let offset = 1; offset <= 4 && row + offset < order; offset++) {
        assertEigenvaluesKept(bandFrom(order, (i, k) => k === 0 ? i : i === row && k === offset ? 2 : 0));
      }
    }
  }
});

Deno.test("a tridiagonal matrix stays as it is, and so does the input", () => {
  const matrix = bandFrom(12, (i, k) => k === 0 ? i * i : k === 1 ? i - 4 : 0), before = matrix.entries.slice();
  const { diagonal, subdiagonal } = reduced(matrix);
  assertEquals(diagonal, Float64Array.from({ length: 12 }, (_, i) => i * i));
  assertEquals(subdiagonal, Float64Array.from({ length: 12 }, (_, i) => i === 11 ? 0 : i - 4));
  reduced(bandFrom(12, (i, k) => i + k + 1));
  assertEquals(matrix.entries, before);
});

Deno.test("the zero matrix stays zero", () => {
  const { diagonal, subdiagonal } = reduced(bandFrom(9, () => 0));
  assertEquals([...diagonal, ...subdiagonal], new Array(18).fill(0));
});

Deno.test("trace and Frobenius norm are kept at an order at which a dense twin would be slow", () => {
  const matrix = bandFrom(800, (i, k) => Math.cos(i * (k + 1)) + (k === 2 ? 1 : 0));
  const { diagonal, subdiagonal } = reduced(matrix);
  let trace = 0, square = 0, expectedTrace = 0, expectedSquare = 0;
  for (let i = 0; i < 800; i++) {
    trace += diagonal[i];
    square += diagonal[i] ** 2 + 2 * subdiagonal[i] ** 2;
    expectedTrace += matrix.entries[5 * i];
    for (let k = 0; k <= 4; k++) expectedSquare += (k === 0 ? 1 : 2) * matrix.entries[5 * i + k] ** 2;
  }
  // 800 numbers of size 1, each rotated some hundred times.
  assertLess(Math.abs(trace - expectedTrace), 1e-10);
  assertLess(Math.abs(square - expectedSquare), 1e-12 * expectedSquare);
});

Deno.test("a workspace that another matrix has used changes no bit", () => {
  const workspace = tridiagonalWorkspace(20), matrix = bandFrom(20, (i, k) => Math.sin(i + 3 * k));
  const first = reduced(matrix);
  reduced(bandFrom(20, (i, k) => 1e6 * Math.cos(i * k)), workspace);
  assertEquals(reduced(matrix, workspace), first);
});
