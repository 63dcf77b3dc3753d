import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Table } from "../aggregate/table.ts";
import type { ChartDefinition } from "./definition.ts";
import { bands, branches, evenCurrent, oddCurrent, range, spectrum, tableOf } from "./sample_tables.ts";
import { chartSpec, type VegaLiteSpec } from "./spec.ts";
import { specErrors } from "./spec_schema.ts";
import { renderSvg } from "./svg.ts";

const current: ChartDefinition = {
  name: "current",
  observable: "current",
  mark: "line",
  x: "fermi_level",
  y: "charge_current",
  color: "chemical_potential_slope",
  theme: "aps-single",
};

/** Returns a member of a spec by its path. */
function member(spec: VegaLiteSpec, path: string): unknown {
  return path.split("/").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], spec);
}

const charts: readonly (readonly [Partial<ChartDefinition>, Table])[] = [
  [{}, evenCurrent],
  [{ x: "baths.fermi_level", color: "inverse_temperature_slope", title: "Odd in μ_F" }, oddCurrent],
  [{ mark: "point", x: "qy", y: "energy", color: "mean_position" }, bands],
  [{ mark: "line", x: "qy", y: "energy", color: "band" }, bands],
  [{ mark: "rect", x: "qy", y: "omega", color: "intensity" }, spectrum],
  [{ mark: "bar", x: "mass", color: "branch" }, branches],
  [{ mark: "area", x: "mass", color: "branch" }, branches],
  [{ mark: "line", x: "qy", y: "energy", color: undefined, detail: "band" }, bands],
];

Deno.test("chartSpec is valid against Vega-Lite's own schema for every mark and theme", () => {
  for (const [part, table] of charts) {
    for (const theme of ["aps-single", "aps-double", "slide"] as const) {
      assertEquals(specErrors(chartSpec({ ...current, ...part, theme }, table)), "");
    }
  }
  assert(specErrors({ ...chartSpec(current, evenCurrent), mark: "lines" }) !== "");
});

Deno.test("chartSpec holds the columns that it uses, in full precision, and survives JSON", () => {
  const spec = chartSpec({ ...current, y: "charge_current" }, {
    ...evenCurrent,
    columns: [...evenCurrent.columns, { name: "unused", cells: evenCurrent.columns[0].cells }],
  });
  const values = member(spec, "data/values") as Record<string, unknown>[];
  assertEquals(Object.keys(values[0]), ["fermi_level", "charge_current", "chemical_potential_slope"]);
  assertEquals(values.map((row) => row.charge_current), [...evenCurrent.columns[2].cells]);
  assertEquals(JSON.parse(JSON.stringify(spec)), spec);
});

Deno.test("chartSpec names axes and legends in the paper's notation", () => {
  const spec = chartSpec(current, evenCurrent);
  assertEquals(member(spec, "encoding/x/axis/title"), "Fermi level μ_F (v/a)");
  assertEquals(member(spec, "encoding/y/axis/title"), "Current ⟨J_y⟩ (10⁻³ e v/ħa²)");
  assertEquals(member(spec, "encoding/color/legend/title"), "Δμ/Δx (v/a²)");
});

Deno.test("chartSpec takes up to ten numbers for cases and more for a scale", () => {
  const cases = (count: number): VegaLiteSpec =>
    chartSpec({ ...current, color: "inverse_temperature" }, {
      ...tableOf(
        "current",
        ["inverse_temperature", "fermi_level", "charge_current"],
        range(1, count, count).flatMap((beta) => [[beta, 0, beta], [beta, 1, 2 * beta]]),
      ),
    });
  assertEquals(member(cases(10), "encoding/color/type"), "nominal");
  const colours = member(cases(10), "encoding/color/scale/range") as string[];
  assertEquals(new Set(colours).size, 10);
  assertEquals(member(cases(11), "encoding/color/type"), "quantitative");
  assertEquals(member(cases(11), "encoding/color/scale/scheme"), "viridis");
  assertEquals(member(cases(11), "encoding/detail/field"), "inverse_temperature");
});

Deno.test("chartSpec shows points on lines of fewer than 25, dashes on the others", () => {
  assertEquals(member(chartSpec(current, evenCurrent), "mark/point"), undefined);
  assert(member(chartSpec(current, evenCurrent), "encoding/strokeDash") !== undefined);
  const few = chartSpec({ ...current, ...charts[1][0] }, oddCurrent);
  assert(member(few, "mark/point") !== undefined);
  assert(member(few, "encoding/shape") !== undefined);
});

Deno.test("chartSpec makes a line of each value of detail, in the colours of color or in one", async () => {
  const { color: _, ...plain } = { ...current, x: "qy", y: "energy", detail: "band" };
  const curves = async (definition: ChartDefinition, table: Table): Promise<string[]> => {
    const svg = await renderSvg(chartSpec(definition, table));
    return [...svg.matchAll(/aria-roledescription="line mark"[^>]* stroke="([^"]*)"/g)].map(([, stroke]) => stroke);
  };
  const oneColour = await curves(plain, bands);
  assertEquals([oneColour.length, new Set(oneColour).size], [20, 1]);
  const halves = tableOf(
    "bands",
    ["qy", "band", "energy", "half"],
    [0, 1, 2, 3].flatMap((band) => range(0, 1, 30).map((q) => [q, band, q + band, band < 2 ? "lower" : "upper"])),
  );
  const twoColours = await curves({ ...plain, color: "half" }, halves);
  assertEquals([twoColours.length, new Set(twoColours).size], [4, 2]);
  assertThrows(
    () => chartSpec({ ...plain, detail: "half" }, halves),
    Error,
    "They differ in band: colour by one of these, make lines",
  );
  // Bars do not join rows: two on one place are too many, whatever their detail.
  assertThrows(() => chartSpec({ ...plain, mark: "bar" }, halves), Error, "there are several rows");
});

Deno.test("chartSpec draws a line at zero where the data have both signs, and only there", () => {
  assertEquals(member(chartSpec(current, evenCurrent), "encoding/y/axis/gridColor"), undefined);
  assert(member(chartSpec({ ...current, ...charts[1][0] }, oddCurrent), "encoding/y/axis/gridColor") !== undefined);
});

Deno.test("chartSpec draws the cells of a map about their values, evenly spaced or not", () => {
  const spec = chartSpec({ ...current, ...charts[4][0] }, spectrum);
  assertEquals(member(spec, "encoding/y/scale/domain"), [-2.125, 2.125]);
  const uneven = tableOf(
    "spectral",
    ["omega", "qy", "intensity"],
    [1, 2, 5].flatMap((omega) => [0, 1].map((q) => [omega, q, omega + q])),
  );
  const cases = chartSpec({ ...current, ...charts[4][0] }, uneven);
  assertEquals(member(cases, "encoding/y/scale/domain"), [5, 2, 1]);
});

Deno.test("chartSpec makes a gap of what is no finite number", () => {
  const table = tableOf("current", ["fermi_level", "charge_current"], [[0, 1], [1, NaN], [2, 3], [3, Infinity]]);
  const { color: _, ...plain } = current;
  const values = member(chartSpec(plain, table), "data/values") as Record<string, unknown>[];
  assertEquals(values.map((row) => row.charge_current), [1, null, 3, null]);
});

Deno.test("chartSpec lays the user's fragment over everything", () => {
  const spec = chartSpec(
    { ...current, vega_lite: { height: 300, encoding: { y: { axis: { title: "J" } } } } },
    evenCurrent,
  );
  assertEquals(spec.height, 300);
  assertEquals(member(spec, "encoding/y/axis/title"), "J");
  assertEquals(member(spec, "encoding/y/field"), "charge_current");
});

Deno.test("chartSpec refuses what it cannot draw rightly and says why", () => {
  assertThrows(
    () => chartSpec({ ...current, y: "curent" }, evenCurrent),
    Error,
    "has no column curent. It has fermi_level, chemical_potential_slope, charge_current",
  );
  const { color: _, ...plain } = current;
  assertThrows(() => chartSpec(plain, evenCurrent), Error, "They differ in chemical_potential_slope: colour");
  const empty = tableOf("current", ["fermi_level", "charge_current"], []);
  assertThrows(() => chartSpec(plain, empty), Error, "has no rows");
  const gaps = tableOf("current", ["fermi_level", "charge_current"], [[0, NaN], [1, NaN]]);
  assertThrows(() => chartSpec(plain, gaps), Error, "charge_current has no finite number");
  const labels = tableOf(
    "current",
    ["fermi_level", "charge_current", "name"],
    range(1, 11, 11).map((i) => [i, i, `n${i}`]),
  );
  assertThrows(() => chartSpec({ ...plain, color: "name" }, labels), Error, "has 11 labels, of which 10");
});

Deno.test("chartSpec gives the same spec twice", () => {
  assertEquals(JSON.stringify(chartSpec(current, evenCurrent)), JSON.stringify(chartSpec(current, evenCurrent)));
});
