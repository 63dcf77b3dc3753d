import { assertEquals } from "@std/assert";
import { drawingStages } from "./drawing.ts";
import { commonStages } from "./graph.ts";

Deno.test("what is loaded ahead are the stages that draw", () => {
  const { svg, pdf, png } = commonStages;
  assertEquals(drawingStages, [svg, pdf, png].map(({ module, export: name }) => ({ module, export: name })));
});
