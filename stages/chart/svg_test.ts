import { assert, assertEquals, assertRejects } from "@std/assert";
import { Resvg } from "@resvg/resvg-wasm";
import oblique from "dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf" with { type: "bytes" };
import regular from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf" with { type: "bytes" };
import type { Table } from "../aggregate/table.ts";
import type { ChartDefinition, ThemeName } from "./definition.ts";
import { renderPng } from "./png.ts";
import { bands, branches, evenCurrent, lineChart, oddCurrent, range, spectrum, tableOf } from "./sample_tables.ts";
import { chartSpec } from "./spec.ts";
import { renderSvg } from "./svg.ts";

const tenTemperatures = tableOf(
  "current",
  ["chemical_potential_slope", "inverse_temperature", "charge_current"],
  range(1, 10, 10).flatMap((beta) => range(0, 0.02, 9).map((slope) => [slope, beta, slope * beta])),
);

const charts: Readonly<Record<string, readonly [Partial<ChartDefinition>, Table]>> = {
  even: [{ color: "chemical_potential_slope" }, evenCurrent],
  odd: [{ x: "baths.fermi_level", color: "inverse_temperature_slope", title: "Odd in μ_F" }, oddCurrent],
  bands: [{ mark: "point", x: "qy", y: "energy", color: "mean_position" }, bands],
  lines: [{ x: "qy", y: "energy", color: "band" }, bands],
  map: [{ mark: "rect", x: "qy", y: "omega", color: "intensity" }, spectrum],
  bars: [{ mark: "bar", x: "mass", color: "branch" }, branches],
  areas: [{ mark: "area", x: "mass", color: "branch" }, branches],
  cases: [{ mark: "rect", x: "mass", y: "branch", color: "charge_current" }, branches],
  ten: [{ mark: "point", x: "chemical_potential_slope", color: "inverse_temperature", title: "Ten" }, tenTemperatures],
  gaps: [{}, tableOf("current", ["fermi_level", "charge_current"], [[0, 1], [1, NaN], [2, 3], [3, 3], [4, NaN]])],
  one: [{}, tableOf("current", ["fermi_level", "charge_current"], [[0, 1e-9]])],
  words: [
    { x: "site", y: "some_rather_long_name_of_an_unknown_column_of_results" },
    tableOf("profile", ["site", "some_rather_long_name_of_an_unknown_column_of_results"], [[0, 12345], [9, 678901]]),
  ],
};

const sizes: Readonly<Record<ThemeName, readonly [number, number | undefined]>> = {
  "aps-single": [243, undefined],
  "aps-double": [504, undefined],
  slide: [960, 540],
};

Deno.test("every chart renders without a warning, at its page's size, with nothing cut off", async () => {
  for (const theme of ["aps-single", "aps-double", "slide"] as const) {
    for (const [name, [part, table]] of Object.entries(charts)) {
      const svg = await renderSvg(chartSpec({ ...lineChart, ...part, theme }, table));
      const [, width, height] = svg.match(/^<svg [^>]*width="([0-9.]+)" height="([0-9.]+)"/) ?? [];
      assertEquals([name, Number(width)], [name, sizes[theme][0]]);
      if (sizes[theme][1] !== undefined) assertEquals(Number(height), sizes[theme][1]);
      // The first picture starts resvg, whose box of all that is drawn says whether texts stay inside the page.
      if (name === "even" && theme === "aps-single") await renderPng(svg);
      const drawn = new Resvg(svg.replace(/<rect [^>]*fill="white"\/>/, ""), {
        font: { fontBuffers: [regular, oblique], defaultFontFamily: "DejaVu Sans" },
      });
      const box = drawn.getBBox();
      assert(box !== undefined);
      const inside = box.x >= 0 && box.y >= 0 && box.x + box.width <= Number(width) &&
        box.y + box.height <= Number(height);
      assert(inside, `${name} ${theme}: ${box.x}, ${box.y}, ${box.width}, ${box.height}`);
      box.free();
      drawn.free();
    }
  }
});

Deno.test("renderSvg gives the same bytes whatever was drawn before", async () => {
  const map = chartSpec({ ...lineChart, ...charts.map[0] }, charts.map[1]);
  const first = await renderSvg(map);
  await renderSvg(chartSpec({ ...lineChart, ...charts.lines[0] }, charts.lines[1]));
  assertEquals(await renderSvg(map), first);
});

Deno.test("renderSvg typesets titles and writes real minus signs", async () => {
  const svg = await renderSvg(chartSpec({ ...lineChart, ...charts.odd[0] }, charts.odd[1]));
  assert(svg.includes(`<tspan font-style="italic">μ</tspan><tspan dy="1.7" font-size="5.95px">F</tspan>`));
  assert(svg.includes(">−0.5</text>"));
  assert(!/>-[0-9]/.test(svg));
  assert(svg.includes(`font-family="DejaVu Sans, Verdana, sans-serif"`));
});

Deno.test("renderSvg takes a warning for an error", async () => {
  const spec = chartSpec({
    ...lineChart,
    ...charts.even[0],
    vega_lite: { encoding: { shape: { field: "charge_current" } } },
  }, evenCurrent);
  await assertRejects(() => renderSvg(spec), Error, "Cannot draw the chart: Vega warns:");
});
