/**
 * What `diff` found, for people.
 *
 * @module
 */
import { counted } from "../report/quantities.ts";
import { reasonText } from "../report/study_plan.ts";
import type { ColumnDifference, TableDifference } from "../report/table_difference.ts";
import type { Diff, Place } from "./diff.ts";

/** Lines of one kind that are written. */
const MOST = 20;

/**
 * A diff for people.
 *
 * @param diff What was found.
 * @returns Lines of text.
 */
export function diffText(diff: Diff): string {
  const { a, b, parameters, artifacts, tables, code, kernels } = diff;
  const places = (places: readonly (Place | null)[]) => {
    const known = places.flatMap((place) => place === null ? [] : [`${place.file}:${place.line}`]);
    return known.length === 0 ? "" : `   (${known.join(", ")})`;
  };
  const codeLines = code?.map(({ part, ...versions }) => reasonText({ kind: "code", part, ...versions })) ?? [];
  return [
    `${a} → ${b}`,
    ...section(
      "Parameters",
      parameters.map(({ text, oldPlace, newPlace }) => `${text}${places([oldPlace, newPlace])}`),
      "the same",
    ),
    ...artifactLines(artifacts),
    ...section(
      "Tables",
      Object.entries(tables).flatMap(([observable, table]) => tableLines(observable, table, a, b)),
      "",
    ),
    ...code === null ? ["Code: what made one of the two is not known"] : section(
      "Code",
      [...kernels === null ? [] : [`another kernel: ${kernels.join(" → ")}`], ...codeLines],
      "the same",
    ),
    "",
  ].join("\n");
}

function section(title: string, lines: readonly string[], none: string): string[] {
  if (lines.length === 0) return none === "" ? [] : [`${title}: ${none}`];
  const more = lines.length - MOST;
  return [title, ...lines.slice(0, MOST).map((line) => `  ${line}`), ...more > 0 ? [`  … and ${more} more`] : []];
}

function artifactLines(artifacts: Diff["artifacts"]): string[] {
  if (artifacts === null) {
    return ["Artifacts: of one of the two it is not known what it is made of (no tasks.json of its run)"];
  }
  const line = (cells: readonly (string | number)[]) =>
    `  ${String(cells[0]).padEnd(12)}${cells.slice(1).map((cell) => String(cell).padStart(9)).join("")}`;
  const rows = Object.entries(artifacts).map(([stage, { a, b, both }]) => line([stage, a, b, both]));
  return ["Artifacts", line(["", "first", "second", "in both"]), ...rows];
}

function tableLines(observable: string, table: TableDifference | string, a: string, b: string): string[] {
  if (typeof table === "string") return [`${observable}: ${table}`];
  const { key, both, onlyFirst, onlySecond, columns, missing } = table;
  const only = [[onlyFirst, a], [onlySecond, b]].filter(([count]) => count !== 0).map(([count, name]) =>
    `${count} only in ${name}`
  );
  const matched = `${counted(both, "row")} in both${key.length === 0 ? "" : `, by ${key.join(", ")}`}`;
  const head = `${observable}: ${[matched, ...only].join("; ")}`;
  const differing = columns.filter(({ rows }) => rows > 0);
  const same = both > 0 && differing.length === 0
    ? [onlyFirst + onlySecond === 0 ? "  the same" : "  the same there"]
    : [];
  return [
    head,
    ...same,
    ...differing.map((column) => `  ${columnText(column)}`),
    ...missing.map((column) => `  ${column}: a column of one of the two`),
  ];
}

function columnText({ column, rows, absolute, relative, at = {} }: ColumnDifference): string {
  const place = Object.entries(at).map(([name, value]) => `${name.slice(name.lastIndexOf(".") + 1)} ${value}`).join(
    ", ",
  );
  const where = place === "" ? "" : `, at ${place}`;
  if (absolute === undefined || relative === undefined) {
    return `${column}: ${counted(rows, "row")} with other words${where}`;
  }
  return `${column}: up to ${short(absolute)}, relative ${short(relative)}, in ${counted(rows, "row")}${
    where === "" ? "" : `; largest${where.slice(1)}`
  }`;
}

/** Two digits, which is as much as a difference means. */
function short(value: number): string {
  return value >= 1e-3 && value < 1e4 ? String(Number(value.toPrecision(2))) : value.toExponential(1);
}
