import { assert, assertEquals } from "@std/assert";
import type { JsonObject } from "./merge.ts";
import { bars, chart, current } from "./sample_annotations.ts";
import { tableOf } from "./sample_tables.ts";
import { chartSpec } from "./spec.ts";
import { renderSvg } from "./svg.ts";

Deno.test("error bars run from y − error to y + error, within the range of y, and are none where a number is missing", () => {
  const table = tableOf("current", ["fermi_level", "charge_current", "e"], [[0, 1, 0.5], [1, 2, NaN], [2, NaN, 1], [
    3,
    4,
    2,
  ]]);
  const axes = { observable: "current", mark: "point", x: "fermi_level", y: "charge_current", error: "e" } as const;
  const spec = chartSpec(chart(axes), table) as unknown as {
    layer: { data: { values: JsonObject[] } }[];
    encoding: { y: { scale: { domain: [number, number] } } };
  };
  const ends = spec.layer[0].data.values.map((row) => [row.error_from, row.error_to]);
  assertEquals(ends, [[0.5, 1.5], [null, null], [null, null], [2, 6]]);
  const [low, high] = spec.encoding.y.scale.domain;
  assert(low <= 0.5 && high >= 6);
});

Deno.test("a line with error bars shows its points, in the colours of the lines, with one legend", async () => {
  const svg = await renderSvg(chartSpec(chart(bars), current));
  assertEquals(svg.match(/role-legend"/g)?.length, 1);
  const uncoloured = await renderSvg(
    chartSpec(chart({ ...bars, color: undefined, filter: { inverse_temperature: 1 } }), current),
  );
  assertEquals(uncoloured.match(/aria-roledescription="point"[^>]*fill="#0072b2"/g)?.length, 9);
});
