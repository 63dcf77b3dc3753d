/**
 * On a terminal the line that a mistake is in is shown with it, so that it can be seen before an editor is opened; log files and
 * programs get one line a mistake.
 *
 * @module
 */
import { type Excerpt, printable, type UsageError } from "./errors.ts";

/** Width of a terminal that does not tell its own, and the least that a line is cut to. */
const UNKNOWN_COLUMNS = 80, FEWEST_COLUMNS = 20;

/**
 * Returns an error as a terminal shows it: each problem followed by its line, if it has one, and marks under the place.
 *
 * @param error The error.
 * @param columns The width of the terminal; 0 if it does not tell.
 */
export function illustrated(error: UsageError, columns: number): string {
  return error.problems.flatMap((problem) => {
    const excerpt = error.excerpts.get(problem);
    return excerpt === undefined ? [problem] : [problem, ...excerptLines(excerpt, columns || UNKNOWN_COLUMNS)];
  }).join("\n");
}

/** The line with its number, cut to the width of the terminal around the place, and the marks under it. */
function excerptLines({ text, line, column }: Excerpt, columns: number): string[] {
  const number = String(line), margin = `${" ".repeat(number.length)} | `;
  const width = Math.max(FEWEST_COLUMNS, columns - margin.length - 3);
  // A tab is as wide as the terminal likes, so it is shown as the one space that it is counted as.
  const before = cells(text.slice(0, column - 1)), marked = cells(meant(text.slice(column - 1)));
  const after = cells(text.slice(column - 1 + meant(text.slice(column - 1)).length));
  const shownMarked = marked.slice(0, Math.max(1, width - 8));
  const room = width - shownMarked.length;
  const start = before.length + after.length <= room ? 0 : Math.max(0, before.length - Math.floor(room / 2));
  const head = start > 0 ? ["…", ...before.slice(start + 1)] : before;
  const shownLine = [...head, ...shownMarked, ...after].slice(0, width).join("");
  const marks = " ".repeat(head.reduce((sum, cell) => sum + widthOf(cell), 0)) +
    "^".repeat(Math.max(1, shownMarked.reduce((sum, cell) => sum + widthOf(cell), 0)));
  return [`  ${number} | ${shownLine}`, `  ${margin}${marks}`];
}

/** The word at the start of a text: in quotes, or up to what ends a plain scalar or a key in YAML. */
function meant(text: string): string {
  return /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,[\]{}:#][^\s,[\]{}:#]*)/.exec(text)?.[0] ?? text.slice(0, 1);
}

/** The characters as a terminal shows them, one by one. */
function cells(text: string): string[] {
  return Array.from(text.replaceAll(/\s/g, " "), printable);
}

/** How many columns a character takes: two for those of East Asia and pictures, none for accents that combine. */
export function widthOf(cell: string): number {
  if (/^\p{Mark}$/u.test(cell)) return 0;
  const wide =
    /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;
  return wide.test(cell) ? 2 : cell.length === 2 && cell.codePointAt(0)! > 0xffff ? 1 : cell.length;
}
