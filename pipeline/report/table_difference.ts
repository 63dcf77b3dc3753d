/**
 * How two tables of one observable differ, in numbers: row by row for the rows that both have, whatever their order.
 *
 * @module
 */
import type { CsvTable } from "./csv.ts";

/** A table, and what its rows are known by. */
export interface KeyedTable {
  /** The table. */
  readonly table: CsvTable;
  /** The parts of the key, in an order that both tables share: a column, or a value that is the same in all rows. */
  readonly key: readonly (KeyColumn | KeyValue)[];
}

/** A part of the key that is in a column. */
export interface KeyColumn {
  /** What it is called in the answer. */
  readonly name: string;
  /** The column's name. */
  readonly column: string;
}

/** A part of the key that is the same in all rows. */
export interface KeyValue {
  /** What it is called in the answer. */
  readonly name: string;
  /** The value. */
  readonly value: string;
}

/** A column of numbers that both tables have. */
export interface ColumnDifference {
  /** Its name. */
  readonly column: string;
  /** How many rows have another value. */
  readonly rows: number;
  /** The largest |a − b|; undefined for words. */
  readonly absolute?: number;
  /** The largest |a − b| over the larger of |a| and |b|; undefined for words. */
  readonly relative?: number;
  /** The key of the row with the largest |a − b|, or the first that differs. */
  readonly at?: Readonly<Record<string, string>>;
}

/** How two tables differ. */
export interface TableDifference {
  /** What rows were matched by. */
  readonly key: readonly string[];
  /** How many rows both have. */
  readonly both: number;
  /** How many only the first has. */
  readonly onlyFirst: number;
  /** How many only the second has. */
  readonly onlySecond: number;
  /** The columns that both have besides the key. */
  readonly columns: readonly ColumnDifference[];
  /** Columns that only one has, besides the key. */
  readonly missing: readonly string[];
}

/** Digits that count of a number in a key: ranges with the same ends may differ in the last one. */
const DIGITS = 12;

/**
 * Compares two tables.
 *
 * @param first The first.
 * @param second The second; its key has as many parts, with the same names.
 * @returns How they differ. Rows with one key, of which a table has several, are matched in their order.
 */
export function tableDifference(first: KeyedTable, second: KeyedTable): TableDifference {
  const smallest = smallestParts(first, second);
  const rows = [first, second].map((keyed) => keyedRows(keyed, smallest)) as [KeyedRows, KeyedRows];
  const pairs: Pair[] = [];
  for (const [key, a] of rows[0]) {
    const b = rows[1].get(key);
    if (b !== undefined) pairs.push({ a, b });
  }
  const ownColumns = ({ table, key }: KeyedTable) => {
    const keys = new Set(key.map((part) => "column" in part ? part.column : ""));
    return table.columns.filter((column) => !keys.has(column));
  };
  const own = [ownColumns(first), ownColumns(second)];
  return {
    key: first.key.map(({ name }) => name),
    both: pairs.length,
    onlyFirst: rows[0].size - pairs.length,
    onlySecond: rows[1].size - pairs.length,
    columns: own[0].filter((column) => own[1].includes(column)).map((column) =>
      columnDifference(column, pairs, first, second)
    ),
    missing: [...own[0].filter((name) => !own[1].includes(name)), ...own[1].filter((name) => !own[0].includes(name))],
  };
}

/** Rows by their keys. */
type KeyedRows = Map<string, readonly string[]>;

interface Pair {
  readonly a: readonly string[];
  readonly b: readonly string[];
}

function columnDifference(
  column: string,
  pairs: readonly Pair[],
  first: KeyedTable,
  second: KeyedTable,
): ColumnDifference {
  const [i, j] = [first, second].map(({ table }) => table.columns.indexOf(column));
  const areNumbers = pairs.every(({ a, b }) => isNumber(a[i]) && isNumber(b[j]));
  let rows = 0, absolute = 0, relative = 0, largest: Pair | undefined;
  for (const pair of pairs) {
    const [a, b] = [pair.a[i], pair.b[j]], difference = areNumbers ? Math.abs(Number(a) - Number(b)) : 0;
    if (areNumbers ? difference === 0 : a === b) continue;
    rows++;
    if (largest === undefined || difference > absolute) largest = pair;
    absolute = Math.max(absolute, difference);
    if (areNumbers) relative = Math.max(relative, difference / Math.max(Math.abs(Number(a)), Math.abs(Number(b))));
  }
  return {
    column,
    rows,
    ...areNumbers ? { absolute, relative } : {},
    ...largest === undefined ? {} : { at: Object.fromEntries(cellsOf(first, largest.a)) },
  };
}

function keyedRows(keyed: KeyedTable, smallest: readonly number[]): KeyedRows {
  const rows: KeyedRows = new Map(), counts = new Map<string, number>();
  for (const row of keyed.table.rows) {
    const key = cellsOf(keyed, row).map(([, cell], part) => rounded(cell, smallest[part])).join("\n");
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    rows.set(`${key}\n${count}`, row);
  }
  return rows;
}

/** The parts of a row's key by their names. */
function cellsOf({ table, key }: KeyedTable, row: readonly string[]): [string, string][] {
  return key.map((part) => [part.name, "column" in part ? row[table.columns.indexOf(part.column)] : part.value]);
}

/** Of each part of the key, below what a number is 0 but for rounding: a middle of a range that should be 0 may be 1e-17. */
function smallestParts(...tables: readonly KeyedTable[]): number[] {
  return tables[0].key.map((_, part) => {
    let largest = 0;
    for (const keyed of tables) {
      for (const row of keyed.table.rows) {
        const [, cell] = cellsOf(keyed, row)[part];
        if (isNumber(cell)) largest = Math.max(largest, Math.abs(Number(cell)));
      }
    }
    return largest * 10 ** -DIGITS;
  });
}

function rounded(cell: string, smallest: number): string {
  if (!isNumber(cell)) return cell;
  const number = Number(cell);
  return Math.abs(number) <= smallest ? "0" : String(Number(number.toPrecision(DIGITS)));
}

function isNumber(cell: string): boolean {
  return cell.trim() !== "" && Number.isFinite(Number(cell));
}
