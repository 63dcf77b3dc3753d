import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { csv } from "../../stages/aggregate/table_files.ts";
import { readCsv } from "./csv.ts";

Deno.test("cells are read as they are written, quoted or not, with line feeds or carriage returns", () => {
  assertEquals(readCsv("a,b\n1,0.10\n"), { columns: ["a", "b"], rows: [["1", "0.10"]] });
  assertEquals(readCsv("a,b\r\n1,2\r\n"), { columns: ["a", "b"], rows: [["1", "2"]] });
  assertEquals(readCsv('a,"b ""c"", d"\n"1\n2",\n'), { columns: ["a", 'b "c", d'], rows: [["1\n2", ""]] });
  assertEquals(readCsv('a\n"x"\r\n""\r\n'), { columns: ["a"], rows: [["x"], [""]] });
  assertEquals(readCsv("a,b\n1,"), { columns: ["a", "b"], rows: [["1", ""]] });
  assertEquals(readCsv("a,b"), { columns: ["a", "b"], rows: [] });
});

Deno.test("what is no table is refused", () => {
  assertThrows(() => readCsv("a,b\n1\n"), SyntaxError, "row 1 has 1 cells where the head has 2");
  assertThrows(() => readCsv('a\n"1\n'), SyntaxError, "a quote is not closed");
});

Deno.test("whatever tables are written is read back", async () => {
  const cell = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom("fa", 'a"b', "x, y", "two\nlines", ""));
  const property = fc.asyncProperty(
    fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
    async (rows) => {
      const columns = ["p", 'q "r", s'].map((name, i) => ({ name, cells: rows.map((row) => row[i]) }));
      const text = await csv({ observable: "any", columns });
      assertEquals(readCsv(text), {
        columns: columns.map(({ name }) => name),
        rows: rows.map((row) => row.map(String)),
      });
    },
  );
  await fc.assert(property, { numRuns: 60, seed: 4 });
});
