import { assert, assertEquals } from "@std/assert";
import type { Table } from "../aggregate/table.ts";
import type { AxesDefinition } from "./definition.ts";
import { chart, formula, lines } from "./sample_annotations.ts";
import { bands, tableOf } from "./sample_tables.ts";
import { chartSpec } from "./spec.ts";
import { renderSvg } from "./svg.ts";

Deno.test("rules are one line a value, dashed and grey, or one a value and colour", async () => {
  const count = async (axes: AxesDefinition): Promise<number> => {
    const svg = await renderSvg(chartSpec(chart(axes), bands, formula));
    return svg.match(/<line [^>]*stroke-dasharray="3.3,2.2"/g)?.length ?? 0;
  };
  const { layers: _, ...alone } = lines;
  const rule = { observable: "formula", mark: "rule", x: "cutoff" } as const;
  assertEquals(await count({ ...alone, layers: [rule] }), 4);
  assertEquals(await count({ ...alone, layers: [{ ...rule, filter: { inverse_temperature: 1 } }] }), 1);
  assertEquals(
    await count({ ...alone, layers: [{ ...rule, x: { expression: "0*cutoff" }, color: "inverse_temperature" }] }),
    4,
  );
  assertEquals(await count({ ...alone, layers: [{ ...rule, x: { expression: "0*cutoff" } }] }), 1);
});

Deno.test("a rule leaves the axes' titles and ranges to the table that it lies over or under", () => {
  const axis = (axes: AxesDefinition, ...tables: readonly Table[]): unknown => {
    const { x } = chartSpec(chart(axes), ...tables).encoding as { x: { axis: { title: string }; scale: unknown } };
    return [x.axis.title, x.scale];
  };
  const { layers: _, ...alone } = lines;
  const rule = { observable: "formula", mark: "rule", x: "cutoff" } as const;
  assertEquals(axis({ ...alone, layers: [rule] }, bands, formula), axis(alone, bands));
  assertEquals(axis({ ...rule, layers: [alone] }, formula, bands), axis(alone, bands));
});

Deno.test("labels of rules are titles, those of points data", async () => {
  const svg = await renderSvg(chartSpec(chart(lines), bands, formula));
  assert(/marked_up_text_3_\w*_marks.*<tspan font-style="italic">μ<\/tspan><tspan [^>]*>F<\/tspan>/s.test(svg));
  const table = tableOf("gap", ["mass", "gap", "name"], [[0, 1, "a_b"], [1, 2, "c^d"]]);
  const named = await renderSvg(
    chartSpec(chart({ observable: "gap", mark: "point", x: "mass", y: "gap", labels: "name" }), table),
  );
  assert(named.includes(">a_b</text>") && named.includes(">c^d</text>"));
});
