/**
 * How far an axis of numbers runs: over the data of all its layers, with what is drawn about them, such as bars and labels.
 *
 * @module
 */
import type { Cell } from "../aggregate/table.ts";
import type { ChartColumn } from "./column.ts";
import { type Range, widen } from "./ticks.ts";

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
  /**
   * `scale` for a point on a line, `cases` for one slot a value, `cells` for the middle of a cell, `reference` for a line
   * across the plot.
   */
  readonly kind: "scale" | "cases" | "cells" | "reference";
}

/** What lies along an axis in one layer, and how the layer's mark uses it. */
export interface AxisLayer {
  /** The column. */
  readonly column: ChartColumn;
  /** How the mark uses it. */
  readonly use: PositionUse;
  /** How far the layer's error bars reach, where it has them. */
  readonly reach?: Range | undefined;
}

/** The room that something needs about a value, in px of the axis. */
export interface Room {
  /** The value. */
  readonly value: Cell;
  /** The room towards the low end. */
  readonly before: number;
  /** The room towards the high end. */
  readonly after: number;
}

/** The free space between the frame and a line across the plot beyond the data, as a part of the span. */
const REFERENCE_MARGIN = 0.03;

/** The part of an axis that may be taken by what stands about values. */
const MOST = 0.75;

/** Steps of an iteration each of which leaves at most that part of the error: enough for twelve digits. */
const STEPS = 100;

/**
 * Returns the range of an axis: that of the data with margins, or to the edges of cells; then, where they lie beyond it, as
 * far as the lines across the plot.
 *
 * @param layers What lies along the axis, each with a range of finite numbers.
 * @param steps The widths of cells, by layer.
 */
export function rangeOf(layers: readonly AxisLayer[], steps: readonly (number | undefined)[]): Range {
  const isData = layers.map(({ use }) => use.kind !== "reference");
  const data = layers.filter((_, i) => isData[i]);
  const ranges = layers.map(({ column, reach, use }, i): Range => {
    const [low, high] = reach ?? column.range!, half = (steps[i] ?? 0) / 2;
    return use.fromZero ? [Math.min(0, low), Math.max(0, high)] : [low - half, high + half];
  });
  const all = union(ranges.filter((_, i) => isData[i]));
  const margin = Math.max(...data.map(({ use }) => use.margin));
  const range = steps.some((step) => step !== undefined)
    ? all
    : widen(all, margin, { acrossZero: data.some(({ use }) => use.showsPoints) });
  const [low, high] = union([range, ...ranges.filter((_, i) => !isData[i])]);
  if (low === range[0] && high === range[1]) return range;
  const [below, above] = widen([low, high], REFERENCE_MARGIN, { acrossZero: true });
  return [low < range[0] ? below : low, high > range[1] ? above : high];
}

/**
 * Returns whether there is room on an axis for all that stands about its values, with a quarter of it left over for the data.
 *
 * @param rooms What stands about the values.
 * @param length The length of the axis in px.
 */
export function fits(rooms: readonly Room[], length: number): boolean {
  return most(rooms, "before") + most(rooms, "after") <= MOST * length;
}

/**
 * Returns a range wide enough for all that stands about its values, its ends rounded outwards. An end that has room enough
 * stays where it is.
 *
 * @param range The range without that.
 * @param rooms What stands about the values, which `fits` holds for.
 * @param length The length of the axis in px.
 */
export function rangeWithRoom(range: Range, rooms: readonly Room[], length: number): Range {
  let [low, high] = range;
  // A wider range has fewer px a unit, so that what stands about a value takes more of it, but each time less.
  for (let step = 0; step < STEPS; step++) {
    const unitsPerPx = (high - low) / length;
    low = Math.min(range[0], ...rooms.map(({ value, before }) => Number(value) - before * unitsPerPx));
    high = Math.max(range[1], ...rooms.map(({ value, after }) => Number(value) + after * unitsPerPx));
  }
  const [below, above] = widen([low, high], 0, { acrossZero: true });
  return [low < range[0] ? below : low, high > range[1] ? above : high];
}

/**
 * Returns the free space before the first and after the last of evenly spaced slots, in units of their distance, that is
 * enough for what stands about their values.
 *
 * @param slots The number of slots.
 * @param rooms What stands about the values, which `fits` holds for.
 * @param length The length of the axis in px.
 */
export function slotPadding(slots: number, rooms: readonly Room[], length: number): number {
  const room = Math.max(most(rooms, "before"), most(rooms, "after"));
  // A padding of p makes the distance length/(slots − 1 + 2p), which times p has to be the room; Vega's own is a half.
  return Math.max(0.5, room * (slots - 1) / Math.max(length - 2 * room, length / 10));
}

/** Returns the largest room on one side. */
function most(rooms: readonly Room[], side: "before" | "after"): number {
  return Math.max(0, ...rooms.map((room) => room[side]));
}

/** Returns the least range that covers several. */
function union(ranges: readonly Range[]): Range {
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}
