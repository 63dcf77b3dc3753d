import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Table } from "../aggregate/table.ts";
import type { AxesDefinition } from "./definition.ts";
import { panelsSpec } from "./panels.ts";
import { renderPdf } from "./pdf.ts";
import { renderPng } from "./png.ts";
import {
  bars,
  cases,
  chart,
  current,
  cutoff,
  formula,
  lines,
  map,
  textBoxes,
  themes,
  under,
} from "./sample_annotations.ts";
import { bands, branches, spectrum, tableOf } from "./sample_tables.ts";
import { chartSpec } from "./spec.ts";
import { specErrors } from "./spec_schema.ts";
import { renderSvg } from "./svg.ts";

const all: readonly (readonly [string, AxesDefinition, readonly Table[]])[] = [
  ["cutoff", cutoff, [formula]],
  ["bars", bars, [current]],
  ["lines", lines, [bands, formula]],
  ["under", under, [formula, current]],
  ["map", map, [spectrum, formula]],
  ["cases", cases, [branches]],
];

Deno.test("rules, bars, labels and shapes are valid Vega-Lite and draw without a warning, in all forms and all themes", async () => {
  for (const [name, axes, tables] of all) {
    for (const theme of themes) {
      const spec = chartSpec(chart(axes, { theme }), ...tables);
      assertEquals(specErrors(spec), "", name);
      const svg = await renderSvg(spec);
      assert(!/NaN|undefined|null/.test(svg), name);
      assertEquals(await renderSvg(chartSpec(chart(axes, { theme }), ...tables)), svg);
      const pdf = await renderPdf(svg);
      assertEquals(await renderPdf(svg), pdf);
      assert((await renderPng(svg)).length > 1000);
    }
  }
});

Deno.test("texts stay inside the frame, in all themes", async () => {
  for (const theme of themes) {
    for (const [name, axes, tables] of all) {
      const svg = await renderSvg(chartSpec(chart(axes, { theme }), ...tables));
      const { boxes, width, height } = textBoxes(svg, "(?:verbatim|marked_up)_text");
      if (name !== "bars" && name !== "map") assert(boxes.length > 0, `${name} ${theme}`);
      for (const [left, right, top, bottom] of boxes) {
        const isInside = left >= 0 && right <= width && top >= 0 && bottom <= height;
        assert(isInside, `${name} ${theme}: ${[left, right, top, bottom, width, height]}`);
      }
    }
  }
});

Deno.test("panels keep their texts apart", async () => {
  for (const theme of themes) {
    const spec = await panelsSpec(
      { name: "panels", theme, columns: 2, panels: [cutoff, under] },
      formula,
      current,
    );
    assertEquals(specErrors(spec), "");
    const texts = (await renderSvg(spec)).match(/(?<=fill="black">)[^<]*\(\d+\)(?=<)/g);
    assertEquals(texts, ["0.5248(9)", "0.478(3)", "0.426(14)", "0.378(4)"]);
  }
});

Deno.test("a shape is that of every point, a star larger than the others", () => {
  const mark = (shape: "star" | "diamond"): { shape: string; size: number } =>
    chartSpec(chart({ ...cases, labels: undefined, shape }), branches).mark as { shape: string; size: number };
  assertEquals(mark("diamond").shape, "diamond");
  assert(mark("star").shape.startsWith("M") && mark("star").size > 2 * mark("diamond").size);
});

Deno.test("a fragment reaches the points of a chart with bars and labels, and its domain leaves out what is outside", () => {
  const spec = chartSpec(
    chart({ ...cutoff, vega_lite: { mark: { size: 3 }, encoding: { y: { scale: { domain: [0.4, 0.6] } } } } }),
    formula,
  ) as unknown as { layer: { data: { values: unknown[] }; layer: { mark: { size: number; clip: boolean } }[] }[] };
  const [points, labels] = spec.layer;
  assertEquals(points.layer.at(-1)!.mark.size, 3);
  assert(points.layer.every(({ mark }) => mark.clip));
  assertEquals([points.data.values.length, labels.data.values.length], [3, 3]);
  assertEquals(specErrors(spec), "");
});

Deno.test("what cannot be drawn is refused with the reason", () => {
  const refuse = (axes: AxesDefinition, message: string, ...tables: readonly Table[]): void =>
    void assertThrows(() => chartSpec(chart(axes), ...tables), Error, message);
  refuse({ ...cutoff, error: "erorr" }, "has no column erorr", formula);
  refuse({ ...cases, error: "charge_current" }, "branch has labels", branches);
  refuse({ observable: "formula", mark: "rule", x: "cutoff" }, "Cannot draw rules alone", formula);
  refuse({ ...cutoff, mark: "rule" }, "it needs either x or y", formula);
  refuse({ ...cutoff, x: undefined }, "it needs both x and y", formula);
  const gaps = tableOf("formula", ["cutoff"], [[NaN], [NaN]]);
  refuse(
    { ...bars, layers: [{ observable: "formula", mark: "rule", x: "cutoff" }] },
    "cutoff has no finite number",
    current,
    gaps,
  );
  const long = {
    observable: "formula",
    mark: "rule",
    y: "cutoff",
    label: "A label that says rather more than fits into a plot of this width",
  } as const;
  refuse({ ...cutoff, layers: [long] }, "too long for the plot", formula);
  const words = tableOf("gap", ["mass", "gap", "name"], [[0, 1, "w".repeat(40)], [1, 2, "b"]]);
  refuse(
    { observable: "gap", mark: "point", x: "mass", y: "gap", labels: "name" },
    "labels of points: they are too long",
    words,
  );
});
