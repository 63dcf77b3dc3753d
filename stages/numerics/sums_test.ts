import { assertEquals, assertStrictEquals } from "@std/assert";
import { addTo, sum } from "./sums.ts";

Deno.test("numbers are added in their order, and none come to zero", () => {
  assertEquals(sum(Float64Array.of(1e16, 1, -1e16)), 0);
  assertEquals(sum(Float64Array.of(1e16, -1e16, 1)), 1);
  assertEquals(sum(new Float64Array(0)), 0);
});

Deno.test("numbers are added in place", () => {
  const total = Float64Array.of(1, 2);
  assertStrictEquals(addTo(total, Float64Array.of(10, 20)), total);
  assertEquals([...total], [11, 22]);
});
