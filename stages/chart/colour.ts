/**
 * The colour channel and what goes with it, dashes and shapes for black-and-white print and the legend that explains them.
 *
 * @module
 */
import { type ChartColumn, isCategorical } from "./column.ts";
import { estimateWidth } from "./markup.ts";
import type { JsonObject } from "./merge.ts";
import { titleOf, valueLabels } from "./notation.ts";
import { caseLabels } from "./case_axis.ts";
import { CATEGORY_COLOURS, DASHES, ORDERED_COLOURS, SHAPES } from "./palette.ts";
import type { Theme } from "./theme.ts";
import { labelScale, legendExponent } from "./ticks.ts";

/** By what else than colour a mark can tell cases apart; `line` is a line that cannot, as its dashes tell layers apart. */
export type Second = "dash" | "shape" | "line" | "none";

/** Colour's part of a spec. */
export interface Colour {
  /** The channels: `color`, and `strokeDash` or `shape` where it has a second one. */
  readonly encoding: JsonObject;
  /** The height in px that the legend takes beyond what the page has for it. */
  readonly height: number;
}

/** About how many ticks a colour bar gets. */
const TICKS = 4;

/**
 * Returns the encodings of a column as colour: steps with a legend for up to ten values, viridis with a bar beyond that.
 * Throws an Error if it has more labels than can be told apart, or no finite number.
 *
 * @param column The column.
 * @param second What else tells the cases apart.
 * @param theme The page.
 * @param legends How many legends the chart has.
 */
export function colourOf(column: ChartColumn, second: Second, theme: Theme, legends = 1): Colour {
  const { notation } = column;
  if (!isCategorical(column)) {
    if (column.range === undefined) {
      throw new Error(`Cannot draw color: ${column.name} has no finite number. Look why its stage gave none.`);
    }
    const { exponent, decimals } = labelScale(column.range, TICKS);
    const title = titleOf(notation, exponent, "short");
    const color = {
      field: column.field,
      type: "quantitative",
      scale: { scheme: "viridis", domain: column.range, nice: false, zero: false },
      legend: {
        title,
        tickCount: TICKS,
        ...exponent === 0 ? {} : { labelExpr: `format(datum.value / 1e${exponent}, '.${decimals}f')` },
        ...colourBar(title, theme, legends),
      },
    };
    return { encoding: { color }, height: 0 };
  }
  const { distinct } = column;
  if (distinct.length > SHAPES.length) {
    throw new Error(
      `Cannot draw color: ${column.name} has ${distinct.length} labels, of which ${SHAPES.length} can be told apart. ` +
        "Colour by another column.",
    );
  }
  const exponent = column.isNumeric ? legendExponent(distinct.map(Number)) : 0;
  const labelExpr = caseLabels(column, exponent);
  const title = titleOf(notation, exponent, "short");
  const rows = legendRows(title, distinct.map((value) => valueLabels(column.name)[value] ?? String(value)), theme);
  const legend = {
    title,
    ...labelExpr === undefined ? {} : { labelExpr },
    ...legendOfCases(second, rows, theme),
  };
  const channel = (range: readonly unknown[]): JsonObject => ({
    field: column.field,
    // Nominal for numbers too: their order is the domain's, and Vega-Lite warns of shapes for the ordinal.
    type: "nominal",
    scale: { domain: distinct, range: range.slice(0, distinct.length) },
    legend,
  });
  return {
    encoding: {
      color: channel(coloursOf(distinct.length)),
      ...second === "dash" ? { strokeDash: channel(dashesOf(theme)) } : {},
      ...second === "shape" ? { shape: channel(SHAPES) } : {},
    },
    height: theme.legend === "top" ? Math.round(1.4 * theme.labelSize * rows.extra) : 0,
  };
}

/** Returns colours for so many cases. */
function coloursOf(count: number): readonly string[] {
  if (count <= CATEGORY_COLOURS.length) return CATEGORY_COLOURS.slice(0, count);
  const last = ORDERED_COLOURS.length - 1;
  return Array.from({ length: count }, (_, i) => ORDERED_COLOURS[Math.round(i * last / (count - 1))]);
}

/**
 * Returns the dashes of a page, in px.
 *
 * @param theme The page.
 */
export function dashesOf(theme: Theme): number[][] {
  return DASHES.map((dash) => dash.map((length) => Math.round(10 * length * theme.lineWidth) / 10));
}

/** Returns where a colour bar stands and how long it is: beside its title above the plot, or under it to the right. */
function colourBar(title: string, theme: Theme, legends: number): JsonObject {
  if (theme.legend === "right") {
    const share = legends === 1 ? "height" : `height / ${legends}`;
    return { orient: "right", gradientLength: { expr: `${share} - ${Math.round(1.8 * theme.titleSize)}` } };
  }
  const titleWidth = Math.ceil(estimateWidth(title, theme.labelSize) + theme.labelSize);
  return {
    orient: "top",
    direction: "horizontal",
    titleOrient: "left",
    titleAnchor: "start",
    gradientLength: { expr: `width - ${titleWidth}` },
  };
}

/** Returns where a legend of cases stands and how it is set: in rows above the plot, or in a column to the right. */
function legendOfCases(second: Second, rows: LegendRows, theme: Theme): JsonObject {
  const { labelSize } = theme;
  // A line twice as long as the square that Vega reserves for it, as a row as high as the line is long would be too high.
  const symbol = second === "dash" || second === "line"
    ? {
      symbolType: "M-2,0L2,0",
      symbolSize: (0.9 * labelSize) ** 2,
      symbolStrokeWidth: theme.lineWidth,
      symbolOffset: 0.45 * labelSize,
      labelOffset: 0.85 * labelSize,
    }
    : {
      symbolSize: (0.75 * labelSize) ** 2,
      symbolStrokeWidth: 0,
      ...second === "none" ? { symbolType: "square" } : {},
    };
  if (theme.legend === "right") return { orient: "right", ...symbol };
  return {
    orient: "top",
    direction: "horizontal",
    titleOrient: rows.isTitleBeside ? "left" : "top",
    columns: rows.columns,
    ...symbol,
  };
}

/** How a legend above the plot is broken into rows. */
interface LegendRows {
  readonly columns: number;
  readonly isTitleBeside: boolean;
  /** The rows of cases and of the title that the page's height does not allow for. */
  readonly extra: number;
}

/** Returns how a legend above the plot is broken into rows, the title beside them if that takes no more. */
function legendRows(title: string, labels: readonly string[], theme: Theme): LegendRows {
  const { labelSize, titleSize } = theme;
  const entries = labels.map((label) => estimateWidth(label, labelSize) + 2.9 * labelSize);
  const width = theme.width - 5 * titleSize;
  if (entries.reduce((sum, entry) => sum + entry, estimateWidth(title, labelSize)) <= width) {
    return { columns: labels.length, isTitleBeside: true, extra: 0 };
  }
  const rows = Math.ceil(labels.length / Math.max(1, Math.floor(width / Math.max(...entries))));
  return { columns: Math.ceil(labels.length / rows), isTitleBeside: false, extra: rows };
}
