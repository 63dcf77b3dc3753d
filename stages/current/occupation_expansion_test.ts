import { assert, assertEquals } from "@std/assert";
import { expansionBound, firstExpanded } from "./occupation_expansion.ts";

Deno.test("bounds are few, and not below", () => {
  assertEquals([1, 2, 2.1, 4, 5, 16, 17, 1e4, 1e6, 1e15].map(expansionBound), [
    2,
    2,
    4,
    4,
    16,
    16,
    256,
    65536,
    2 ** 32,
    2 ** 64,
  ]);
  assertEquals(expansionBound(1e260), Infinity); // then no mode is far above
});

Deno.test("modes are expanded from the first pair on in which both are far enough above, unless these are few", () => {
  const levels = Float64Array.from({ length: 21 }, (_, n) => 2 ** n);
  for (const bound of [0.01, 0.25, 0.5, 2, 4]) {
    const from = firstExpanded(levels, 0, 1, levels.length, bound);
    assertEquals(from % 2, 0);
    assert(
      from === 22 || levels[from] >= 32 * bound && (from < 2 || levels[from - 2] < 32 * bound),
      `${bound}: ${from}`,
    );
  }
  assertEquals(firstExpanded(levels, 0, 1, 21, 1e6), 22);
  assertEquals(firstExpanded(levels, 0, 1, 21, Infinity), 22);
  assertEquals(firstExpanded(levels, 0, 1, 21, 2 ** 9), 22); // seven are left, too few
  assertEquals(firstExpanded(levels, 0, 1, 21, 2 ** 8), 22);
  assertEquals(firstExpanded(levels, 0, 1, 21, 2 ** 7), 12);
  assertEquals(firstExpanded(levels, 1, 2, 10, 1), 2); // 2, 8, 32, …
});
