/**
 * Philox against the known answers that its authors publish with it, and the normal numbers against their moments.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type Counter, normalPair, philox } from "./philox.ts";

Deno.test("the known answers of philox4x32-10 in Random123's kat_vectors", () => {
  const answers: readonly [Counter, readonly [number, number], Counter][] = [
    [[0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ];
  for (const [counter, key, words] of answers) assertEquals(philox(counter, key), [...words]);
});

Deno.test("normal numbers have the moments 0, 1, 0, 3 and no correlation", () => {
  const moments = [0, 0, 0, 0], draws = 20_000;
  let product = 0;
  for (let i = 0; i < draws; i++) {
    const [x, y] = normalPair(philox([i, 0, 0, 0], [7, 0]));
    for (const value of [x, y]) moments.forEach((_, k) => moments[k] += value ** (k + 1) / (2 * draws));
    product += x * y / draws;
  }
  // Five standard errors: √1, √2, √15, √96 and 1 over the root of how many.
  const tolerance = (variance: number, count: number) => 5 * Math.sqrt(variance / count);
  [[0, 1], [1, 2], [0, 15], [3, 96]].forEach(([mean, variance], k) =>
    assertAlmostEquals(moments[k], mean, tolerance(variance, 2 * draws))
  );
  assertAlmostEquals(product, 0, tolerance(1, draws));
});
