/**
 * What a chart needs to know of one column before it can choose a scale for it.
 *
 * @module
 */
import type { Cell, Table } from "../aggregate/table.ts";
import { extent, type Range } from "./ticks.ts";

/** A numeric column with up to so many values is a set of cases, beyond that a quantity. */
const MOST_CASES = 10;

/** A column as a chart sees it. */
export interface ChartColumn {
  /** The name in the table. */
  readonly name: string;
  /** The name as Vega-Lite takes it, where a bare dot would reach into an object. */
  readonly field: string;
  /** The cells, one a row. */
  readonly cells: readonly Cell[];
  /** Whether every cell is a number; NaN is one. */
  readonly isNumeric: boolean;
  /** The different cells, numbers in ascending order, labels as they come. */
  readonly distinct: readonly Cell[];
  /** The range of the finite numbers; undefined for labels and where there is none. */
  readonly range: Range | undefined;
}

/**
 * Returns a column of a table. Throws an Error that names the columns there are, if it is not among them.
 *
 * @param table The table.
 * @param name The column's name.
 * @param role What the chart wants it for, such as `x`, for the message.
 */
export function chartColumn(table: Table, name: string, role: string): ChartColumn {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    const there = table.columns.map((candidate) => candidate.name).join(", ");
    throw new Error(
      `Cannot draw ${role}: the table of ${table.observable} has no column ${name}. It has ${there}: name one of these.`,
    );
  }
  const { cells } = column;
  const numbers = cells.filter((cell) => typeof cell === "number");
  const isNumeric = cells.length > 0 && numbers.length === cells.length;
  const distinct = [...new Set(cells)].filter((cell) => typeof cell === "string" || Number.isFinite(cell));
  return {
    name,
    field: name.replaceAll(/[.\[\]\\]/g, "\\$&"),
    cells,
    isNumeric,
    distinct: isNumeric ? distinct.sort((a, b) => Number(a) - Number(b)) : distinct,
    range: isNumeric ? extent(numbers) : undefined,
  };
}

/**
 * Returns whether the column's values are cases to be told apart one by one, not points on a scale.
 *
 * @param column The column.
 */
export function isCategorical(column: ChartColumn): boolean {
  return !column.isNumeric || column.distinct.length <= MOST_CASES;
}

/**
 * Returns the distance of the column's values if they are evenly spaced, else undefined.
 *
 * @param column The column.
 */
export function evenSpacing(column: ChartColumn): number | undefined {
  if (column.range === undefined || column.distinct.length < 2) return undefined;
  const [low, high] = column.range;
  const step = (high - low) / (column.distinct.length - 1);
  const isEven = column.distinct.every((value, i) => Math.abs(Number(value) - (low + i * step)) < 1e-6 * step);
  return isEven ? step : undefined;
}
