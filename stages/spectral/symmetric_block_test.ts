/**
 * The inverse of a site block against its defining equation, and the neighbour's share against the product that it abbreviates.
 *
 * @module
 */
import { assertLess } from "@std/assert";
import fc from "fast-check";
import {
  adjoint,
  combine,
  type ComplexMatrix,
  identityMatrix,
  inverse,
  largestDifference,
  matrixFromRows,
  multiply,
  zeroMatrix,
} from "../../tests/twins/complex_matrix.ts";
import { numberWithin, REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { BLOCK_STRIDE, FACTORS_STRIDE, invertBlock, subtractNeighbour } from "./symmetric_block.ts";

/** Rows and columns of the entries in their order. */
const PLACES = [[0, 0], [0, 1], [1, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 2], [2, 3], [3, 3]];

function matrix(block: Float64Array, at: number): ComplexMatrix {
  const result = zeroMatrix(4, 4);
  PLACES.forEach(([i, j], k) => {
    result.re[4 * i + j] = result.re[4 * j + i] = block[at + 2 * k];
    result.im[4 * i + j] = result.im[4 * j + i] = block[at + 2 * k + 1];
  });
  return result;
}

const blocks = fc.array(numberWithin(2), { minLength: BLOCK_STRIDE, maxLength: BLOCK_STRIDE })
  .map((values) => Float64Array.from(values));

Deno.test("a block inverts to its inverse, in place and elsewhere", () => {
  fc.assert(
    fc.property(blocks, (values) => {
      const block = values.slice();
      // Far from the real axis, as ω + iη − H is: no pivot vanishes.
      for (const k of [1, 5, 15, 19]) block[k] = 4 + Math.abs(block[k]);
      const expected = inverse(matrix(block, 0));
      const elsewhere = new Float64Array(2 * BLOCK_STRIDE), factors = new Float64Array(FACTORS_STRIDE);
      invertBlock(block, 0, elsewhere, BLOCK_STRIDE, factors);
      assertLess(largestDifference(matrix(elsewhere, BLOCK_STRIDE), expected), 1e-13);
      invertBlock(block, 0, block, 0, factors);
      assertLess(largestDifference(matrix(block, 0), expected), 1e-13);
      assertLess(largestDifference(multiply(matrix(block, 0), inverse(expected)), identityMatrix(4)), 1e-12);
    }),
    REPEATABLE,
  );
});

Deno.test("what a neighbour leaves is TᵀgT with the bond's four entries", () => {
  fc.assert(
    fc.property(blocks, blocks, numberWithin(2), numberWithin(2), (target, g, a, b) => {
      const bond = matrixFromRows([[0, 0, b, 0], [0, 0, 0, a], [a, 0, 0, 0], [0, b, 0, 0]]);
      const expected = combine([1, matrix(target, 0)], [-1, multiply(adjoint(bond), multiply(matrix(g, 0), bond))]);
      const result = target.slice();
      subtractNeighbour(result, 0, g, 0, a, b);
      assertLess(largestDifference(matrix(result, 0), expected), 1e-13);
    }),
    REPEATABLE,
  );
});
