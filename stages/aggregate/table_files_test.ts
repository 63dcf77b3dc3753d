import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import type { Cell, Table } from "./table.ts";
import { csv, parquet } from "./table_files.ts";

const SEED = { seed: 20260106 };

/** Doubles of every size, denormal and huge ones, without those that a table never holds. */
const doubles = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 0, max: 2 ** 31 }).map((bits) => bits * 5e-324),
  fc.constantFrom(5e-324, 2.2250738585072014e-308, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 1e21, 1e-7, 0.1 + 0.2),
).map((value) => value + 0);

const labels = fc.oneof(fc.constantFrom("fa", "cll", "a,b", 'say "x"', "two\nlines", "⟨μ⟩", "", " "), fc.string());

const tables: fc.Arbitrary<Table> = fc.integer({ min: 1, max: 30 }).chain((rows) => {
  const cellsOf = <T extends Cell>(cell: fc.Arbitrary<T>) => fc.array(cell, { minLength: rows, maxLength: rows });
  return fc.record({
    mass: cellsOf(doubles),
    site: cellsOf(fc.nat(1000)),
    branch: cellsOf(labels),
    current: cellsOf(doubles),
  })
    .map((columns) => ({
      observable: "x",
      columns: Object.entries(columns).map(([name, cells]) => ({ name, cells: cells as Cell[] })),
    }));
});

/** RFC 4180, read letter by letter. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  let field = "", quoted = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === "," || letter === "\n") {
      row.push(field);
      field = "";
      if (letter === "\n") rows.push(row.splice(0));
    } else field += letter;
  }
  assertEquals([field, row, quoted], ["", [], false]); // the last line ends
  return rows;
}

function bits(value: number): bigint {
  return new BigUint64Array(Float64Array.of(value).buffer)[0];
}

async function readParquet(table: Table): Promise<Record<string, unknown>[]> {
  const bytes = await parquet(table);
  return await parquetReadObjects({ file: bytes.slice().buffer as ArrayBuffer });
}

Deno.test("CSV gives every cell back, numbers bit by bit", async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const [names, ...rows] = parseCsv(await csv(table));
      assertEquals(names, table.columns.map(({ name }) => name));
      assertEquals(rows.length, table.columns[0].cells.length);
      table.columns.forEach(({ cells }, column) =>
        cells.forEach((cell, row) => {
          const text = rows[row][column];
          if (typeof cell === "string") assertEquals(text, cell);
          else assert(bits(Number(text)) === bits(cell), `${text} is not ${cell}`);
        })
      );
    }),
    SEED,
  );
});

Deno.test("CSV numbers are the shortest texts that read back as the same double", async () => {
  const cells = [0, 0.1, 1e21, 1e-7, 5e-324, 123456789012345680000, 1 / 3, -2.5];
  assertEquals(
    await csv({ observable: "x", columns: [{ name: "a", cells }] }),
    "a\n0\n0.1\n1e+21\n1e-7\n5e-324\n123456789012345680000\n0.3333333333333333\n-2.5\n",
  );
});

Deno.test("CSV quotes names and labels that need it, and no others", async () => {
  const table: Table = { observable: "x", columns: [{ name: "a,b", cells: ["x", 'y"', "z\n", "⟨μ⟩ w"] }] };
  assertEquals(await csv(table), '"a,b"\nx\n"y"""\n"z\n"\n⟨μ⟩ w\n');
});

Deno.test("Parquet gives every cell back, numbers bit by bit, and holds the same as CSV", async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const read = await readParquet(table), [names, ...lines] = parseCsv(await csv(table));
      assertEquals(read.length, lines.length);
      read.forEach((object, row) => {
        assertEquals(Object.keys(object), names);
        names.forEach((name, column) => {
          const cell = object[name], text = lines[row][column];
          if (typeof cell === "number") assert(bits(cell) === bits(Number(text)), `${cell} is not ${text}`);
          else assertEquals(cell, text);
        });
      });
    }),
    SEED,
  );
});

Deno.test("Parquet columns have the types that data frames expect, and no missing values", async () => {
  const table: Table = {
    observable: "x",
    columns: [
      { name: "mass", cells: [1, 2] },
      { name: "site", cells: [0, 1] },
      { name: "band", cells: [0, 1] },
      { name: "branch", cells: ["fa", "cll"] },
      { name: "current", cells: [0, -1e-300] },
    ],
  };
  const { schema, num_rows } = parquetMetadata((await parquet(table)).slice().buffer as ArrayBuffer);
  assertEquals(Number(num_rows), 2);
  assertEquals(schema.slice(1).map(({ name, type, converted_type }) => [name, type, converted_type]), [
    ["mass", "DOUBLE", undefined],
    ["site", "INT32", undefined],
    ["band", "INT32", undefined],
    ["branch", "BYTE_ARRAY", "UTF8"],
    ["current", "DOUBLE", undefined],
  ]);
});

Deno.test("long tables are whole in both files", async () => {
  const count = 200_000, cells = Array.from({ length: count }, (_, i) => Math.sin(i));
  const table: Table = {
    observable: "x",
    columns: [{ name: "site", cells: cells.map((_, i) => i) }, { name: "a", cells }],
  };
  const lines = (await csv(table)).split("\n");
  assertEquals([lines.length, lines[count]], [count + 2, `${count - 1},${cells[count - 1]}`]);
  const read = await readParquet(table);
  assertEquals(read.length, count);
  assert(read.every(({ site, a }, i) => site === i && a === cells[i]));
});

Deno.test("the same table gives the same bytes", async () => {
  const table: Table = {
    observable: "x",
    columns: [{ name: "a", cells: [1, 2, 2, 2, 3] }, { name: "b", cells: [..."abbbc"] }],
  };
  assertEquals(await parquet(table), await parquet(structuredClone(table)));
  assertEquals(await csv(table), await csv(structuredClone(table)));
});
