/**
 * What a chart needs to know of one column before it can choose a scale for it.
 *
 * @module
 */
import type { Cell, Table } from "../aggregate/table.ts";
import type { AxisSource } from "./definition.ts";
import { type Notation, notationOf, readTitle } from "./notation.ts";
import { columnNamed, derivedCells } from "./rows.ts";
import { extent, type Range } from "./ticks.ts";

/** A numeric column with up to so many values is a set of cases, beyond that a quantity. */
const MOST_CASES = 10;

/** A column as a chart sees it. */
export interface ChartColumn {
  /** The name in the table, or the formula by which it was worked out. */
  readonly name: string;
  /** How it is written on an axis. */
  readonly notation: Notation;
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
 * Returns a column of a table, or one worked out of its columns. Throws an Error that names the columns there are, if it is
 * not among them.
 *
 * @param table The table.
 * @param source The column's name, or its formula.
 * @param role What the chart wants it for, such as `x`, for the message.
 */
export function chartColumn(table: Table, source: AxisSource, role: string): ChartColumn {
  if (typeof source === "string") {
    const { cells } = columnNamed(table, source, role);
    return describedColumn(source, notationOf(source, table.observable), cells);
  }
  const { expression, title } = source;
  // Without its markup the formula of a title that was not given stays as it was written.
  const notation = readTitle(title ?? expression.replaceAll("_", " "));
  return describedColumn(expression, notation, derivedCells(table, expression));
}

/**
 * Returns one column for those that layers share, with the cells of all and the name of the first. Throws an Error if some
 * are labels and some numbers.
 *
 * @param columns At least one column.
 * @param role What the chart wants them for, for the message.
 */
export function jointColumn(columns: readonly ChartColumn[], role: string): ChartColumn {
  const [first] = columns;
  if (columns.length === 1) return first;
  const odd = columns.find(({ isNumeric }) => isNumeric !== first.isNumeric);
  if (odd !== undefined) {
    const [numbers, labels] = first.isNumeric ? [first, odd] : [odd, first];
    throw new Error(
      `Cannot draw ${role}: ${numbers.name} has numbers and ${labels.name} has labels, which have no common scale. ` +
        "Draw them in charts of their own.",
    );
  }
  return describedColumn(first.name, first.notation, columns.flatMap(({ cells }) => cells));
}

/** Returns cells with what a chart asks of them. */
function describedColumn(name: string, notation: Notation, cells: readonly Cell[]): ChartColumn {
  const numbers = cells.filter((cell) => typeof cell === "number");
  const isNumeric = cells.length > 0 && numbers.length === cells.length;
  const distinct = [...new Set(cells)].filter((cell) => typeof cell === "string" || Number.isFinite(cell));
  return {
    name,
    notation,
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
