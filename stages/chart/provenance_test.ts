import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { ChartDefinition } from "./definition.ts";
import type { JsonObject } from "./merge.ts";
import { type ChartSources, dataOf, provenanceOf, sha256, textsWithout } from "./provenance.ts";
import { evenCurrent, spectrum } from "./sample_tables.ts";
import { specErrors } from "./spec_schema.ts";
import { provenanceStage, specStage } from "./stages.ts";
import { renderSvg } from "./svg.ts";
import type { VegaLiteSpec } from "./spec.ts";

const LINES: ChartDefinition = {
  name: "current",
  observable: "current",
  mark: "line",
  x: "fermi_level",
  y: "charge_current",
  color: "chemical_potential_slope",
  theme: "aps-single",
};

const MAP: ChartDefinition = {
  name: "map",
  observable: "spectral",
  mark: "rect",
  x: "qy",
  y: "omega",
  color: "intensity",
  theme: "aps-single",
};

/** The spec of a chart, and the same with what it came from. */
async function specs(chart: ChartDefinition): Promise<{ plain: string; told: string; sources: ChartSources }> {
  const table = chart.observable === "spectral" ? spectrum : evenCurrent, pulse = () => {};
  const plain = await specStage.run({ chart, title: "A title" }, [table], pulse);
  const sources: ChartSources = {
    program: "diracflow 1",
    study: "a",
    chart: chart.name,
    parameters: await sha256("parameters"),
    tables: { [chart.observable]: await sha256("table") },
    spec: await sha256(plain),
  };
  return { plain, told: await provenanceStage.run(sources, [plain], pulse), sources };
}

Deno.test("a spec says what it came from, and nothing else of it changes: not its drawing, not its validity", async () => {
  for (const chart of [LINES, MAP]) {
    const { plain, told, sources } = await specs(chart), spec = JSON.parse(told) as VegaLiteSpec;
    assertEquals(specErrors(spec), "");
    const { data, ...said } = provenanceOf(spec)!;
    assertEquals(said, sources);
    assertEquals(data, await sha256(dataOf(JSON.parse(plain))));
    assertEquals(textsWithout(spec)[0], plain);
    assertEquals(await renderSvg(spec), await renderSvg(JSON.parse(plain)));
    assertEquals(Object.keys(spec).slice(0, 3), ["$schema", "description", "usermeta"]);
    assertEquals(provenanceOf(JSON.parse(plain)), undefined);
  }
});

Deno.test("what a fragment puts into usermeta stays, also if that is nothing", async () => {
  for (const own of [{ author: "me", diracflow: "?" }, {}]) {
    const chart = { ...LINES, vega_lite: { usermeta: own } };
    const { plain, told } = await specs(chart), spec = JSON.parse(told) as JsonObject;
    assert(provenanceOf(spec) !== undefined);
    assertEquals((spec.usermeta as JsonObject).author, (own as JsonObject).author);
    assertEquals(textsWithout(spec).includes(plain), !("diracflow" in own));
  }
});

Deno.test("the data of a spec are its numbers and pictures, and neither its looks nor the order of columns", async () => {
  for (const chart of [LINES, MAP]) {
    const spec = JSON.parse((await specs(chart)).plain) as Record<string, JsonObject>;
    const data = await sha256(dataOf(spec));
    assert(dataOf(spec).length > 1000);
    const looks = { title: "Other", config: { background: "red" }, usermeta: { data: [1] } };
    assertEquals(await sha256(dataOf({ ...spec, ...looks })), data);
    const reversed = JSON.parse(JSON.stringify(spec), (_key, value) => {
      const isRow = typeof value === "object" && value !== null && "charge_current" in value;
      return isRow ? Object.fromEntries(Object.entries(value).reverse()) : value;
    });
    assertEquals(await sha256(dataOf(reversed)), data);
    // Every digit counts.
    const digits = [...JSON.stringify(spec).matchAll(/"(?:charge_current|qy)":-?\d\.\d*?([1-9])/g)];
    if (chart === LINES) assert(digits.length > 100);
    for (const { index, 0: text } of digits.slice(0, 20)) {
      const at = index + text.length - 1, whole = JSON.stringify(spec);
      const edited = `${whole.slice(0, at)}${Number(whole[at]) - 1}${whole.slice(at + 1)}`;
      assertNotEquals(await sha256(dataOf(JSON.parse(edited))), data);
    }
  }
  const picture = (url: string) => dataOf({ layer: [{ mark: { type: "image", url } }, { data: { url: "a.csv" } }] });
  assertNotEquals(picture("data:image/png;base64,AA"), picture("data:image/png;base64,AB"));
  assertEquals(picture("a.png"), picture("b.png"));
});

Deno.test("whatever is not of that form says nothing", () => {
  const others: unknown[] = [
    null,
    1,
    [],
    {},
    { usermeta: null },
    { usermeta: { diracflow: "diracflow 1" } },
    {
      usermeta: {
        diracflow: { program: "p", study: "s", chart: "c", parameters: "p", tables: { a: 1 }, spec: "s", data: "d" },
      },
    },
    { usermeta: { diracflow: { program: "p", study: "s", chart: "c", parameters: "p", tables: {}, spec: "s" } } },
  ];
  for (const spec of others) assertEquals(provenanceOf(spec), undefined);
});
