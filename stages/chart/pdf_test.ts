import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { renderPdf } from "./pdf.ts";
import { chartSpec } from "./spec.ts";
import { evenCurrent } from "./sample_tables.ts";
import { renderSvg } from "./svg.ts";

const chart = {
  name: "current",
  observable: "current",
  mark: "line",
  x: "fermi_level",
  y: "charge_current",
  color: "chemical_potential_slope",
  theme: "aps-single",
} as const;

Deno.test("renderPdf gives a page of exactly the column's width, with both fonts inside", async () => {
  const pdf = new TextDecoder("latin1").decode(await renderPdf(await renderSvg(chartSpec(chart, evenCurrent))));
  assert(pdf.startsWith("%PDF-"));
  assertStringIncludes(pdf, "/MediaBox [0 0 243 "); // 3.375 in
  assertStringIncludes(pdf, "DejaVuSans");
  assertStringIncludes(pdf, "DejaVuSans-Oblique");
  assertStringIncludes(pdf, "/FontFile2");
});

Deno.test("renderPdf gives the same bytes twice", async () => {
  const svg = await renderSvg(chartSpec(chart, evenCurrent));
  assertEquals(await renderPdf(svg), await renderPdf(svg));
});

Deno.test("renderPdf refuses an SVG without a size", async () => {
  await assertRejects(() => renderPdf("<svg/>"), Error, "no width and height");
});
