/**
 * CSV files as text: a test of digits must see the digits, and not the numbers that they are read as.
 *
 * @module
 */

/** A row: cells by column. */
export type TextRow = Readonly<Record<string, string>>;

/** A table as its file has it. */
export interface TextTable {
  /** The names of the columns. */
  readonly columns: readonly string[];
  /** The rows. */
  readonly rows: readonly TextRow[];
  /** The rows as lines, without the head. */
  readonly lines: readonly string[];
}

/**
 * Reads a CSV file of numbers and plain words.
 *
 * @param path The file.
 * @returns The table.
 * @throws {Error} If a line is not as long as the head, or a cell is quoted.
 */
export function readTable(path: string): TextTable {
  const text = Deno.readTextFileSync(path);
  if (text.includes('"')) throw new Error(`Cannot read ${path}: it has quoted cells`);
  const [head, ...lines] = text.trimEnd().split("\n");
  const columns = head.split(",");
  const rows = lines.map((line, row) => {
    const cells = line.split(",");
    if (cells.length !== columns.length) throw new Error(`Cannot read ${path}: row ${row} has ${cells.length} cells`);
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]]));
  });
  return { columns, rows, lines };
}

/**
 * The one row in which columns have the values given.
 *
 * @param table The table.
 * @param cells The columns and their text.
 * @returns The row.
 * @throws {Error} If there is not exactly one.
 */
export function rowWith(table: TextTable, cells: TextRow): TextRow {
  const found = table.rows.filter((row) => Object.entries(cells).every(([column, cell]) => row[column] === cell));
  if (found.length !== 1) throw new Error(`Cannot find the row with ${JSON.stringify(cells)}: ${found.length} match`);
  return found[0];
}
