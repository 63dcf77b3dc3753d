/**
 * The factorisation against the product with the matrix written out in full, also where row exchanges decide and where the shift is an eigenvalue.
 *
 * @module
 */
import { assert, assertLess } from "@std/assert";
import fc from "fast-check";
import { bandFrom, denseFromBand, symmetricBands, symmetricEigenvalues } from "../../tests/twins/band.ts";
import { numberWithin, REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { ShiftedBandSolver } from "./shifted_band_solver.ts";
import type { SymmetricBand } from "./symmetric_band.ts";

/** Solves (C − μ) x = b. */
function solved(solver: ShiftedBandSolver, order: number, b: Float64Array): Float64Array {
  const x = new Float64Array(order + 8);
  x.set(b);
  solver.solveLower(x);
  solver.solveUpper(x);
  return x.slice(0, order);
}

/** max |(C − μ) x − b|. */
function residual(matrix: SymmetricBand, shift: number, x: Float64Array, b: Float64Array): number {
  const dense = denseFromBand(matrix);
  let largest = 0;
  for (let i = 0; i < matrix.order; i++) {
    let sum = -shift * x[i] - b[i];
    for (let j = 0; j < matrix.order; j++) sum += dense.get(i, j) * x[j];
    largest = Math.max(largest, Math.abs(sum));
  }
  return largest;
}

const norm = (x: Float64Array): number => Math.hypot(...x);

function assertSolves(matrix: SymmetricBand, shift: number): void {
  const { order } = matrix, solver = new ShiftedBandSolver(order);
  const b = Float64Array.from({ length: order }, (_, i) => Math.cos(1 + 2 * i));
  solver.load(matrix, 10);
  solver.factorize(shift);
  const x = solved(solver, order, b);
  assert(x.every(Number.isFinite));
  // Pivoting makes the residual a rounding of |C| |x| times the growth of the elements, here below 100. A pivot replaced because it vanished is as
  // good as a change of C by one rounding.
  assertLess(residual(matrix, shift, x, b), 1e-13 * (norm(x) + 1));
}

Deno.test("orders 1 to 30, full bands", () => {
  for (let order = 1; order <= 30; order++) {
    assertSolves(bandFrom(order, (i, k) => Math.sin(2 + 3 * i + 5 * k) + (k === 0 ? 0.1 : 0)), 0.237);
  }
});

Deno.test("random bands with vanishing diagonals and decoupled blocks", () => {
  fc.assert(fc.property(symmetricBands(1, 30), numberWithin(3), assertSolves), { ...REPEATABLE, numRuns: 150 });
});

Deno.test("at an eigenvalue the solution is huge, its residual small, and it lies along the eigenvector", () => {
  fc.assert(
    fc.property(symmetricBands(2, 30), (matrix) => {
      const values = symmetricEigenvalues(denseFromBand(matrix));
      const shift = values[Math.floor(values.length / 2)];
      assertSolves(matrix, shift);
      const { order } = matrix, solver = new ShiftedBandSolver(order);
      solver.load(matrix, 10);
      solver.factorize(shift);
      // Twice, since the first right-hand side may have next to nothing of the eigenvector.
      let x: Float64Array = Float64Array.from({ length: order }, (_, i) => Math.cos(1 + 2 * i));
      for (let solves = 0; solves < 2; solves++) {
        x = solved(solver, order, x);
        const size = norm(x);
        x = x.map((value) => value / size);
      }
      assertLess(residual(matrix, shift, x, new Float64Array(order)), 1e-13);
    }),
    REPEATABLE,
  );
});

Deno.test("a vanishing pivot needs a row exchange, at every distance that the band allows", () => {
  for (let distance = 1; distance <= 4; distance++) {
    assertSolves(bandFrom(12, (i, k) => k === distance && i % (2 * distance) < distance ? 1 + i : 0), 0);
  }
});

Deno.test("the zero matrix at shift zero leaves finite numbers", () => {
  const solver = new ShiftedBandSolver(5);
  solver.load(bandFrom(5, () => 0), Number.MIN_VALUE * 2 ** 60);
  solver.factorize(0);
  assert(solved(solver, 5, Float64Array.of(1, -2, 3, 0.5, 1)).every(Number.isFinite));
});

Deno.test("what was loaded and factorised before leaves no trace", () => {
  const solver = new ShiftedBandSolver(9),
    matrix = bandFrom(9, (i, k) => Math.sin(i + 2 * k)),
    b = new Float64Array(9).fill(1);
  solver.load(bandFrom(9, (i, k) => 1e5 * Math.cos(i - k)), 1e6);
  solver.factorize(3);
  solver.load(matrix, 10);
  solver.factorize(0.1);
  assertLess(residual(matrix, 0.1, solved(solver, 9, b), b), 1e-12);
});
