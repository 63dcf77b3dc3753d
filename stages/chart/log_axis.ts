/**
 * Axes on which equal distances are equal factors: power laws are straight lines there, and values of many orders of magnitude are seen side by side.
 *
 * @module
 */
import { type AxisLayer, rangeOf, rangeWithRoom } from "./axis_range.ts";
import { fittingTitle } from "./axis_settings.ts";
import { type ChartColumn, jointColumn } from "./column.ts";
import type { JsonObject } from "./merge.ts";
import { superscript } from "./notation.ts";
import type { Axis, AxisOptions } from "./position.ts";
import { plotSize, type Theme } from "./theme.ts";
import type { Range } from "./ticks.ts";

/** Ticks between powers of ten are this part of the others' length. */
const MINOR = 0.55;

/** Beyond so many decades ticks between powers of ten would be a blur. */
const MOST_DECADES = 10;

/** Where powers of ten are fewer labels than this, 2 and 5 times these have labels too, and then all ticks. */
const FEWEST_LABELS = 3;

/** Powers of ten from here to here are written out; others as powers. */
const WRITTEN_OUT: Range = [-2, 3];

/**
 * Returns the logarithmic axis of the columns that layers lay along it.
 *
 * Throws an Error if a value is not above zero, or if cells, cases or lengths from zero are to be drawn along it.
 *
 * @param layers The columns with their use, at least one that is not a line across the plot, which comes first.
 * @param theme The page.
 * @param options What else the axis takes account of.
 */
export function logAxisOf(layers: readonly AxisLayer[], theme: Theme, { asked, rooms = [] }: AxisOptions = {}): Axis {
  const [{ use: { axis } }] = layers;
  for (const { column, use, reach } of layers) {
    if (!column.isNumeric || use.kind === "cases" || use.kind === "cells" || use.fromZero) {
      throw unfit(axis, `${column.name} is drawn as cells, as cases or from zero`, "draw lines or points");
    }
    const least = Math.min(...column.cells.map(Number).filter(Number.isFinite), reach?.[0] ?? Infinity);
    if (least === Infinity) throw unfit(axis, `${column.name} has no finite number`, "look why its stage gave none");
    if (least <= 0) {
      const what = reach !== undefined && reach[0] === least
        ? `an error bar of ${column.name} reaches`
        : `${column.name} has`;
      throw unfit(
        axis,
        `${what} ${least}, which is not above 0`,
        "pick positive values with `filter`, or leave it linear",
      );
    }
  }
  const logarithmic = layers.map(({ column, reach, use }) => ({
    column: logColumn(column),
    use,
    reach: reach === undefined ? undefined : [Math.log10(reach[0]), Math.log10(reach[1])] as const,
  }));
  const logRooms = rooms.map(({ value, ...room }) => ({ value: Math.log10(Number(value)), ...room }));
  const range = rangeWithRoom(rangeOf(logarithmic, layers.map(() => undefined)), logRooms, plotSize(theme)[axis]);
  const [from, to] = asked === undefined ? range : [Math.log10(asked[0]), Math.log10(asked[1])];
  if (!Number.isFinite(from) || !Number.isFinite(to)) throw unfit(axis, "the asked domain is not above 0", "mend it");
  const joint = jointColumn(layers.map(({ column }) => column), axis);
  return {
    shared: {
      type: "quantitative",
      axis: { title: fittingTitle(joint.notation, axis, 0, theme), ...ticks(from, to, axis, theme) },
      // Twelve digits: what is beyond them is rounding of the powers.
      scale: { type: "log", domain: range.map((end) => Number((10 ** end).toPrecision(12))), nice: false },
    },
    layers: layers.map(({ column }) => ({ field: column.field, transform: [] })),
    exponent: 0,
    place: (cell) => typeof cell === "number" && cell > 0 ? (Math.log10(cell) - from) / (to - from) : NaN,
  };
}

function unfit(axis: string, reason: string, remedy: string): Error {
  return new Error(`Cannot draw ${axis} on a logarithmic scale: ${reason}: ${remedy}`);
}

function logColumn(column: ChartColumn): ChartColumn {
  const cells = column.cells.map((cell) => Math.log10(Number(cell)));
  const [low, high] = column.range!;
  return { ...column, cells, range: [Math.log10(low), Math.log10(high)] };
}

/** Returns the settings of ticks: long and labelled at powers of ten, short between; and where these are few also at others. */
function ticks(from: number, to: number, axis: "x" | "y", { tickLength }: Theme): JsonObject {
  const least = Math.ceil(from - 1e-9), most = Math.floor(to + 1e-9), decades = most - least;
  const stride = Math.max(1, Math.ceil(decades / MOST_DECADES));
  const powers = Array.from({ length: decades + 1 }, (_, i) => least + i).filter((power) => power % stride === 0);
  const isInside = (value: number): boolean => Math.log10(value) >= from - 1e-9 && Math.log10(value) <= to + 1e-9;
  const between = stride > 1
    ? []
    : Array.from({ length: decades + 3 }, (_, i) => least - 1 + i).flatMap((power) =>
      [2, 3, 4, 5, 6, 7, 8, 9].map((digit) => tenth(digit, power)).filter(isInside)
    );
  const majors = powers.map((power) => tenth(1, power));
  const choices = [majors, [...majors, ...between.filter((value) => /^[25]/.test(value.toExponential()))], [
    ...majors,
    ...between,
  ]];
  const labelled = choices.find((choice) => choice.length >= FEWEST_LABELS) ?? choices[2];
  const isPlain = labelled.every((value) => {
    const power = Math.floor(Math.log10(value) + 1e-9);
    return power >= WRITTEN_OUT[0] && power <= WRITTEN_OUT[1];
  });
  const length = axis === "y" ? "width" : "height";
  const dash = (tick: number): string => `[${tick}, ${length} - ${2 * tick}, ${tick}, ${length}]`;
  const labels = Object.fromEntries(
    labelled.map((value) => [String(value), isPlain ? String(value) : powerLabel(value)]),
  );
  return {
    values: [...majors, ...between].sort((a, b) => a - b),
    labelExpr: `${JSON.stringify(labels)}[datum.value] || ''`,
    labelOverlap: false,
    gridDash: {
      condition: { test: `indexof(${JSON.stringify(majors)}, datum.value) >= 0`, expr: dash(tickLength) },
      expr: dash(Number((MINOR * tickLength).toPrecision(3))),
    },
  };
}

/** Returns a digit times a power of ten as it is read, without the rounding of a product. */
function tenth(digit: number, power: number): number {
  return Number(`${digit}e${power}`);
}

/** Returns 10⁻³ for 0.001, and 2·10⁻³ for 0.002. */
function powerLabel(value: number): string {
  const [digit, power] = value.toExponential().split("e");
  return `${digit === "1" ? "" : `${digit}·`}10${superscript(Number(power))}`;
}
