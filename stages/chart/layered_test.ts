import { assert, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import type { Table } from "../aggregate/table.ts";
import { type ChartDefinition, chartObservables } from "./definition.ts";
import type { JsonObject } from "./merge.ts";
import { bands, range, spectrum, tableOf } from "./sample_tables.ts";
import { chartSpec, type VegaLiteSpec } from "./spec.ts";
import { specErrors } from "./spec_schema.ts";
import { renderSvg } from "./svg.ts";

/** A current of so many temperatures, straight in the slope. */
function currents(observable: string, temperatures: number, factor: number): Table {
  return tableOf(
    observable,
    ["inverse_temperature", "chemical_potential_slope", "charge_current"],
    range(1, temperatures, temperatures).flatMap((beta) =>
      range(0, 0.02, 9).map((slope) => [beta, slope, factor * slope * Math.tanh(beta)])
    ),
  );
}

const difference = { expression: "24.5*chemical_potential_slope", title: "μ_{CLL} − μ_{FA} (v/a)" };

/** Fig. 3(c): points of the lattice, lines of the formula. */
const fig3c: ChartDefinition = {
  name: "fig3c",
  observable: "current",
  mark: "point",
  x: difference,
  y: "charge_current",
  color: "inverse_temperature",
  theme: "aps-single",
  layers: [{
    observable: "formula",
    mark: "line",
    x: difference,
    y: "charge_current",
    color: "inverse_temperature",
  }],
};

const tables = [currents("current", 4, 0.5), currents("formula", 4, 0.9)];

/** Fig. 1(b): curves in closed form over the bands of the lattice. */
const fig1b: ChartDefinition = {
  name: "fig1b",
  observable: "bands",
  mark: "point",
  x: "qy",
  y: "energy",
  color: "mean_position",
  theme: "aps-single",
  layers: [
    { observable: "bands", mark: "line", x: "qy", y: { expression: "sin(qy)" }, filter: { band: 0 } },
    { observable: "bands", mark: "line", x: "qy", y: { expression: "-20*sin(qy)" }, filter: { band: 0 } },
    { observable: "bands", mark: "line", x: "qy", y: "energy", color: "band", filter: { band: [3, 4] } },
  ],
};

const map: ChartDefinition = {
  name: "map",
  observable: "spectral",
  mark: "rect",
  x: "qy",
  y: "omega",
  color: "intensity",
  theme: "aps-double",
  layers: [{ observable: "spectral", mark: "line", x: "qy", y: { expression: "2.5*sin(qy)" }, filter: { omega: 0 } }],
};

const charts: readonly (readonly [ChartDefinition, readonly Table[]])[] = [
  [fig3c, tables],
  [{ ...fig3c, mark: "line", title: "Two kinds of lines" }, tables],
  [fig1b, [bands]],
  [{ ...fig1b, theme: "slide" }, [bands]],
  [map, [spectrum]],
  [
    { ...fig3c, layers: [{ ...fig3c.layers![0], mark: "area" }], filter: { inverse_temperature: { from: 2, to: 3 } } },
    tables,
  ],
];

/** Returns the units of a layered spec. */
function units(spec: VegaLiteSpec): JsonObject[] {
  return spec.layer as JsonObject[];
}

/** Returns a member of an object by its path. */
function member(object: unknown, path: string): unknown {
  return path.split("/").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], object);
}

Deno.test("layers are valid Vega-Lite, render without a warning at the page's width, and give the same bytes twice", async () => {
  for (const [chart, its] of charts) {
    const spec = chartSpec(chart, ...its);
    assertEquals(specErrors(spec), "", chart.name);
    const svg = await renderSvg(spec);
    const width = { "aps-single": 243, "aps-double": 504, slide: 960 }[chart.theme];
    assert(svg.startsWith("<svg") && svg.includes(` width="${width}"`), chart.name);
    assertEquals(await renderSvg(chartSpec(chart, ...its)), svg);
  }
});

Deno.test("one domain covers all layers, whatever their ranges", () => {
  const finite = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  const series = fc.array(fc.tuple(finite, finite), { minLength: 1, maxLength: 5 });
  const isWithin = (values: readonly number[], [low, high]: readonly [number, number]): boolean => {
    const slack = 1e-9 * (high - low);
    return values.every((value) => value >= low - slack && value <= high + slack);
  };
  fc.assert(
    fc.property(series, series, fc.constantFrom("point", "area"), (first, second, mark) => {
      const names = ["x", "y"];
      const plain = { x: "x", y: "y", theme: "aps-single" } as const;
      const distinct = [...new Map(second)];
      const spec = chartSpec(
        { ...plain, name: "a", observable: "a", mark: "point", layers: [{ ...plain, observable: "b", mark }] },
        tableOf("a", names, first),
        tableOf("b", names, distinct),
      );
      const all = [...first, ...distinct];
      for (const [i, axis] of names.entries()) {
        const domain = member(spec, `encoding/${axis}/scale/domain`) as [number, number];
        assert(isWithin(all.map((row) => row[i]), domain), JSON.stringify([domain, all]));
      }
      for (const unit of units(spec)) assertEquals(member(unit, "encoding/x/scale"), undefined);
    }),
    { seed: 5, numRuns: 300 },
  );
});

Deno.test("one colour column has one scale and one legend in all layers, even where these have other values of it", async () => {
  const [points, lines] = units(chartSpec(fig3c, tables[0], currents("formula", 6, 1)));
  assertEquals(member(points, "encoding/color"), member(lines, "encoding/color"));
  assertEquals(member(points, "encoding/color/scale/domain"), [1, 2, 3, 4, 5, 6]);
  assert(member(points, "encoding/shape") !== undefined);
  assertEquals(member(lines, "encoding/strokeDash"), undefined);
  const svg = await renderSvg(chartSpec(fig3c, ...tables));
  assertEquals(svg.match(/role-legend"/g)?.length, 1);
});

Deno.test("different colour columns have a legend each", async () => {
  const svg = await renderSvg(chartSpec(fig1b, bands));
  assertEquals(svg.match(/role-legend"/g)?.length, 2);
});

Deno.test("layers without colour are black and grey, lines of one colour column differ by their dashes", () => {
  const [, black, grey] = units(chartSpec(fig1b, bands));
  assertEquals([member(black, "mark/color"), member(grey, "mark/color")], ["#000000", "#7f7f7f"]);
  const [first, second] = units(chartSpec({ ...fig3c, mark: "line" }, ...tables));
  assertEquals(member(first, "mark/strokeDash"), undefined);
  assert(Array.isArray(member(second, "mark/strokeDash")));
});

Deno.test("a derived axis has its values inside, in doubles, and its own title with the power of ten in place", () => {
  const spec = chartSpec({ ...fig3c, x: { expression: "chemical_potential_slope/1e3", title: "Δ (v/a)" } }, ...tables);
  const values = member(units(spec)[0], "data/values") as Record<string, number>[];
  assertEquals(values.map((row) => row["chemical_potential_slope/1e3"])[1], 0.0025 / 1e3);
  assertEquals(
    member(chartSpec({ ...fig3c, layers: undefined, mark: "point" }, tables[0]), "encoding/x/axis/title"),
    difference.title,
  );
  const { layers: _, ...alone } = { ...fig3c, x: { expression: "chemical_potential_slope/1e3", title: "Δ (v/a)" } };
  assertEquals(member(chartSpec(alone, tables[0]), "encoding/x/axis/title"), "Δ (10⁻⁶ v/a)");
});

Deno.test("a fragment reaches the shared axes, the lowest layer's mark, and the colours of all layers that have these", () => {
  const spec = chartSpec({
    ...fig3c,
    vega_lite: {
      height: 300,
      mark: { size: 3 },
      encoding: { y: { scale: { domain: [0, 0.001] } }, color: { legend: { title: "T" } } },
    },
  }, ...tables);
  assertEquals([spec.height, member(spec, "encoding/y/scale/domain")], [300, [0, 0.001]]);
  const [points, lines] = units(spec);
  assertEquals([member(points, "mark/size"), member(lines, "mark/size")], [3, undefined]);
  for (const unit of [points, lines]) {
    assertEquals(member(unit, "encoding/color/legend/title"), "T");
    assertEquals(member(unit, "mark/clip"), true);
  }
  assertEquals(specErrors(spec), "");
});

Deno.test("layers without a common scale are refused", () => {
  const labels = tableOf("formula", ["chemical_potential_slope", "charge_current", "inverse_temperature"], [[
    "a",
    1,
    1,
  ]]);
  const named = { ...fig3c, x: "chemical_potential_slope" };
  const layers = [{ ...fig3c.layers![0], x: "chemical_potential_slope" }];
  assertThrows(() => chartSpec({ ...named, layers }, tables[0], labels), Error, "which have no common scale");
  const bars: ChartDefinition = { ...named, mark: "bar", layers };
  const other = tableOf("formula", ["chemical_potential_slope", "charge_current", "inverse_temperature"], [[
    0.5,
    1,
    1,
  ]]);
  assertThrows(() => chartSpec(bars, tables[0], other), Error, "another one lies at 0.5");
});

Deno.test("chartObservables names each table once, the chart's own first", () => {
  assertEquals(chartObservables(fig3c), ["current", "formula"]);
  assertEquals(chartObservables(fig1b), ["bands"]);
  assertEquals(chartObservables({ name: "p", theme: "slide", columns: 2, panels: [fig1b, fig3c] }), [
    "bands",
    "current",
    "formula",
  ]);
});
