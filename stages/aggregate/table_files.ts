/**
 * Tables as files: CSV for people and any program, Parquet for data frames. Both hold full double precision.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import type { Cell, Table } from "./table.ts";

/**
 * A table as CSV (RFC 4180, with line feeds).
 *
 * @param table The table.
 * @returns The text; numbers are the shortest that read back as the same double.
 */
export async function csv(table: Table): Promise<string> {
  const arquero = await loadFrames();
  const frame = arquero.table(table.columns.map(({ name, cells }) => [name, cells] as [string, readonly Cell[]]));
  const format = Object.fromEntries(table.columns.map(({ name }) => [name, (cell: Cell) => String(cell)]));
  return frame.toCSV({ format });
}

/**
 * A table as Parquet: columns of doubles, of 32-bit integers where all values are such by nature (`site`, `band`, `orbital`), or of strings.
 *
 * @param table The table.
 * @returns The file's bytes.
 */
export async function parquet(table: Table): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await loadParquetWriter();
  const columnData = table.columns.map(({ name, cells }) => ({
    name,
    data: [...cells],
    type: parquetType(name, cells),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function loadFrames(): Promise<typeof import("bundled/arquero")> {
  return import("bundled/arquero");
}

function loadParquetWriter(): Promise<typeof import("bundled/hyparquet-writer")> {
  return import("bundled/hyparquet-writer");
}

const COUNTS = new Set(["site", "band", "orbital"]);

function parquetType(name: string, cells: readonly Cell[]): "INT32" | "DOUBLE" | "STRING" {
  if (COUNTS.has(name)) return "INT32";
  return cells.every((cell) => typeof cell === "number") ? "DOUBLE" : "STRING";
}

/** The stage `aggregate`, as far as it writes CSV. */
export const csvStage: Stage<null, [Table], string> = {
  kind: "map",
  name: "aggregate",
  task: "csv",
  module: import.meta.url,
  export: "csvStage",
  format: "text",
  place: "main",
  run: (_parameters, [table]) => csv(table),
  prepare: loadFrames,
};

/** The stage `aggregate`, as far as it writes Parquet. */
export const parquetStage: Stage<null, [Table], Uint8Array> = {
  kind: "map",
  name: "aggregate",
  task: "parquet",
  module: import.meta.url,
  export: "parquetStage",
  format: "bytes",
  place: "main",
  run: (_parameters, [table]) => parquet(table),
  prepare: loadParquetWriter,
};
