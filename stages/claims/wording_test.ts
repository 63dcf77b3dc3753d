import { assertEquals } from "@std/assert";
import { boundText, measuredText } from "./wording.ts";

Deno.test("measured values have the digits that a verdict needs, and rounding is not shown", () => {
  assertEquals(measuredText(645.859, { least: 10 }), "650");
  assertEquals(measuredText(-1.2345, { least: -1.3, most: -1.1 }), "−1.23");
  assertEquals(measuredText(3e-17, { most: 1e-12 }), "< 1e−12");
  assertEquals(measuredText(3e-17, { most: 1 }), "< 1e−9");
});

Deno.test("bounds are written as people write them", () => {
  const bounds = [{ least: 0.9, most: 1.1 }, { most: 0.05 }, { least: -2 }];
  assertEquals(bounds.map(boundText), ["0.9 … 1.1", "≤ 0.05", "≥ −2"]);
});
