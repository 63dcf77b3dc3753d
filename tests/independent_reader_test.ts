/**
 * Parquet files must be read by programs that share no code with the one that wrote them: here by the Rust implementation of Apache Arrow, the one behind polars
 * and close to pandas'.
 */
import { assertEquals } from "@std/assert";
import { fromArrow } from "arquero";
import fc from "fast-check";
import { readParquet } from "parquet-wasm";
import { parquet } from "../stages/aggregate/table_files.ts";
import type { Table } from "../stages/aggregate/table.ts";

function readBack(bytes: Uint8Array): Record<string, unknown[]> {
  const frame = fromArrow(readParquet(bytes).intoIPCStream());
  return Object.fromEntries(
    frame.columnNames().map((name) => [name, Array.from(frame.array(name) as ArrayLike<unknown>)]),
  );
}

Deno.test("another implementation reads doubles, counts and words to the last bit", async () => {
  const table: Table = {
    observable: "bands",
    columns: [
      { name: "profile", cells: ["linear", "constant", "linear", "Γ"] },
      { name: "band", cells: [0, 1, 2, 199] },
      { name: "energy", cells: [0.1, -13.366730440525, Number.MIN_VALUE, Number.MAX_VALUE] },
    ],
  };
  assertEquals(readBack(await parquet(table)), {
    profile: ["linear", "constant", "linear", "Γ"],
    band: [0, 1, 2, 199],
    energy: [0.1, -13.366730440525, Number.MIN_VALUE, Number.MAX_VALUE],
  });
});

Deno.test("another implementation reads any column of doubles to the last bit", async () => {
  const doubles = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(doubles, async (cells) => {
      const read = readBack(await parquet({ observable: "current", columns: [{ name: "charge_current", cells }] }));
      assertEquals(read.charge_current.map((cell, i) => Object.is(cell, cells[i])), cells.map(() => true));
    }),
    { seed: 7, numRuns: 100 },
  );
});
