/**
 * What the schoolbook algebra must get right, since everything else here is built of it.
 *
 * @module
 */

import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  addBlock,
  adjoint,
  combine,
  type ComplexMatrix,
  identityMatrix,
  inverse,
  largestDifference,
  matrixFromRows,
  multiply,
  repeatOnDiagonal,
  zeroMatrix,
} from "./complex_matrix.ts";
import { numberWithin, REPEATABLE } from "./slab_arbitrary.ts";

function square(size: number): fc.Arbitrary<ComplexMatrix> {
  const entries = fc.array(numberWithin(1), { minLength: size * size, maxLength: size * size });
  return fc.tuple(entries, entries).map(([re, im]) => ({
    rows: size,
    columns: size,
    re: Float64Array.from(re),
    im: Float64Array.from(im),
  }));
}

Deno.test("a product is the one worked by hand", () => {
  const a = matrixFromRows([[[1, 2], 3], [[0, -1], [2, 1]]]);
  const b = matrixFromRows([[[0, 1]], [[4, -1]]]);
  // (1 + 2i) i + 3 (4 − i) = 10 − 2i and −i i + (2 + i)(4 − i) = 10 + 2i.
  assertEquals(multiply(a, b), matrixFromRows([[[10, -2]], [[10, 2]]]));
});

Deno.test("the adjoint conjugates and transposes, and reverses products", () => {
  assertEquals(adjoint(matrixFromRows([[[1, 2], [3, 4]]])), matrixFromRows([[[1, -2]], [[3, -4]]]));
  fc.assert(
    fc.property(square(4), square(4), (a, b) => {
      assertLess(largestDifference(adjoint(multiply(a, b)), multiply(adjoint(b), adjoint(a))), 1e-15 * 16);
    }),
    REPEATABLE,
  );
});

Deno.test("combine multiplies by complex factors", () => {
  const a = matrixFromRows([[1, [0, 1]]]);
  assertEquals(combine([[0, 1], a], [2, a]), matrixFromRows([[[2, 1], [-1, 2]]]));
});

Deno.test("the inverse is one from both sides", () => {
  fc.assert(
    fc.property(square(6), (random) => {
      // The shift makes the matrix diagonally dominant: its condition number is then at most about 10.
      const a = combine([1, random], [[0, 12], identityMatrix(6)]);
      const one = identityMatrix(6);
      assertLess(largestDifference(multiply(a, inverse(a)), one), 1e-14);
      assertLess(largestDifference(multiply(inverse(a), a), one), 1e-14);
    }),
    REPEATABLE,
  );
});

Deno.test("the inverse exchanges rows where the pivot is zero", () => {
  const a = matrixFromRows([[0, [0, 2]], [4, 0]]);
  assertEquals(multiply(a, inverse(a)), identityMatrix(2));
});

Deno.test("blocks go where they are put", () => {
  const a = matrixFromRows([[1, [2, 3]]]);
  assertEquals(repeatOnDiagonal(a, 2), matrixFromRows([[1, [2, 3], 0, 0], [0, 0, 1, [2, 3]]]));
  const target = zeroMatrix(2, 3);
  addBlock(target, a, 1, 1);
  addBlock(target, a, 1, 1);
  assertEquals(target, matrixFromRows([[0, 0, 0], [0, 2, [4, 6]]]));
});

Deno.test("the largest difference counts both parts and is NaN for NaN", () => {
  assertEquals(largestDifference(matrixFromRows([[1, [3, 4]]]), zeroMatrix(1, 2)), 5);
  assert(Number.isNaN(largestDifference(matrixFromRows([[NaN, 1]]), zeroMatrix(1, 2))));
});

Deno.test("shapes that do not fit are refused", () => {
  const row = matrixFromRows([[1, 2]]);
  assertThrows(() => multiply(row, row), RangeError, "2 columns");
  assertThrows(() => combine([1, row], [1, adjoint(row)]), RangeError, "1 × 2");
  assertThrows(() => inverse(row), RangeError, "not square");
  assertThrows(() => inverse(matrixFromRows([[1, 2], [2, 4]])), RangeError, "singular");
  assertThrows(() => matrixFromRows([[1, 2], [3]]), RangeError, "row 1");
});
