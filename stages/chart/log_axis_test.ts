/**
 * Logarithmic axes: which ticks they have and how these are labelled, where values lie, and what cannot be drawn on them.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { AxisLayer } from "./axis_range.ts";
import { chartColumn } from "./column.ts";
import type { AxesDefinition } from "./definition.ts";
import { logAxisOf } from "./log_axis.ts";
import { chart, cutoff, formula } from "./sample_annotations.ts";
import { tableOf } from "./sample_tables.ts";
import { chartSpec } from "./spec.ts";
import { renderSvg } from "./svg.ts";
import { themeOf } from "./theme.ts";

const theme = themeOf("aps-single");

function layer(values: readonly number[], use: Partial<AxisLayer["use"]> = {}, reach?: AxisLayer["reach"]): AxisLayer {
  const column = chartColumn(tableOf("current", ["width"], values.map((value) => [value])), "width", "x");
  return { column, use: { axis: "x", kind: "scale", margin: 0, showsPoints: false, fromZero: false, ...use }, reach };
}

interface Ticks {
  values: number[];
  labelExpr: string;
}

function ticksOf(values: readonly number[]): { values: number[]; labels: Record<string, string> } {
  const { axis } = logAxisOf([layer(values)], theme).shared as unknown as { axis: Ticks };
  return { values: axis.values, labels: JSON.parse(axis.labelExpr.split("[datum")[0]) };
}

Deno.test("powers of ten are labelled, and the ticks between them are not", () => {
  const { values, labels } = ticksOf([1e-4, 0.1]);
  assertEquals(labels, { "0.0001": "10⁻⁴", "0.001": "10⁻³", "0.01": "10⁻²", "0.1": "10⁻¹" });
  assertEquals(values.length, 3 * 9 + 1);
  assertEquals(values, values.toSorted((a, b) => a - b));
  assert(values.includes(0.0003) && values.includes(0.08));
});

Deno.test("where powers of ten are few, 2 and 5 times these have labels too, and then all; numbers of common size are written out", () => {
  assertEquals(Object.values(ticksOf([1, 20]).labels), ["1", "2", "5", "10", "20"]);
  assertEquals(Object.values(ticksOf([0.1, 100]).labels).sort(), ["0.1", "1", "10", "100"]);
  assertEquals(
    Object.values(ticksOf([2e-5, 9e-5]).labels),
    ["2", "3", "4", "5", "6", "7", "8", "9"].map((n) => `${n}·10⁻⁵`),
  );
  assertEquals(Object.values(ticksOf([1e-20, 1e20]).labels).length, 11); // every fourth of 41, and none between
});

Deno.test("equal factors are equal distances, and the domain holds the data", () => {
  const { place, shared } = logAxisOf([layer([0.01, 100])], theme);
  assertEquals((shared as { scale: unknown }).scale, { type: "log", domain: [0.01, 100], nice: false });
  assertAlmostEquals(place(0.1) - place(0.01), place(100) - place(10), 1e-12);
  assert(Number.isNaN(place(0)) && Number.isNaN(place("fa")));
});

Deno.test("what has no logarithm is refused with what to do", () => {
  const message = (layers: AxisLayer[], reason: string): void => {
    assertThrows(() => logAxisOf(layers, theme), Error, `Cannot draw x on a logarithmic scale: ${reason}`);
  };
  message([layer([1, 0, 2])], "width has 0, which is not above 0: pick positive values with `filter`");
  message([layer([1, 2]), layer([1, -3])], "width has -3");
  message([layer([1, 2], {}, [-0.5, 3])], "an error bar of width reaches -0.5");
  message([layer([1, 2], { kind: "cells" })], "width is drawn as cells, as cases or from zero: draw lines or points");
  message([layer([1, 2], { fromZero: true })], "width is drawn as cells");
});

Deno.test("charts with logarithmic axes, bars and labels compile without a warning, and their ticks are there", async () => {
  const axes: AxesDefinition = { ...cutoff, scales: { x: "log", y: "log" } };
  const svg = await renderSvg(chartSpec(chart(axes), formula)); // throws if Vega warns
  for (const label of [">1<", ">2<", ">0.4<", ">0.5<"]) assert(svg.includes(label), label);
  assertEquals(await renderSvg(chartSpec(chart(axes), formula)), svg);
});
