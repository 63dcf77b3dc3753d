/**
 * The x and y channels: which scale a column gets, how far its axis runs, and how the axis is labelled.
 *
 * @module
 */
import type { Cell } from "../aggregate/table.ts";
import { type AxisLayer, rangeOf, rangeWithRoom, type Room } from "./axis_range.ts";
import { fittingTitle, TICKS, ticksOutside, zeroLine } from "./axis_settings.ts";
import { axisOfCases } from "./case_axis.ts";
import { type ChartColumn, evenSpacing, jointColumn } from "./column.ts";
import type { JsonObject } from "./merge.ts";
import { plotSize, type Theme } from "./theme.ts";
import { labelScale, type Range } from "./ticks.ts";

/** An axis's part of a spec. */
export interface Axis {
  /** What the channel `x` or `y` says of the axis and its scale, which all layers share. */
  readonly shared: JsonObject;
  /** What each layer adds. */
  readonly layers: readonly AxisPart[];
  /** The power of ten by which the axis's labels are divided. */
  readonly exponent: number;
  /** Returns where a value lies between the low end, 0, and the high end, 1; NaN where it has no place. */
  readonly place: (cell: Cell) => number;
}

/** What an axis takes account of besides its layers. */
export interface AxisOptions {
  /** The range that the user's fragment asks for. */
  readonly asked?: Range | undefined;
  /** What stands about values and must not leave the frame; the function `fits` holds for it. */
  readonly rooms?: readonly Room[];
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

/**
 * Returns the axis of the columns that layers lay along it: one scale, wide enough for all, with the title of the first.
 *
 * Throws an Error if a column has no finite number to set a scale by, if what is laid over cases falls between them, or has
 * error bars.
 *
 * @param layers The columns with their use, at least one that is not a line across the plot, which comes first.
 * @param theme The page.
 * @param options What else the axis takes account of.
 */
export function axisOf(layers: readonly AxisLayer[], theme: Theme, { asked, rooms = [] }: AxisOptions = {}): Axis {
  const [{ use: { axis } }] = layers;
  const joint = jointColumn(layers.map(({ column }) => column), axis);
  const steps = layers.map(({ column, use }) => use.kind === "cells" ? evenSpacing(column) : undefined);
  const isCases = layers.map(({ column, use }, i) =>
    !column.isNumeric || use.kind === "cases" || (use.kind === "cells" && steps[i] === undefined)
  );
  if (isCases.includes(true)) return axisOfCases(joint, layers, isCases, theme, rooms);
  for (const { column } of layers) {
    if (column.range === undefined) {
      throw new Error(`Cannot draw ${axis}: ${column.name} has no finite number. Look why its stage gave none.`);
    }
  }
  const range = rangeWithRoom(rangeOf(layers, steps), rooms, plotSize(theme)[axis]);
  const [from, to] = asked ?? range;
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
    exponent: labels.exponent,
    place: (cell) => typeof cell === "number" ? (cell - from) / (to - from) : NaN,
  };
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
