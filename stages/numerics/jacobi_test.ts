/**
 * Both Jacobi methods against their defining equations, on full, deficient and vanishing matrices.
 *
 * @module
 */
import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Matrix, SVD } from "ml-matrix";
import { largestDistance, symmetricEigenvalues } from "../../tests/twins/band.ts";
import { numberWithin, REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { jacobiEigenvectors, jacobiSvd } from "./jacobi.ts";

interface Square {
  readonly order: number;
  readonly entries: Float64Array;
}

function squares(most: number): fc.Arbitrary<Square> {
  return fc.integer({ min: 1, max: most }).chain((order) =>
    fc.array(numberWithin(2), { minLength: order * order, maxLength: order * order })
      .map((values) => ({ order, entries: Float64Array.from(values) }))
  );
}

/** Products of a tall and a wide matrix, with columns and rows of very different size. */
function deficient(): fc.Arbitrary<Square> {
  return fc.tuple(squares(10), fc.nat({ max: 9 }), fc.nat({ max: 14 })).map(([{ order, entries }, rank, grade]) => {
    const product = new Float64Array(order * order);
    for (let r = 0; r < Math.min(rank, order); r++) {
      const size = 10 ** (-grade * r / 10);
      for (let i = 0; i < order; i++) {
        for (let j = 0; j < order; j++) {
          product[i * order + j] += size * entries[i * order + r] * entries[r * order + j];
        }
      }
    }
    return { order, entries: product };
  });
}

function product(a: Float64Array, b: Float64Array, order: number, transposedA: boolean): Float64Array {
  const result = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      for (let k = 0; k < order; k++) {
        result[i * order + j] += (transposedA ? a[k * order + i] : a[i * order + k]) * b[k * order + j];
      }
    }
  }
  return result;
}

const identity = (order: number): Float64Array =>
  Float64Array.from({ length: order * order }, (_, k) => k % (order + 1) === 0 ? 1 : 0);

const norm = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** Rotations keep rows orthonormal to a rounding each; there are at most a few hundred. */
function assertOrthogonal(rows: Float64Array, order: number): void {
  assertLess(largestDistance(product(rows, rows, order, true), identity(order)), 1e-13);
}

function assertSvd({ order, entries }: Square): void {
  const before = entries.slice(), { values, left, right } = jacobiSvd(entries, order);
  assertEquals(entries, before, "the matrix is left as it is");
  assert(values.every((value) => value >= 0));
  assertOrthogonal(left, order);
  assertOrthogonal(right, order);
  const scaled = right.map((value, k) => value * values[Math.floor(k / order)]);
  // Vectors of singular values below 1e-13 of the largest are replaced, which costs as much.
  assertLess(largestDistance(product(left, scaled, order, true), entries), 4e-13 * norm(entries) + 1e-300);
  const expected = Float64Array.from(new SVD(Matrix.from1DArray(order, order, entries)).diagonal).sort();
  assertLess(largestDistance(values.slice().sort(), expected), 1e-14 * norm(entries) + 1e-300);
}

function assertEigenvectors(symmetric: Float64Array, order: number): void {
  const matrix = symmetric.slice(), rows = jacobiEigenvectors(matrix, order);
  assertOrthogonal(rows, order);
  const values = Float64Array.from({ length: order }, (_, k) => matrix[k * (order + 1)]);
  const scaled = rows.map((value, k) => value * values[Math.floor(k / order)]);
  assertLess(largestDistance(product(rows, scaled, order, true), symmetric), 1e-13 * norm(symmetric) + 1e-300);
  const expected = symmetricEigenvalues(Matrix.from1DArray(order, order, symmetric));
  assertLess(largestDistance(values.slice().sort(), expected), 1e-13 * norm(symmetric) + 1e-300);
}

const symmetrized = ({ order, entries }: Square): Float64Array =>
  Float64Array.from(entries, (value, k) => value + entries[(k % order) * order + Math.floor(k / order)]);

Deno.test("eigenvectors of random symmetric matrices", () => {
  fc.assert(
    fc.property(squares(12), (square) => assertEigenvectors(symmetrized(square), square.order)),
    { ...REPEATABLE, numRuns: 100 },
  );
});

Deno.test("eigenvectors of deficient, graded and degenerate symmetric matrices", () => {
  fc.assert(fc.property(deficient(), (square) => assertEigenvectors(symmetrized(square), square.order)), REPEATABLE);
  for (const order of [1, 2, 6]) {
    assertEigenvectors(new Float64Array(order * order), order);
    assertEigenvectors(identity(order), order);
    assertEigenvectors(new Float64Array(order * order).fill(1), order);
  }
});

Deno.test("a diagonal matrix is not touched", () => {
  const matrix = Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 3);
  assertEquals(jacobiEigenvectors(matrix, 3), identity(3));
  assertEquals(matrix, Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 3));
});

Deno.test("singular values and vectors of random matrices", () => {
  fc.assert(fc.property(squares(12), assertSvd), { ...REPEATABLE, numRuns: 100 });
});

Deno.test("singular vectors of deficient and graded matrices complete the basis", () => {
  fc.assert(fc.property(deficient(), assertSvd), { ...REPEATABLE, numRuns: 100 });
});

Deno.test("order 1, the zero matrix, the identity, equal columns, one entry, singular values of a permutation", () => {
  assertSvd({ order: 1, entries: Float64Array.of(-3) });
  assertSvd({ order: 1, entries: Float64Array.of(0) });
  for (const order of [2, 5, 9]) {
    assertSvd({ order, entries: new Float64Array(order * order) });
    assertSvd({ order, entries: identity(order) });
    assertSvd({ order, entries: new Float64Array(order * order).fill(1) });
    assertSvd({ order, entries: new Float64Array(order * order).with(order, 2) });
    assertSvd({
      order,
      entries: Float64Array.from(identity(order), (_, k) => (k + 1) % order === Math.floor(k / order) ? 1 : 0),
    });
  }
});

Deno.test("orders that a wide cluster of small singular values may reach converge", () => {
  for (const order of [40, 100]) {
    for (let seed = 0; seed < 3; seed++) {
      assertSvd({ order, entries: Float64Array.from({ length: order * order }, (_, k) => Math.sin(seed + k * k)) });
    }
  }
});

Deno.test("what is not finite is refused", () => {
  for (const bad of [NaN, Infinity]) {
    assertThrows(() => jacobiSvd(Float64Array.of(1, bad, 2, 3), 2), Error, "Cannot find the singular values");
    assertThrows(() => jacobiEigenvectors(Float64Array.of(1, bad, bad, 3), 2), Error, "Cannot diagonalize");
  }
});
