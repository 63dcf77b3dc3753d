/**
 * Charts with rules, error bars and labels, and where a drawing has its texts, for the tests of this folder.
 *
 * @module
 */
import type { Table } from "../aggregate/table.ts";
import type { AxesDefinition, ChartDefinition, ThemeName } from "./definition.ts";
import { range, tableOf } from "./sample_tables.ts";
import { textWidth } from "./text_metrics.ts";

/** Currents with errors, for three temperatures. */
export const current: Table = tableOf(
  "current",
  ["inverse_temperature", "fermi_level", "charge_current", "charge_current_error"],
  [1, 2, 4].flatMap((beta) =>
    range(-1, 1, 9).map((mu) => [beta, mu, 1e-3 * beta * Math.cos(mu), 2e-4 * beta * (1 + mu * mu)])
  ),
);

/** A cutoff that falls with the temperature, twice each, as a table has it that is swept over something else too. */
export const formula: Table = tableOf(
  "formula",
  ["inverse_temperature", "slope", "cutoff", "cutoff_error"],
  [[1, 0.5248, 0.0009], [2, 0.4775, 0.0025], [3, 0.4255, 0.0136], [4, 0.3777, 0.0039]].flatMap((
    [beta, cutoff, error],
  ) => [0, 0.02].map((slope) => [beta, slope, cutoff, error])),
);

/** Points with bars and labels. */
export const cutoff: AxesDefinition = {
  observable: "formula",
  mark: "point",
  x: "inverse_temperature",
  y: "cutoff",
  error: "cutoff_error",
  labels: "cutoff",
  filter: { slope: 0.02 },
};
/** Lines with bars. */
export const bars: AxesDefinition = {
  observable: "current",
  mark: "line",
  x: "fermi_level",
  y: "charge_current",
  error: "charge_current_error",
  color: "inverse_temperature",
};
/** Rules over points. */
export const lines: AxesDefinition = {
  observable: "bands",
  mark: "point",
  x: "qy",
  y: "energy",
  color: "mean_position",
  layers: [
    { observable: "formula", mark: "rule", x: "cutoff", label: "Λ" },
    { observable: "formula", mark: "rule", x: { expression: "-cutoff" } },
    { observable: "formula", mark: "rule", y: { expression: "11 + 0*cutoff" }, label: "μ_{F}" },
  ],
};
/** Rules with colours under a line and labelled stars. */
export const under: AxesDefinition = {
  observable: "formula",
  mark: "rule",
  x: "cutoff",
  color: "inverse_temperature",
  label: "Λ",
  layers: [
    { observable: "current", mark: "line", x: "fermi_level", y: "charge_current", filter: { inverse_temperature: 2 } },
    {
      observable: "current",
      mark: "point",
      x: "fermi_level",
      y: "charge_current",
      shape: "star",
      labels: "fermi_level",
      filter: { inverse_temperature: 2, fermi_level: [-1, 0, 1] },
    },
  ],
};
/** Rules over a map. */
export const map: AxesDefinition = {
  observable: "spectral",
  mark: "rect",
  x: "qy",
  y: "omega",
  color: "intensity",
  layers: [{ observable: "formula", mark: "rule", y: "cutoff", color: "inverse_temperature" }],
};
/** Labels of points whose y are words. */
export const cases: AxesDefinition = {
  observable: "current_by_branch",
  mark: "point",
  x: "charge_current",
  y: "branch",
  labels: "charge_current",
  shape: "square",
  filter: { mass: -1 },
};

/** All pages. */
export const themes: readonly ThemeName[] = ["aps-single", "aps-double", "slide"];

/**
 * Returns a chart of one column.
 *
 * @param axes What it shows.
 * @param rest What is to be different.
 */
export function chart(axes: AxesDefinition, rest: Partial<ChartDefinition> = {}): ChartDefinition {
  return { name: "chart", theme: "aps-single", ...axes, ...rest };
}

/**
 * Returns the boxes, each [left, right, top, bottom], of the texts of a name in a drawing of one frame, and the frame's size.
 *
 * @param svg The drawing.
 * @param name A regular expression of the beginning of the name.
 */
export function textBoxes(svg: string, name: string): { boxes: number[][]; width: number; height: number } {
  const [, width, height] = /class="background" [^>]*d="M0,0h([0-9.]+)v([0-9.]+)/.exec(svg)!.map(Number);
  const groups = svg.matchAll(new RegExp(`<g class="mark-text role-mark ${name}\\w*_marks".*?</g>`, "gs"));
  const text =
    /text-anchor="(\w+)" transform="translate\(([^,]+),([^)]+)\)( rotate\(270\) translate\(([^,]+),[^)]+\))?"[^>]*font-size="([^p]+)px"[^>]*>(.*?)<\/text>/gs;
  const boxes = [...groups].filter(([group]) => !group.includes("_rim_marks")).flatMap(([group]) =>
    [...group.matchAll(text)].map(([, anchor, x, y, turned, along, size, content]) => {
      const em = Number(size), long = textWidth({ fontSize: em }, content.replaceAll(/<[^>]*>/g, ""));
      if (turned !== undefined) {
        return [Number(x) - 0.4 * em, Number(x) + 0.4 * em, Number(y) - Number(along) - long, Number(y)];
      }
      const left = Number(x) - long * ({ start: 0, middle: 0.5, end: 1 }[anchor] ?? NaN);
      return [left, left + long, Number(y) - 0.73 * em, Number(y)];
    })
  );
  return { boxes, width, height };
}
