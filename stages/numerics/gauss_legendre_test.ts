/**
 * Gauss–Legendre rules by what they must do: closed forms of small ones, and polynomials of the highest degree that they integrate.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { gaussLegendre } from "./gauss_legendre.ts";

Deno.test("the rules of one to three nodes are those of the books", () => {
  assertEquals(gaussLegendre(1), { node: Float64Array.of(0), weight: Float64Array.of(2) });
  const two = gaussLegendre(2), three = gaussLegendre(3);
  assertAlmostEquals(two.node[1], 1 / Math.sqrt(3), 3e-16);
  assertAlmostEquals(two.weight[0], 1, 1e-15);
  assertAlmostEquals(three.node[2], Math.sqrt(0.6), 3e-16);
  assertAlmostEquals(three.weight[0], 5 / 9, 1e-15);
  assertAlmostEquals(three.weight[1], 8 / 9, 1e-15);
});

Deno.test("n nodes integrate Chebyshev polynomials up to degree 2n − 1, and not the one of degree 2n", () => {
  for (const count of [1, 2, 3, 4, 7, 12, 33, 100, 501, 2000]) {
    const { node, weight } = gaussLegendre(count);
    assert(weight.every((w) => w > 0));
    const moment = (k: number): number => node.reduce((sum, x, i) => sum + weight[i] * Math.cos(k * Math.acos(x)), 0);
    // ∫T_k is 2/(1 − k²) for even k, 0 for odd ones.
    for (const k of new Set([0, 1, 2, count - 1, count, 2 * count - 2, 2 * count - 1])) {
      if (k >= 2 * count) continue;
      assertAlmostEquals(moment(k), k % 2 === 0 ? 2 / (1 - k * k) : 0, 1e-12, `n = ${count}, degree ${k}`);
    }
    assertGreater(Math.abs(moment(2 * count) - 2 / (1 - 4 * count * count)), 0.1);
  }
});

Deno.test("nodes ascend and are symmetric bit by bit; a rule of no node is refused", () => {
  for (const count of [5, 6, 255, 1000]) {
    const { node, weight } = gaussLegendre(count);
    node.forEach((x, i) => {
      assert(x === -node[count - 1 - i] && weight[i] === weight[count - 1 - i]);
      if (i > 0) assertGreater(x, node[i - 1]);
    });
  }
  for (const count of [0, -1, 2.5, NaN]) assertThrows(() => gaussLegendre(count), RangeError, "one node or more");
});
