/**
 * B as the solver applies it against B written out entry by entry, and B's place in H against the Hamiltonian itself.
 *
 * @module
 */
import { assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import type { Matrix } from "ml-matrix";
import { denseFromBand } from "../../tests/twins/band.ts";
import { denseChiralBlock } from "../../tests/twins/dense_solver.ts";
import { hermitianEigen } from "../../tests/twins/hermitian.ts";
import { denseHamiltonian, type SlabParameters } from "../../tests/twins/slab.ts";
import { momentum, REPEATABLE, slab } from "../../tests/twins/slab_arbitrary.ts";
import { symmetricBand } from "../numerics/symmetric_band.ts";
import { ChiralBlock } from "./chiral_block.ts";

/** Rounding of sums of a few products of numbers of size 10. */
const TOLERANCE = 1e-12;

function difference(a: Matrix, b: Matrix): number {
  assertEquals([a.rows, a.columns], [b.rows, b.columns]);
  return a.clone().sub(b).abs().max();
}

/** The dense block in the order of {@linkcode ChiralBlock}: site by site instead of chain by chain. */
function siteBySite(parameters: SlabParameters, qy: number, qz: number): Matrix {
  const { sites } = parameters;
  const order = Array.from({ length: 2 * sites }, (_, i) => Math.floor(i / 2) + (i % 2) * sites);
  return denseChiralBlock(parameters, { qy, qz }).selection(order, order);
}

Deno.test("B x and Bᵀ x are what the matrix written out gives, wherever the vectors lie in memory", () => {
  fc.assert(
    fc.property(slab(1, 12), momentum(), momentum(), (parameters, qy, qz) => {
      const dense = siteBySite(parameters, qy, qz), order = 2 * parameters.sites;
      const block = new ChiralBlock(parameters);
      block.moveTo({ qy: 1, qz: 2 });
      block.moveTo({ qy, qz });
      assertEquals(block.order, order);
      const x = Float64Array.from({ length: 3 + order }, (_, i) => Math.sin(1 + 2 * i));
      for (const transposed of [false, true]) {
        const y = new Float64Array(order + 7).fill(9);
        block.multiply(x, 3, y, 5, transposed);
        for (let i = 0; i < order; i++) {
          let expected = 0;
          for (let j = 0; j < order; j++) expected += (transposed ? dense.get(j, i) : dense.get(i, j)) * x[3 + j];
          assertLess(Math.abs(y[5 + i] - expected), TOLERANCE);
        }
        for (const outside of [0, 4, order + 5, order + 6]) assertEquals(y[outside], 9);
      }
    }),
    REPEATABLE,
  );
});

Deno.test("the Gram matrices are BᵀB and BBᵀ, whatever their memory held before", () => {
  fc.assert(
    fc.property(slab(1, 12), momentum(), momentum(), (parameters, qy, qz) => {
      const dense = siteBySite(parameters, qy, qz), band = symmetricBand(2 * parameters.sites);
      const block = new ChiralBlock(parameters);
      block.moveTo({ qy, qz });
      for (const transposed of [false, true]) {
        band.entries.fill(NaN);
        block.gramMatrix(band, transposed);
        const expected = transposed ? dense.mmul(dense.transpose()) : dense.transpose().mmul(dense);
        assertLess(difference(denseFromBand(band), expected), TOLERANCE);
      }
    }),
    REPEATABLE,
  );
});

Deno.test("at q_y = 0 the energies of H are ± the singular values of B", () => {
  fc.assert(
    fc.property(slab(1, 8), momentum(), (parameters, qz) => {
      const dense = denseChiralBlock(parameters, { qy: 0, qz });
      const squares = hermitianEigen(realMatrix(dense.transpose().mmul(dense))).values;
      const { values } = hermitianEigen(denseHamiltonian(parameters, 0, qz)), order = squares.length;
      for (let n = 0; n < order; n++) {
        assertLess(Math.abs(values[order + n] ** 2 - squares[n]), TOLERANCE * (1 + squares[order - 1]));
        assertLess(Math.abs(values[order - 1 - n] + values[order + n]), TOLERANCE);
      }
    }),
    REPEATABLE,
  );
});

function realMatrix(a: Matrix): { rows: number; columns: number; re: Float64Array; im: Float64Array } {
  const symmetric = a.clone().add(a.transpose()).mul(0.5);
  const re = Float64Array.from(symmetric.to1DArray());
  return { rows: a.rows, columns: a.columns, re, im: new Float64Array(re.length) };
}
