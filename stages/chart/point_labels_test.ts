import { assert, assertEquals } from "@std/assert";
import type { Table } from "../aggregate/table.ts";
import type { AxesDefinition, ThemeName } from "./definition.ts";
import type { JsonObject } from "./merge.ts";
import { cases, chart, cutoff, formula, textBoxes } from "./sample_annotations.ts";
import { branches, range, tableOf } from "./sample_tables.ts";
import { chartSpec } from "./spec.ts";
import { renderSvg } from "./svg.ts";

Deno.test("labels lie level where there is room and stand upright where there is not", async () => {
  const turned = async (points: number, theme: ThemeName): Promise<boolean> => {
    const table = tableOf("gap", ["mass", "gap"], range(0, 1, points).map((m) => [m, 0.1234]));
    const axes = { observable: "gap", mark: "point", x: "mass", y: "gap", labels: "gap" } as const;
    const svg = await renderSvg(chartSpec(chart(axes, { theme }), table));
    const { boxes } = textBoxes(svg, "verbatim_text");
    assertEquals(boxes.length, points);
    boxes.forEach(([left, right, top, bottom], i) =>
      boxes.slice(i + 1).forEach((other) =>
        assert(left >= other[1] || other[0] >= right || top >= other[3] || other[2] >= bottom, `${points} ${theme}`)
      )
    );
    return svg.includes("rotate(270)") && /verbatim_text_marks".*?rotate\(270\) translate\([^)]*\)".*?<\/g>/s.test(svg);
  };
  assertEquals([await turned(5, "aps-single"), await turned(12, "aps-single")], [false, true]);
  assertEquals([await turned(12, "aps-double")], [false]);
});

Deno.test("a label of y has its uncertainty and the axis's power of ten, any other is a value", () => {
  const texts = (axes: AxesDefinition, ...tables: readonly Table[]): unknown[] => {
    const { layer } = chartSpec(chart(axes), ...tables) as unknown as { layer: { data: { values: JsonObject[] } }[] };
    return layer.at(-1)!.data.values.map(({ text }) => text);
  };
  assertEquals(texts(cutoff, formula), ["0.5248(9)", "0.478(3)", "0.426(14)", "0.378(4)"]);
  assertEquals(texts({ ...cutoff, error: undefined }, formula), ["0.5248", "0.4775", "0.4255", "0.3777"]);
  assertEquals(texts({ ...cutoff, labels: { expression: "2*inverse_temperature" } }, formula), ["2", "4", "6", "8"]);
  const milli = tableOf("current", ["fermi_level", "charge_current", "e"], [[0, 0.0102, 1e-4], [1, 0.0305, NaN], [
    2,
    NaN,
    1,
  ]]);
  const own = { observable: "current", mark: "point", x: "fermi_level", y: "charge_current" } as const;
  assertEquals(texts({ ...own, labels: "charge_current", error: "e" }, milli), ["10.20(10)", "30.5"]);
  assertEquals(texts({ ...own, y: "fermi_level", x: "charge_current", labels: "charge_current" }, milli), [
    "10.2",
    "30.5",
  ]);
  assertEquals(texts({ ...cases, labels: "branch" }, branches), ["FA", "CLL", "LL", "other"]);
});
