/**
 * CSV files as they were written, cell by cell: whoever compares digits must see the digits.
 *
 * @module
 */

/** A table of cells. */
export interface CsvTable {
  /** The names of its columns. */
  readonly columns: readonly string[];
  /** Its rows. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads CSV (RFC 4180, with or without carriage returns).
 *
 * @param text The text.
 * @returns The table.
 * @throws {SyntaxError} If a row is not as long as the head, or a quote is not closed.
 */
export function readCsv(text: string): CsvTable {
  const records: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const quoted = text[at] === '"', cell = quoted ? quotedCell(text, at) : plainCell(text, at);
    records[records.length - 1].push(cell.value);
    at = cell.end + 1;
    if (text[cell.end] !== "," && at < text.length) records.push([]);
    if (text[cell.end] === "," && at === text.length) records[records.length - 1].push("");
  }
  const [columns, ...rows] = records;
  const wrong = rows.findIndex((row) => row.length !== columns.length);
  if (wrong >= 0) {
    throw new SyntaxError(`row ${wrong + 1} has ${rows[wrong].length} cells where the head has ${columns.length}`);
  }
  return { columns, rows };
}

function plainCell(text: string, start: number): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== "," && text[end] !== "\n") end++;
  return { value: text.slice(start, end).replace(/\r$/, ""), end };
}

function quotedCell(text: string, start: number): { value: string; end: number } {
  let value = "";
  for (let at = start + 1;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new SyntaxError("a quote is not closed");
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: text[quote + 1] === "\r" ? quote + 2 : quote + 1 };
    value += '"';
    at = quote + 2;
  }
}
