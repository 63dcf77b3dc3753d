/**
 * What a chart shows, in words for those who have not drawn it yet.
 *
 * @module
 */
import type { StudyChart } from "./charts.ts";

/**
 * Describes a chart.
 *
 * @param chart The chart.
 * @returns For example `line of current: charge_current against fermi_level, by chemical_potential_slope`.
 */
export function shownBy(chart: StudyChart): string {
  if ("panels" in chart) {
    const names = chart.panels.map((panel) => typeof panel === "string" ? panel : shownBy(panel as StudyChart));
    return `panels: ${names.join("; ")}`;
  }
  const axis = (source: typeof chart.x): string =>
    source === undefined ? "" : typeof source === "string" ? source : source.title ?? source.expression;
  const { observable, mark, x, y, color, layers = [] } = chart;
  const more = layers.length === 0
    ? ""
    : `, with ${layers.map((layer) => `${layer.mark} of ${layer.observable}`).join(", ")}`;
  return `${mark} of ${observable}: ${[axis(y), axis(x)].filter((name) => name !== "").join(" against ")}${
    color === undefined ? "" : `, by ${color}`
  }${more}`;
}
