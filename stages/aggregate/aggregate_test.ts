import { assertEquals, assertRejects } from "@std/assert";
import { aggregate, byPoint } from "./aggregate.ts";
import type { Table } from "./table.ts";

const parameters = {
  observable: "current",
  swept: [{ name: "mass", values: [0, 0.5, 1] }, { name: "profile", values: ["linear", "constant", "table"] }],
  artifacts: [1, 1, 1],
};

function rowsOf({ columns }: Table): unknown[][] {
  return columns[0].cells.map((_, row) => columns.map(({ cells }) => cells[row]));
}

Deno.test("rows get the swept values of their points, swept columns first, in the order in which they came", async () => {
  const table = await aggregate(parameters, {
    point: [2, 0, 0, 1, 2],
    columns: { site: [0, 1, 2, 3, 4], j: [5, 6, 7, 8, 9] },
  });
  assertEquals([table.observable, ...table.columns.map(({ name }) => name)], [
    "current",
    "mass",
    "profile",
    "site",
    "j",
  ]);
  assertEquals(rowsOf(table), [
    [1, "table", 0, 5],
    [0, "linear", 1, 6],
    [0, "linear", 2, 7],
    [0.5, "constant", 3, 8],
    [1, "table", 4, 9],
  ]);
});

Deno.test("points without rows leave none, and the order of the rest is kept", async () => {
  assertEquals(rowsOf(await aggregate(parameters, { point: [2, 1], columns: { j: [1, 2] } })), [
    [1, "table", 1],
    [0.5, "constant", 2],
  ]);
});

Deno.test("a study without a sweep has its own columns only", async () => {
  const table = await aggregate({ observable: "gap", swept: [], artifacts: [1] }, {
    point: [0],
    columns: { gap: [0.25] },
  });
  assertEquals(table, { observable: "gap", columns: [{ name: "gap", cells: [0.25] }] });
});

Deno.test("many rows keep their order and their values bit by bit", async () => {
  const count = 30_000, values = Array.from({ length: count }, (_, i) => Math.sin(i) * 10 ** (i % 600 - 300));
  const table = await aggregate(
    { observable: "x", swept: [{ name: "mass", values: values.slice(0, 300) }], artifacts: Array(300).fill(1) },
    { point: values.map((_, i) => Math.floor(i / 100)), columns: { value: values } },
  );
  assertEquals(table.columns[1].cells, values);
  assertEquals(table.columns[0].cells, values.map((_, i) => values[Math.floor(i / 100)]));
});

Deno.test("−0 becomes 0, in swept columns as well", async () => {
  const table = await aggregate({ observable: "x", swept: [{ name: "mass", values: [-0] }], artifacts: [1] }, {
    point: [0, 0],
    columns: { value: [-0, -1e-300] },
  });
  assertEquals(rowsOf(table).flat().map((value) => Object.is(value, -0)), [false, false, false, false]);
  assertEquals(table.columns[1].cells, [0, -1e-300]);
});

Deno.test("a number that is not finite is refused with its place", async () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    const rows = { point: [0, 1], columns: { j: [1, bad] } };
    const error = await assertRejects(() => aggregate(parameters, rows), Error);
    assertEquals(error.message, `Cannot aggregate column j: row 1 is ${bad}`);
  }
});

Deno.test("artifacts are handed out point by point", () => {
  const parameters = { observable: "x", swept: [], artifacts: [2, 0, 1, 3] };
  assertEquals([...byPoint(parameters, ["a", "b", "c", "d", "e", "f"])], [
    [0, "a"],
    [0, "b"],
    [2, "c"],
    [3, "d"],
    [3, "e"],
    [3, "f"],
  ]);
});
