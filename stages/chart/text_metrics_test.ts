import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { textWidth } from "./text_metrics.ts";

Deno.test("textWidth is the font's own", () => {
  // The advance of a digit in DejaVu Sans is 1303 of 2048 units.
  assertAlmostEquals(textWidth({ fontSize: 10 }, "0000"), 4 * 10 * 1303 / 2048, 1e-9);
  assertEquals(textWidth({ fontSize: 10 }, null), 0);
  assertEquals(textWidth({ fontSize: 10, limit: 5 }, "0000"), 5);
});

Deno.test("textWidth sees markup in titles and nowhere else", () => {
  const title = textWidth({ fontSize: 10, mark: { role: "axis-title" } }, "0_0");
  assertAlmostEquals(title, 1.7 * 10 * 1303 / 2048, 1e-9);
  assert(textWidth({ fontSize: 10, mark: { role: "axis-label" } }, "0_0") > title);
});
