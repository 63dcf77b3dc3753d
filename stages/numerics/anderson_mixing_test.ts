/**
 * Anderson's mixing on fixed points that are known.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { AndersonMixing } from "./anderson_mixing.ts";

/** Evaluations of F until x moves by less than 1e-12, and the x. */
function solve(f: (x: Float64Array) => Float64Array, size: number, memory: number): [number, Float64Array] {
  const mixing = new AndersonMixing(memory);
  let x: Float64Array = new Float64Array(size);
  for (let evaluations = 1; evaluations < 200; evaluations++) {
    const image = f(x);
    if (image.every((value, i) => Math.abs(value - x[i]) < 1e-12)) return [evaluations, image];
    x = mixing.next(x, image);
  }
  return [200, x];
}

Deno.test("a linear map of n components is solved in n + 1 evaluations and one to see it, even where iteration diverges", () => {
  const matrix = [[0.9, -2, 0.3], [1.5, 0.2, -0.7], [0.4, 0.8, -3]], shift = [1, -2, 0.5];
  const f = (x: Float64Array): Float64Array =>
    Float64Array.from(matrix, (row, i) => row.reduce((sum, value, j) => sum + value * x[j], shift[i]));
  const [evaluations, x] = solve(f, 3, 5);
  assertLess(evaluations, 6);
  f(x).forEach((value, i) => assertAlmostEquals(value, x[i], 1e-10));
});

Deno.test("x = cos x, one component after the other remembered, and more memory than there are components", () => {
  for (const memory of [1, 4]) {
    const [evaluations, x] = solve((x) => x.map(Math.cos), 2, memory);
    assertLess(evaluations, 10); // by iteration alone: 70
    for (const value of x) assertAlmostEquals(value, 0.7390851332151607, 1e-12);
  }
});

Deno.test("the first step, and the first after forgetting, is the image", () => {
  const mixing = new AndersonMixing(3), image = Float64Array.of(0.3, 7);
  for (let round = 0; round < 2; round++) {
    assertEquals(mixing.next(Float64Array.of(1, 2), image), image);
    mixing.next(Float64Array.of(0.5, 3), Float64Array.of(0.1, 2));
    mixing.forget();
  }
});
