/**
 * What a chart shows, in words: its caption, and what those hear who do not see it. Worked out of the chart's definition alone, so that a report reads no more
 * of it than this.
 *
 * @module
 */
import {
  type AxesDefinition,
  type AxisSource,
  type ChartDefinition,
  type ChartMark,
  type LayerDefinition,
  layersOf,
  type PanelsDefinition,
  type Selection,
} from "../chart/definition.ts";
import { notationOf, titleOf } from "../chart/notation.ts";
import { valueText } from "./value_text.ts";

const MARKS: Readonly<Record<ChartMark, string>> = {
  line: "Lines",
  point: "Points",
  area: "Areas",
  bar: "Bars",
  rect: "Map",
  rule: "Dashed lines",
};

/** One panel of a chart, or the whole of it. */
export interface PanelCaption {
  /** The title that the study gives it, "" if it has none. */
  readonly title: string;
  /** A sentence a layer, with the markup of titles. */
  readonly layers: readonly string[];
}

/**
 * The words for a chart.
 *
 * @param chart The chart.
 * @returns Its panels in their order, one for a chart of one pair of axes.
 */
export function captionOf(chart: ChartDefinition | PanelsDefinition): PanelCaption[] {
  if (!("panels" in chart)) return [axesCaption(chart)];
  return chart.panels.map(axesCaption);
}

function axesCaption(axes: AxesDefinition): PanelCaption {
  return { title: axes.title ?? "", layers: layersOf(axes).map(layerText) };
}

function layerText(layer: LayerDefinition): string {
  const { mark, observable, color, error, filter = {} } = layer;
  const column = (name: string) => titleOf(notationOf(name, observable), 0, "full");
  const filters = Object.entries(filter).map(([name, chosen]) => {
    const { symbol, quantity } = notationOf(name, observable);
    return `${symbol === "" ? quantity : symbol} = ${selectionText(chosen)}`;
  });
  return [
    `${MARKS[mark]} (${observable}): ${placeText(layer, column)}`,
    ...color === undefined ? [] : [`in colour ${column(color)}`],
    ...error === undefined ? [] : [`bars ± ${column(error)}`],
    ...filters.length === 0 ? [] : [`for ${filters.join(", ")}`],
  ].join("; ");
}

/** What a layer shows against what, or where its dashed lines are. */
function placeText({ mark, x, y, label }: LayerDefinition, column: (name: string) => string): string {
  const axis = (source: AxisSource) => typeof source === "string" ? column(source) : source.title ?? source.expression;
  const axes = [y, x].flatMap((source) => source === undefined ? [] : [axis(source)]);
  return mark === "rule" ? `at ${label ?? axes[0]}` : axes.join(" against ");
}

function selectionText(selection: Selection): string {
  if (typeof selection !== "object") return valueText(selection);
  return "from" in selection ? `${valueText(selection.from)} … ${valueText(selection.to)}` : valueText(selection);
}
