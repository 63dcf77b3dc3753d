import { assertEquals } from "@std/assert";
import { largest, smallest, worst } from "./extremes.ts";

Deno.test("extremes of few, of none and of very many", () => {
  assertEquals([largest([1, 3, 2]), smallest([1, 3, 2])], [3, 1]);
  assertEquals([largest([]), smallest([])], [-Infinity, Infinity]);
  assertEquals([largest([1, NaN, 2]), smallest([1, NaN, 2])], [NaN, NaN]);
  const many = Float64Array.from({ length: 1_000_000 }, (_, i) => i);
  assertEquals([largest(many), smallest(many)], [999_999, 0]);
});

Deno.test("the element of the largest number: the first one, and none without a number", () => {
  assertEquals(worst(["a", "bbb", "cc", "ddd"], ({ length }) => length), "bbb");
  assertEquals(worst([NaN, 1, Infinity], (x) => x), 1);
  assertEquals(worst([], (x) => x), undefined);
  assertEquals(worst([NaN], (x) => x), undefined);
});
