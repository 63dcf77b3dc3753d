/**
 * Eigenvalues against closed forms, a dense library, and the matrices that are known to break QL iterations.
 *
 * @module
 */
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { denseFromTridiagonal, largestDistance, symmetricEigenvalues } from "../../tests/twins/band.ts";
import { numberWithin, REPEATABLE } from "../../tests/twins/slab_arbitrary.ts";
import { tridiagonalEigenvalues } from "./tridiagonal_eigenvalues.ts";

function eigenvalues(diagonal: readonly number[], subdiagonal: readonly number[]): Float64Array {
  const values = Float64Array.from(diagonal), squares = new Float64Array(diagonal.length);
  squares.set(subdiagonal.slice(0, diagonal.length - 1));
  tridiagonalEigenvalues(values, squares);
  return values;
}

const constant = (length: number, value: number): number[] => new Array(length).fill(value);

Deno.test("a chain with hopping 1 has the eigenvalues 2 cos(kπ/(n + 1))", () => {
  for (const order of [1, 2, 3, 10, 101, 800]) {
    const expected = Float64Array.from({ length: order }, (_, k) => -2 * Math.cos(Math.PI * (k + 1) / (order + 1)));
    // A few roundings of the norm, 2, for each of the sweeps that an eigenvalue takes part in.
    assertLess(largestDistance(eigenvalues(constant(order, 0), constant(order, 1)), expected), 2e-16 * (order + 20));
  }
});

Deno.test("the matrix −1, 2, −1 has the eigenvalues 4 sin²(kπ/2(n + 1)), the smallest to an absolute error of rounding", () => {
  const order = 200;
  const expected = Float64Array.from(
    { length: order },
    (_, k) => 4 * Math.sin(Math.PI * (k + 1) / 2 / (order + 1)) ** 2,
  );
  assertLess(largestDistance(eigenvalues(constant(order, 2), constant(order, -1)), expected), 2e-14);
});

Deno.test("the Clement matrix has the eigenvalues −n + 1, −n + 3, … n − 1", () => {
  const order = 61;
  const subdiagonal = Array.from({ length: order }, (_, k) => Math.sqrt((k + 1) * (order - 1 - k)));
  const expected = Float64Array.from({ length: order }, (_, k) => 2 * k - order + 1);
  assertLess(largestDistance(eigenvalues(constant(order, 0), subdiagonal), expected), 1e-12);
});

Deno.test("random matrices, some cut into blocks, agree with a dense library", () => {
  const matrix = fc.integer({ min: 1, max: 50 }).chain((order) =>
    fc.tuple(
      fc.array(numberWithin(3), { minLength: order, maxLength: order }),
      fc.array(fc.oneof({ weight: 4, arbitrary: numberWithin(2) }, { weight: 1, arbitrary: fc.constant(0) }), {
        minLength: order,
        maxLength: order,
      }),
    )
  );
  fc.assert(
    fc.property(matrix, ([diagonal, subdiagonal]) => {
      const expected = symmetricEigenvalues(denseFromTridiagonal(diagonal, subdiagonal));
      assertLess(largestDistance(eigenvalues(diagonal, subdiagonal), expected), 1e-13);
    }),
    { ...REPEATABLE, numRuns: 150 },
  );
});

Deno.test("order 1, order 2, zero matrix, diagonal matrix", () => {
  assertEquals([...eigenvalues([-3.5], [])], [-3.5]);
  assertLess(largestDistance(eigenvalues([1, 1], [2]), [-1, 3]), 1e-15);
  assertEquals([...eigenvalues(constant(7, 0), constant(7, 0))], constant(7, 0));
  assertEquals([...eigenvalues([3, -1, 2, 2], constant(4, 0))], [-1, 2, 2, 3]);
});

Deno.test("graded matrices, upwards and downwards, keep an absolute error of rounding", () => {
  const order = 24, graded = Array.from({ length: order }, (_, k) => 10 ** -k);
  const between = Array.from({ length: order }, (_, k) => 0.3 * Math.sqrt(graded[k] * (graded[k + 1] ?? 0)));
  for (const flip of [false, true]) {
    const diagonal = flip ? graded.toReversed() : graded;
    const subdiagonal = flip ? [...between.slice(0, -1).toReversed(), 0] : between;
    const expected = symmetricEigenvalues(denseFromTridiagonal(diagonal, subdiagonal));
    assertLess(largestDistance(eigenvalues(diagonal, subdiagonal), expected), 1e-15);
  }
});

Deno.test("clustered eigenvalues: Wilkinson's matrix, whose largest come in pairs closer than rounding", () => {
  const diagonal = Array.from({ length: 41 }, (_, k) => Math.abs(k - 20)),
    values = eigenvalues(diagonal, constant(41, 1));
  assertLess(largestDistance(values, symmetricEigenvalues(denseFromTridiagonal(diagonal, constant(41, 1)))), 1e-13);
  assertLess(values[40] - values[39], 1e-13);
  // Many copies of one eigenvalue, bound together by couplings far below it.
  const flat = eigenvalues(constant(60, 1), constant(60, 1e-9));
  assertLess(
    largestDistance(flat, Float64Array.from(eigenvalues(constant(60, 0), constant(60, 1)), (x) => 1 + 1e-9 * x)),
    1e-14,
  );
});

Deno.test("the result scales with the matrix from 1e-120 to 1e120", () => {
  const diagonal = Array.from({ length: 20 }, (_, k) => Math.sin(k)),
    subdiagonal = Array.from({ length: 20 }, (_, k) => Math.cos(k));
  const expected = eigenvalues(diagonal, subdiagonal);
  for (const scale of [1e-120, 1e120]) {
    const values = eigenvalues(diagonal.map((x) => scale * x), subdiagonal.map((x) => scale * x));
    assertLess(largestDistance(values.map((x) => x / scale), expected), 1e-14);
  }
});

Deno.test("what is not finite is refused, wherever it stands", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    for (const at of [0, 3, 6]) {
      assertThrows(() => eigenvalues(constant(7, 1).with(at, bad), constant(7, 1)), Error, "Cannot find");
      if (at < 6) assertThrows(() => eigenvalues(constant(7, 1), constant(7, 1).with(at, bad)), Error, "Cannot find");
    }
  }
  assertThrows(() => eigenvalues([NaN], []), Error, "Cannot find");
});
