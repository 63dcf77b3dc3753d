import { assertEquals } from "@std/assert";
import { preparePng, prepareSvg } from "./first_drawing.ts";
import { renderPng } from "./png.ts";
import { oddCurrent } from "./sample_tables.ts";
import { chartSpec } from "./spec.ts";
import { renderSvg } from "./svg.ts";

Deno.test("what was drawn before changes nothing of a chart", async () => {
  const spec = chartSpec({
    name: "odd",
    observable: "current",
    mark: "line",
    x: "baths.fermi_level",
    y: "charge_current",
    color: "inverse_temperature_slope",
    theme: "aps-single",
  }, oddCurrent);
  const svg = await renderSvg(spec), png = await renderPng(svg);
  await prepareSvg();
  await preparePng();
  assertEquals(await renderSvg(spec), svg);
  assertEquals(await renderPng(svg), png);
});
