/**
 * The x and y channels: which scale a column gets, how far its axis runs, and how the axis is labelled.
 *
 * @module
 */
import { type ChartColumn, evenSpacing, jointColumn } from "./column.ts";
import { estimateWidth } from "./markup.ts";
import type { JsonObject } from "./merge.ts";
import { type Notation, titleOf, valueLabels } from "./notation.ts";
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

/** What lies along an axis in one layer, and how the layer's mark uses it. */
export interface AxisLayer {
  /** The column. */
  readonly column: ChartColumn;
  /** How the mark uses it. */
  readonly use: PositionUse;
}

/** An axis's part of a spec. */
export interface Axis {
  /** What the channel `x` or `y` says of the axis and its scale, which all layers share. */
  readonly shared: JsonObject;
  /** What each layer adds. */
  readonly layers: readonly AxisPart[];
}

/** What one layer adds to an axis. */
export interface AxisPart {
  /** The field of the channel `x` or `y`. */
  readonly field: string;
  /** The field of the channel `x2` or `y2`, the other end of a cell. */
  readonly end?: string;
  /** What has to be computed of each row, the ends of its cell. */
  readonly transform: readonly JsonObject[];
}

/** About how many ticks an axis gets. */
const TICKS = 5;

/**
 * Returns the axis of the columns that layers lay along it: one scale, wide enough for all, with the title of the first.
 *
 * Throws an Error if a column has no finite number to set a scale by, or if what is laid over cases falls between them.
 *
 * @param layers The columns with their use, at least one.
 * @param theme The page.
 */
export function axisOf(layers: readonly AxisLayer[], theme: Theme): Axis {
  const [{ use: { axis } }] = layers;
  const joint = jointColumn(layers.map(({ column }) => column), axis);
  const steps = layers.map(({ column, use }) => use.kind === "cells" ? evenSpacing(column) : undefined);
  const isCases = layers.map(({ column, use }, i) =>
    !column.isNumeric || use.kind === "cases" || (use.kind === "cells" && steps[i] === undefined)
  );
  if (isCases.includes(true)) return axisOfCases(joint, layers, isCases, theme);
  for (const { column } of layers) {
    if (column.range === undefined) {
      throw new Error(`Cannot draw ${axis}: ${column.name} has no finite number. Look why its stage gave none.`);
    }
  }
  const range = rangeOf(layers, steps);
  const labels = labelScale(range, TICKS);
  const [low, high] = joint.range!;
  const kinds = layers.map(({ use }) => use.kind);
  return {
    shared: {
      type: "quantitative",
      axis: {
        title: fittingTitle(joint.notation, axis, labels.exponent, theme),
        tickCount: TICKS,
        ...labels.exponent === 0
          ? {}
          : { labelExpr: `format(datum.value / 1e${labels.exponent}, '.${labels.decimals}f')` },
        ...kinds.includes("cells") ? ticksOutside(theme) : {},
        ...axis === "y" && !kinds.includes("cells") && low < 0 && high > 0 ? zeroLine(axis, theme) : {},
      },
      scale: { domain: range, nice: false, zero: false },
    },
    layers: layers.map(({ column }, i) => partOf(column, axis, steps[i])),
  };
}

/** Returns the range of an axis: that of the data with margins, or to the edges of cells. */
function rangeOf(layers: readonly AxisLayer[], steps: readonly (number | undefined)[]): Range {
  const uses = layers.map(({ use }) => use);
  const ranges = layers.map(({ column: { range }, use }, i): Range => {
    const [low, high] = range!, half = (steps[i] ?? 0) / 2;
    return use.fromZero ? [Math.min(0, low), Math.max(0, high)] : [low - half, high + half];
  });
  const all: Range = [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
  if (steps.some((step) => step !== undefined)) return all;
  const margin = Math.max(...uses.map((use) => use.margin));
  return widen(all, margin, { acrossZero: uses.some(({ showsPoints }) => showsPoints) });
}

/** Returns what a column with a scale adds to its axis. */
function partOf(column: ChartColumn, axis: "x" | "y", step: number | undefined): AxisPart {
  if (step === undefined) return { field: column.field, transform: [] };
  const [from, to] = [`${axis}_from`, `${axis}_to`];
  return {
    field: from,
    end: to,
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

/** Returns the axis of columns with one slot a value. */
function axisOfCases(
  column: ChartColumn,
  layers: readonly AxisLayer[],
  isCases: readonly boolean[],
  theme: Theme,
): Axis {
  const [{ use: { axis } }] = layers;
  const slots = new Set(layers.flatMap((layer, i) => isCases[i] ? layer.column.distinct : []));
  const between = column.distinct.find((value) => !slots.has(value));
  if (between !== undefined) {
    throw new Error(
      `Cannot draw ${axis}: one layer has a slot for each of the values ${
        [...slots].join(", ")
      }, and another one lies at ` +
        `${between}. Give both the same values or draw them as lines and points.`,
    );
  }
  const exponent = column.isNumeric ? legendExponent(column.distinct.map(Number)) : 0;
  const labelExpr = caseLabels(column, exponent);
  return {
    shared: {
      type: column.isNumeric ? "ordinal" : "nominal",
      axis: {
        title: fittingTitle(column.notation, axis, exponent, theme),
        ...labelExpr === undefined ? {} : { labelExpr },
        labelAngle: 0,
        labelOverlap: true,
        ...layers.every(({ use }) => use.kind === "scale") ? {} : ticksOutside(theme),
      },
      // Vega-Lite runs cases down the y axis: right for labels, which are read downwards, but numbers grow upwards.
      scale: { domain: axis === "y" && column.isNumeric ? column.distinct.toReversed() : column.distinct },
      // The order is the domain's; without this Vega-Lite would sort the labels.
      sort: null,
    },
    layers: layers.map((layer) => ({ field: layer.column.field, transform: [] })),
  };
}

/** Returns the full title if the axis is long enough for it, else the one with the symbol alone, in lines if need be. */
function fittingTitle(notation: Notation, axis: "x" | "y", exponent: number, theme: Theme): string | string[] {
  const full = titleOf(notation, exponent, "full");
  // What labels, titles and a legend take off the page's height or width, in lines of text.
  const length = axis === "y" ? theme.height - 5 * theme.titleSize : theme.width - 7 * theme.titleSize;
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
