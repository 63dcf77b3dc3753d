/**
 * Residuals and orthonormality, above all where eigenvalues coincide and a doubled real basis could mislead.
 *
 * @module
 */

import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  adjoint,
  combine,
  type ComplexMatrix,
  identityMatrix,
  largestDifference,
  matrixFromRows,
  multiply,
  zeroMatrix,
} from "./complex_matrix.ts";
import { type HermitianEigen, hermitianEigen } from "./hermitian.ts";
import { realFormEigen } from "./real_form.ts";
import { denseHamiltonian } from "./slab.ts";
import { momentum, numberWithin, REPEATABLE, slab } from "./slab_arbitrary.ts";

function hermitian(size: number): fc.Arbitrary<ComplexMatrix> {
  const entries = fc.array(numberWithin(1), { minLength: size * size, maxLength: size * size });
  return fc.tuple(entries, entries).map(([re, im]) => {
    const a = { rows: size, columns: size, re: Float64Array.from(re), im: Float64Array.from(im) };
    return combine([0.5, a], [0.5, adjoint(a)]);
  });
}

function diagonal(values: ArrayLike<number>): ComplexMatrix {
  const result = zeroMatrix(values.length, values.length);
  for (let i = 0; i < values.length; i++) result.re[i * values.length + i] = values[i];
  return result;
}

/** Returns the Hermitian matrix with the given eigenvalues and random complex eigenvectors. */
function withEigenvalues(values: readonly number[]): fc.Arbitrary<ComplexMatrix> {
  return hermitian(values.length).map((random) => {
    const { vectors } = hermitianEigen(random);
    const a = multiply(multiply(vectors, diagonal(values)), adjoint(vectors));
    return combine([0.5, a], [0.5, adjoint(a)]);
  });
}

function assertEigen(a: ComplexMatrix, { values, vectors }: HermitianEigen, tolerance: number): void {
  assertLess(largestDifference(multiply(a, vectors), multiply(vectors, diagonal(values))), tolerance);
  assertLess(largestDifference(multiply(adjoint(vectors), vectors), identityMatrix(a.rows)), 1e-13);
  assertLess(largestDifference(multiply(vectors, adjoint(vectors)), identityMatrix(a.rows)), 1e-13);
  for (let k = 1; k < values.length; k++) assertEquals(values[k] >= values[k - 1], true, `value ${k} is out of order`);
}

Deno.test("random Hermitian matrices: H V = V E, V unitary", () => {
  for (const size of [1, 2, 3, 8, 13]) {
    fc.assert(
      fc.property(hermitian(size), (a) => assertEigen(a, hermitianEigen(a), 1e-13)),
      { ...REPEATABLE, numRuns: 20 },
    );
  }
});

Deno.test("σy has the eigenvalues ∓1", () => {
  const { values, vectors } = hermitianEigen(matrixFromRows([[0, [0, -1]], [[0, 1], 0]]));
  assertAlmostEquals(values[0], -1, 1e-15);
  assertAlmostEquals(values[1], 1, 1e-15);
  // The second component is E i times the first.
  for (const [state, sign] of [[0, -1], [1, 1]]) {
    assertAlmostEquals(vectors.re[2 + state], -sign * vectors.im[state], 1e-15);
    assertAlmostEquals(vectors.im[2 + state], sign * vectors.re[state], 1e-15);
  }
});

Deno.test("degenerate subspaces get an orthonormal complex basis, also where rounding splits them", () => {
  const spectra = [
    [0, 0, 0, 0, 0, 0],
    [1, 1, 1, 1, 1, 1],
    [-2, -2, 1, 1, 1, 3],
    [-1, -1, 0, 0, 1, 1],
    ...[1e-15, 1e-14, 1e-13, 2e-13, 5e-13, 1e-12, 1e-11, 1e-9, 1e-7].map((gap) => [0, gap, 2 * gap, 1, 1 + gap, 2]),
  ];
  for (const spectrum of spectra) {
    fc.assert(
      fc.property(withEigenvalues(spectrum), (a) => {
        const eigen = hermitianEigen(a);
        assertEigen(a, eigen, 2e-12);
        spectrum.forEach((value, k) => assertAlmostEquals(eigen.values[k], value, 2e-12));
      }),
      REPEATABLE,
    );
  }
  for (const a of [zeroMatrix(4, 4), identityMatrix(7), diagonal([2, 2, -1, 2])]) {
    assertEigen(a, hermitianEigen(a), 1e-14);
  }
});

Deno.test("the real form of the slab has the same eigenvalues and solves the complex problem", () => {
  fc.assert(
    fc.property(slab(1, 8), momentum(), momentum(), (parameters, qy, qz) => {
      const h = denseHamiltonian(parameters, qy, qz);
      const complex = hermitianEigen(h), real = realFormEigen(h);
      assertEigen(h, complex, 1e-12);
      assertEigen(h, real, 1e-12);
      complex.values.forEach((value, k) => assertAlmostEquals(real.values[k], value, 1e-12));
    }),
    REPEATABLE,
  );
});

Deno.test("fifty sites, also where both chiral states and both chiralities meet at zero energy", () => {
  const chiralGaugeField = Float64Array.from({ length: 50 }, (_, l) => 1.6 * (1 - l / 50));
  const parameters = { sites: 50, velocity: 1, mass: 0, hopping: -1, chiralGaugeField };
  for (const [qy, qz] of [[0.8, 0.1], [0, 0]]) {
    const h = denseHamiltonian(parameters, qy, qz);
    for (const diagonalise of [hermitianEigen, realFormEigen]) assertEigen(h, diagonalise(h), 1e-11);
  }
});

Deno.test("matrices without that form are refused, as are those that are not Hermitian", () => {
  assertThrows(() => realFormEigen(matrixFromRows([[0, 1], [1, 0]])), RangeError, "imaginary part");
  assertThrows(() => realFormEigen(matrixFromRows([[0, 0, [0, 1]], [0, 0, 0], [[0, -1], 0, 0]])), RangeError, "(0, 2)");
  for (const diagonalise of [hermitianEigen, realFormEigen]) {
    assertThrows(() => diagonalise(matrixFromRows([[1, 1], [0, 1]])), RangeError, "differs from its adjoint");
    assertThrows(() => diagonalise(matrixFromRows([[[0, 1]]])), RangeError, "differs from its adjoint");
    assertThrows(() => diagonalise(matrixFromRows([[1, 0]])), RangeError, "not square");
    assertThrows(() => diagonalise(matrixFromRows([[NaN]])), RangeError, "not finite");
  }
});
