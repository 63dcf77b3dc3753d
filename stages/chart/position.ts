/**
 * The x and y channels: which scale a column gets, how far its axis runs, and how the axis is labelled.
 *
 * @module
 */
import { type ChartColumn, evenSpacing } from "./column.ts";
import { estimateWidth } from "./markup.ts";
import type { JsonObject } from "./merge.ts";
import { notationOf, titleOf, valueLabels } from "./notation.ts";
import { ZERO_LINE } from "./palette.ts";
import type { Theme } from "./theme.ts";
import { labelScale, legendExponent, type Range, widen } from "./ticks.ts";

/** How a mark uses a position. */
export interface PositionUse {
  /** The axis. */
  readonly axis: "x" | "y";
  /** The free space at either end, as a part of the data's span. */
  readonly margin: number;
  /** Whether points are drawn, which should not lie on the frame. */
  readonly showsPoints: boolean;
  /** Whether lengths are read off the axis, so that it has to start at zero. */
  readonly fromZero: boolean;
  /** `scale` for a point on a line, `cases` for one slot a value, `cells` for the middle of a cell. */
  readonly kind: "scale" | "cases" | "cells";
}

/** A position's part of a spec. */
export interface Position {
  /** The channels `x` or `y`, and `x2` or `y2` for cells. */
  readonly encoding: JsonObject;
  /** What has to be computed of each row, the ends of its cell. */
  readonly transform: readonly JsonObject[];
}

/** About how many ticks an axis gets. */
const TICKS = 5;

/**
 * Returns the encoding of a column as a position. Throws an Error if the column has no finite number to set a scale by.
 *
 * @param column The column.
 * @param use How the mark uses it.
 * @param observable The table's observable, for the notation.
 * @param theme The page.
 */
export function positionOf(column: ChartColumn, use: PositionUse, observable: string, theme: Theme): Position {
  const step = use.kind === "cells" ? evenSpacing(column) : undefined;
  if (!column.isNumeric || use.kind === "cases" || (use.kind === "cells" && step === undefined)) {
    return casesOf(column, use, observable, theme);
  }
  if (column.range === undefined) {
    throw new Error(`Cannot draw ${use.axis}: ${column.name} has no finite number. Look why its stage gave none.`);
  }
  const [low, high] = column.range;
  const range: Range = step !== undefined
    ? [low - step / 2, high + step / 2]
    : widen(use.fromZero ? [Math.min(0, low), Math.max(0, high)] : [low, high], use.margin, {
      acrossZero: use.showsPoints,
    });
  const labels = labelScale(range, TICKS);
  const quantitative = {
    type: "quantitative",
    axis: {
      title: fittingTitle(column, use, labels.exponent, observable, theme),
      tickCount: TICKS,
      ...labels.exponent === 0
        ? {}
        : { labelExpr: `format(datum.value / 1e${labels.exponent}, '.${labels.decimals}f')` },
      ...use.kind === "cells" ? ticksOutside(theme) : {},
      ...use.axis === "y" && use.kind === "scale" && low < 0 && high > 0 ? zeroLine(use.axis, theme) : {},
    },
    scale: { domain: range, nice: false, zero: false },
  };
  if (step === undefined) {
    return { encoding: { [use.axis]: { field: column.field, ...quantitative } }, transform: [] };
  }
  const [from, to] = [`${use.axis}_from`, `${use.axis}_to`];
  return {
    encoding: { [use.axis]: { field: from, ...quantitative }, [`${use.axis}2`]: { field: to } },
    transform: [
      { calculate: `datum[${JSON.stringify(column.name)}] - ${step / 2}`, as: from },
      { calculate: `datum[${JSON.stringify(column.name)}] + ${step / 2}`, as: to },
    ],
  };
}

/**
 * Returns the expression that labels exact values, or undefined where they stand for themselves.
 *
 * @param column A column of labels or of a few numbers.
 * @param exponent The power of ten over which numbers are written.
 */
export function caseLabels(column: ChartColumn, exponent: number): string | undefined {
  if (column.isNumeric) {
    // Twelve digits show a value as it was given and hide the rounding of its last bits; the minus is a real one.
    return `format(datum.value${exponent === 0 ? "" : ` / 1e${exponent}`}, '.12~g')`;
  }
  const labels = Object.entries(valueLabels(column.name)).filter(([value]) => column.distinct.includes(value));
  return labels.length === 0 ? undefined : `${JSON.stringify(Object.fromEntries(labels))}[datum.value] || datum.value`;
}

/** Returns the encoding of a column with one slot a value. */
function casesOf(column: ChartColumn, use: PositionUse, observable: string, theme: Theme): Position {
  const exponent = column.isNumeric ? legendExponent(column.distinct.map(Number)) : 0;
  const labelExpr = caseLabels(column, exponent);
  const channel = {
    field: column.field,
    type: column.isNumeric ? "ordinal" : "nominal",
    axis: {
      title: fittingTitle(column, use, exponent, observable, theme),
      ...labelExpr === undefined ? {} : { labelExpr },
      labelAngle: 0,
      labelOverlap: true,
      ...use.kind === "scale" ? {} : ticksOutside(theme),
    },
    // Vega-Lite runs cases down the y axis: right for labels, which are read downwards, but numbers grow upwards.
    scale: { domain: use.axis === "y" && column.isNumeric ? column.distinct.toReversed() : column.distinct },
    // The order is the domain's; without this Vega-Lite would sort the labels.
    sort: null,
  };
  return { encoding: { [use.axis]: channel }, transform: [] };
}

/** Returns the full title if the axis is long enough for it, else the one with the symbol alone, in lines if need be. */
function fittingTitle(
  column: ChartColumn,
  use: PositionUse,
  exponent: number,
  observable: string,
  theme: Theme,
): string | string[] {
  const notation = notationOf(column.name, observable);
  const full = titleOf(notation, exponent, "full");
  // What labels, titles and a legend take off the page's height or width, in lines of text.
  const length = use.axis === "y" ? theme.height - 5 * theme.titleSize : theme.width - 7 * theme.titleSize;
  if (estimateWidth(full, theme.titleSize) <= length) return full;
  const lines: string[] = [];
  for (const word of titleOf(notation, exponent, "short").split(" ")) {
    const line = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    const fits = lines.length > 0 && estimateWidth(line, theme.titleSize) <= length;
    lines.splice(fits ? -1 : lines.length, 1, fits ? line : word);
  }
  return lines.length === 1 ? lines[0] : lines;
}

/** Returns the axis settings that draw a thin line across the plot at zero and leave the other ticks as they are. */
function zeroLine(axis: "x" | "y", theme: Theme): JsonObject {
  const isZero = "datum.value === 0";
  const length = axis === "y" ? "width" : "height";
  const tick = theme.tickLength;
  return {
    gridColor: { condition: { test: isZero, value: ZERO_LINE }, value: "black" },
    gridDash: {
      condition: { test: isZero, value: [] },
      expr: `[${tick}, ${length} - ${2 * tick}, ${tick}, ${length}]`,
    },
  };
}

/** Returns the axis settings that set ticks outside the frame, where cells and bars do not hide them. */
function ticksOutside(theme: Theme): JsonObject {
  return { grid: false, ticks: true, tickColor: "black", tickSize: theme.tickLength, tickWidth: theme.frameWidth };
}
