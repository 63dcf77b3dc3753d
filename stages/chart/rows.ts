/**
 * Which rows of a table a chart draws, and the quantities that it works out of columns: in doubles, before Vega sees a number.
 *
 * @module
 */
import type { Cell, Column, Table } from "../aggregate/table.ts";
import { parseExpression } from "../hamiltonian/expression.ts";
import type { Selection } from "./definition.ts";

/** Two numbers that differ by less, relative to the larger, are one value that was rounded in two ways. */
const ROUNDING = 1e-9;

/**
 * Returns the rows of a table that a chart draws. Throws an Error if a column is missing, or if no row is left.
 *
 * @param table The table.
 * @param filter The values that are drawn, by column.
 */
export function selectedRows(table: Table, filter: Readonly<Record<string, Selection>>): Table {
  const conditions = Object.entries(filter).map(([name, selection]) => ({
    name,
    selection,
    cells: columnNamed(table, name, "filter").cells,
  }));
  const count = table.columns[0]?.cells.length ?? 0;
  const kept = Array.from({ length: count }, (_, row) => row).filter((row) =>
    conditions.every(({ cells, selection }) => isSelected(cells[row], selection))
  );
  if (kept.length === 0 && count > 0) {
    const empty = conditions.find(({ cells, selection }) => !cells.some((cell) => isSelected(cell, selection)));
    const there = empty === undefined ? "" : `; ${empty.name} is ${shortList(empty.cells)}`;
    throw new Error(
      `Cannot filter the table of ${table.observable}: none of its ${count} rows is left by ${
        JSON.stringify(filter)
      }${there}. Change the filter or the sweep.`,
    );
  }
  return rowsAt(table, kept);
}

/**
 * Returns a table of some of a table's rows.
 *
 * @param table The table.
 * @param rows The rows, counted from 0.
 */
export function rowsAt(table: Table, rows: readonly number[]): Table {
  return {
    ...table,
    columns: table.columns.map(({ name, cells }) => ({ name, cells: rows.map((row) => cells[row]) })),
  };
}

/**
 * Returns the values of a formula, one a row: NaN where it has none. Throws an ExpressionError if it is no formula of the
 * table's numeric columns.
 *
 * @param table The table.
 * @param expression The formula, with the names of columns for variables.
 */
export function derivedCells(table: Table, expression: string): number[] {
  const numeric = table.columns.filter(({ cells }) => cells.every((cell) => typeof cell === "number"));
  const evaluate = parseExpression(expression, numeric.map(({ name }) => name));
  return Array.from(
    { length: table.columns[0]?.cells.length ?? 0 },
    (_, row) => evaluate(Object.fromEntries(numeric.map(({ name, cells }) => [name, Number(cells[row])]))),
  );
}

/**
 * Returns a column of a table. Throws an Error that names the columns there are, if it is not among them.
 *
 * @param table The table.
 * @param name The column's name.
 * @param role What the chart wants it for, such as `x`, for the message.
 */
export function columnNamed(table: Table, name: string, role: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    const there = table.columns.map((candidate) => candidate.name).join(", ");
    throw new Error(
      `Cannot draw ${role}: the table of ${table.observable} has no column ${name}. It has ${there}: name one of these.`,
    );
  }
  return column;
}

function isSelected(cell: Cell, selection: Selection): boolean {
  if (typeof selection !== "object") return isSame(cell, selection);
  if ("from" in selection) {
    return typeof cell === "number" &&
      (isSame(cell, selection.from) || isSame(cell, selection.to) || (cell >= selection.from && cell <= selection.to));
  }
  return selection.some((value) => isSame(cell, value));
}

function isSame(cell: Cell, value: Cell): boolean {
  if (typeof cell !== "number" || typeof value !== "number") return cell === value;
  return Math.abs(cell - value) <= ROUNDING * Math.max(Math.abs(cell), Math.abs(value));
}

/** Returns the first values of a column in words. */
function shortList(cells: readonly Cell[]): string {
  const distinct = [...new Set(cells)];
  return distinct.slice(0, 5).join(", ") + (distinct.length > 5 ? ", …" : "");
}
