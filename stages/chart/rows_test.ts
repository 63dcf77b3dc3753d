import { assertEquals, assertThrows } from "@std/assert";
import { ExpressionError } from "../hamiltonian/expression.ts";
import { tableOf } from "./sample_tables.ts";
import { derivedCells, selectedRows } from "./rows.ts";

const table = tableOf("current_by_branch", ["mass", "branch", "charge_current"], [
  [0.1 + 0.2, "fa", 1],
  [0.3, "cll", NaN],
  [1, "fa", 3],
  [2, "cll", 4],
]);

const kept = (filter: Parameters<typeof selectedRows>[1]): unknown[] =>
  selectedRows(table, filter).columns.map(({ cells }) => cells)[2] as unknown[];

Deno.test("selectedRows keeps a value, several, or those between two with both ends", () => {
  assertEquals(kept({ mass: 0.3 }), [1, NaN]);
  assertEquals(kept({ mass: [1, 2] }), [3, 4]);
  assertEquals(kept({ mass: { from: 0.3, to: 1 } }), [1, NaN, 3]);
  assertEquals(kept({ branch: "fa" }), [1, 3]);
  assertEquals(kept({ branch: ["cll"], mass: { from: 1, to: 5 } }), [4]);
  assertEquals(kept({}), [1, NaN, 3, 4]);
});

Deno.test("selectedRows says which column leaves nothing", () => {
  assertThrows(
    () => kept({ branch: "fa", mass: 7 }),
    Error,
    "mass is 0.30000000000000004, 0.3, 1, 2. Change the filter",
  );
  assertThrows(() => kept({ branch: "fa", mass: 2 }), Error, "none of its 4 rows is left");
  assertThrows(() => kept({ masss: 1 }), Error, "has no column masss");
});

Deno.test("derivedCells evaluates a formula of numeric columns in doubles, row by row", () => {
  assertEquals(derivedCells(table, "24.5*mass"), [24.5 * (0.1 + 0.2), 24.5 * 0.3, 24.5, 49]);
  assertEquals(derivedCells(table, "charge_current^2 - 1"), [0, NaN, 8, 15]);
  assertThrows(() => derivedCells(table, "2*branch"), ExpressionError, "branch");
});

Deno.test("derivedCells takes columns that go by their whole path", () => {
  const bands = tableOf("bands", ["momentum.qy", "qy", "energy"], [[8, 0.5, 1], [16, 0.25, 2]]);
  assertEquals(derivedCells(bands, "momentum.qy*qy + energy"), [5, 6]);
});
