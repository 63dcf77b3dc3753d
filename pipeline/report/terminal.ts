/**
 * What people read is as wide as their terminal and coloured only where they want that; a file or a pipe gets the same words, whole and plain.
 *
 * @module
 */
import { widthOf } from "../excerpt.ts";

/** Where people read. */
export interface Terminal {
  /** Its width; 0 where there is none, and lines may be as long as they like. */
  readonly columns: number;
  /** Its height; 0 where there is none. */
  readonly rows: number;
  /** Whether colours are wanted, which the environment variable NO_COLOR denies. */
  readonly colours: boolean;
}

/** No terminal: whole lines, plain words. */
export const NO_TERMINAL: Terminal = { columns: 0, rows: 0, colours: false };

/** Size of a terminal that does not tell its own. */
const UNKNOWN_COLUMNS = 80, UNKNOWN_ROWS = 24;

/**
 * What a stream leads to.
 *
 * @param stream The stream, such as `Deno.stdout`.
 * @returns The terminal as it is now. That NO_COLOR is set Deno tells without a permission for the environment.
 */
export function terminalOf(stream: { isTerminal(): boolean }): Terminal {
  if (!stream.isTerminal()) return NO_TERMINAL;
  const { columns, rows } = Deno.consoleSize();
  return { columns: columns || UNKNOWN_COLUMNS, rows: rows || UNKNOWN_ROWS, colours: !Deno.noColor };
}

/** How words may stand out. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow";

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

/**
 * A text that stands out where colours are wanted.
 *
 * @param text The text.
 * @param style How.
 * @param terminal Where it is read.
 * @returns The text, between codes that the terminal obeys; never the only sign of what it means.
 */
export function styled(text: string, style: Style, { colours }: Pick<Terminal, "colours">): string {
  const [on, off] = CODES[style];
  return colours && text !== "" ? `\x1b[${on}m${text}\x1b[${off}m` : text;
}

/** What {@linkcode styled} puts around a text. */
// deno-lint-ignore no-control-regex
const STYLING = /\x1b\[\d+m/g;

/**
 * How many columns of a terminal a text takes.
 *
 * @param text One line without control characters other than those of {@linkcode styled}.
 * @returns The number of columns.
 */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text.replaceAll(STYLING, "")) width += widthOf(character);
  return width;
}

/**
 * A text cut to a width.
 *
 * @param text One line without control characters.
 * @param width Columns; 0 for no limit.
 * @returns The text; where something is missing it ends with `…`.
 */
export function cut(text: string, width: number): string {
  if (width === 0 || textWidth(text) <= width) return text;
  let used = 1, kept = "";
  for (const character of text) {
    used += widthOf(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * Words in lines of a width.
 *
 * @param text The words.
 * @param width Columns; 0 for no limit.
 * @param indent What every line but the first begins with.
 * @returns The lines. A word that is longer than a line has one of its own, whole, so that paths can be copied.
 */
export function wrapped(text: string, width: number, indent = ""): string[] {
  if (width === 0) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line.trim() !== "" && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/**
 * Rows with their columns under each other.
 *
 * @param rows The rows; the last cell of a row may be as long as it likes.
 * @param right The columns whose cells are numbers, and end under each other.
 * @returns A line each, without blanks at its end.
 */
export function aligned(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from(
    { length: count },
    (_, i) =>
      Math.max(
        0,
        ...rows.filter((row) => i < row.length - 1 || right.includes(i)).map((row) => textWidth(row[i] ?? "")),
      ),
  );
  return rows.map((row) =>
    row.map((cell, i) => {
      const blanks = " ".repeat(Math.max(0, widths[i] - textWidth(cell)));
      return right.includes(i) ? blanks + cell : cell + blanks;
    }).join("  ").trimEnd()
  );
}

/**
 * Rows with their columns under each other, the last one in as many lines as it takes.
 *
 * @param rows The rows, of cells without blanks at their begin.
 * @param indent What every line begins with.
 * @param columns The width of the terminal; 0 for no limit.
 * @returns The lines. What goes on stands under the last column; where that would leave it less than half of the width, columns are given up.
 */
export function tabled(rows: readonly (readonly string[])[], indent: string, columns: number): string[] {
  const heads = aligned(rows.map((row) => [...row.slice(0, -1), "|"])).map((line) => indent + line.slice(0, -1));
  const widest = Math.max(0, ...rows.map((row, i) => textWidth(heads[i]) + textWidth(row[row.length - 1])));
  return rows.flatMap((row, i) => {
    const head = heads[i], last = row[row.length - 1], room = columns - 1 - textWidth(head);
    if (columns === 0 || widest < columns) return [`${head}${last}`.trimEnd()];
    if (room >= columns / 2) {
      const margin = " ".repeat(textWidth(head));
      return wrapped(last, room).map((line, number) => (number === 0 ? head : margin) + line);
    }
    return wrapped(row.filter((cell) => cell.trim() !== "").join("  "), columns - 1 - indent.length, "    ")
      .map((line) => indent + line);
  });
}
