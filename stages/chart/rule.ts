/**
 * Lines across the plot at the values of a column, such as a cutoff, one a value however many rows have it.
 *
 * @module
 */
import type { Table } from "../aggregate/table.ts";
import { type ChartColumn, chartColumn } from "./column.ts";
import type { LayerDefinition } from "./definition.ts";
import type { JsonObject } from "./merge.ts";
import { REFERENCE_LINE } from "./palette.ts";
import { rowsAt, selectedRows } from "./rows.ts";
import type { Theme } from "./theme.ts";

/** Lines across the plot, with their columns: one row a line. */
export interface Rule {
  /** What is asked for. */
  readonly definition: LayerDefinition;
  /** The axis on which the values lie: `x` for vertical lines. */
  readonly axis: "x" | "y";
  /** The values. */
  readonly column: ChartColumn;
  /** The column that colours tell apart. */
  readonly color: ChartColumn | undefined;
}

/** The dashes of the lines, in units of the width of lines that show data. */
const DASH = [3, 2];

/** Digits in which two values agree that are drawn as one. */
const DIGITS = 10;

/**
 * Returns lines across the plot. Throws an Error if the table has no rows or lacks a column, or unless one of x and y is given.
 *
 * @param name The chart's name, for messages.
 * @param definition What is asked for.
 * @param whole The observable's table.
 */
export function ruleOf(name: string, definition: LayerDefinition, whole: Table): Rule {
  const { x, y, color, filter } = definition;
  const [axis, source] = x !== undefined ? ["x", x] as const : ["y", y] as const;
  if (source === undefined || (x !== undefined && y !== undefined)) {
    throw new Error(
      `Cannot draw ${name} as rule: it needs either x or y. Give x for vertical lines, y for horizontal ones.`,
    );
  }
  const table = filter === undefined ? whole : selectedRows(whole, filter);
  const column = chartColumn(table, source, axis);
  if (column.cells.length === 0) {
    throw new Error(`Cannot draw ${name}: the table of ${table.observable} has no rows. Widen the sweep.`);
  }
  const colours = color === undefined ? undefined : chartColumn(table, color, "color").cells;
  const lines = new Map<string, number>();
  column.cells.forEach((cell, row) => {
    if (typeof cell === "number" && !Number.isFinite(cell)) return;
    const key = JSON.stringify([typeof cell === "number" ? cell.toPrecision(DIGITS) : cell, colours?.[row]]);
    if (!lines.has(key)) lines.set(key, row);
  });
  // Without a single value the axis says what is wrong.
  const one = lines.size === 0 ? table : rowsAt(table, [...lines.values()]);
  return {
    definition,
    axis,
    column: chartColumn(one, source, axis),
    color: color === undefined ? undefined : chartColumn(one, color, "color"),
  };
}

/**
 * Returns the unit of lines across the plot.
 *
 * @param rule The lines.
 * @param look The channels that colour each, none if all are grey.
 * @param options `clip`: whether lines outside the frame are cut off.
 * @param theme The page.
 */
export function ruleUnit(
  { axis, column, color }: Rule,
  look: JsonObject,
  options: { readonly clip: boolean },
  { lineWidth }: Theme,
): JsonObject {
  const used = [column, color].filter((one) => one !== undefined);
  const ends = axis === "x"
    ? { y: { value: "height" }, y2: { value: 0 } }
    : { x: { value: 0 }, x2: { value: "width" } };
  return {
    data: {
      values: column.cells.map((_, row) => Object.fromEntries(used.map(({ name, cells }) => [name, cells[row]]))),
    },
    mark: {
      type: "rule",
      strokeWidth: 0.7 * lineWidth,
      strokeDash: DASH.map((length) => Math.round(10 * length * lineWidth) / 10),
      ...color === undefined ? { color: REFERENCE_LINE } : {},
      ...options.clip ? { clip: true } : {},
    },
    encoding: { [axis]: { field: column.field }, ...ends, ...look },
  };
}
