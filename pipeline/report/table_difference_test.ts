import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type KeyedTable, tableDifference } from "./table_difference.ts";

function keyed(
  columns: string,
  rows: readonly string[],
  key: readonly string[],
  constant?: [string, string],
): KeyedTable {
  const parts = key.map((column) => ({ name: column, column }));
  const [name, value] = constant ?? [];
  return {
    table: { columns: columns.split(","), rows: rows.map((row) => row.split(",")) },
    key: name === undefined ? parts : [...parts, { name, value: value! }],
  };
}

Deno.test("rows are matched by their keys, whatever their order, and columns by their names", () => {
  const a = keyed("mu,slope,j,e", ["0,1,2,5", "1,1,4,5", "2,1,8,5"], ["mu", "slope"]);
  const b = keyed("slope,mu,e,j", ["1,1,5,4.5", "1,0,5,2", "2,0,5,7"], ["mu", "slope"]);
  const difference = tableDifference(a, b);
  assertEquals(difference, {
    key: ["mu", "slope"],
    both: 2,
    onlyFirst: 1,
    onlySecond: 1,
    columns: [
      { column: "j", rows: 1, absolute: 0.5, relative: 0.5 / 4.5, at: { mu: "1", slope: "1" } },
      { column: "e", rows: 0, absolute: 0, relative: 0 },
    ],
    missing: [],
  });
});

Deno.test("the largest relative difference need not be where the absolute one is; 0 against 0 is none", () => {
  const a = keyed("x,y", ["1,1000", "2,0.001", "3,0", "4,-0"], ["x"]);
  const b = keyed("x,y", ["1,1001", "2,-0.001", "3,0", "4,0"], ["x"]);
  const [{ rows, absolute, relative, at }] = tableDifference(a, b).columns;
  assertEquals([rows, absolute, at], [2, 1, { x: "1" }]);
  assertAlmostEquals(relative!, 2, 1e-15);
});

Deno.test("ranges that differ in the last digit, and a 0 that is not quite one, are the same keys; neighbours are not", () => {
  const a = keyed("x,y", ["-1,1", "0,2", "0.30000000000000004,3", "1e-9,4"], ["x"]);
  const b = keyed("x,y", ["-1,1", "5.6e-17,2", "0.3,3", "2e-9,4"], ["x"]);
  const { both, onlyFirst, onlySecond } = tableDifference(a, b);
  assertEquals([both, onlyFirst, onlySecond], [3, 1, 1]);
});

Deno.test("what one table has in a column may be one value in the other", () => {
  const a = keyed("mu,mass,j", ["0,0,1", "0,0.1,2", "1,0,3", "1,0.1,4"], ["mu", "mass"]);
  const b = keyed("mu,j", ["0,2.5", "1,4"], ["mu"], ["mass", "0.1"]);
  const { both, onlyFirst, columns: [{ absolute, at }] } = tableDifference(a, b);
  assertEquals([both, onlyFirst, absolute, at], [2, 2, 0.5, { mu: "0", mass: "0.1" }]);
});

Deno.test("words are compared as words, and columns that one lacks are named", () => {
  const a = keyed("x,branch,only", ["1,fa,1", "2,cll,1"], ["x"]);
  const b = keyed("x,branch,other", ["1,fa,1", "2,landau,1"], ["x"]);
  const { columns, missing } = tableDifference(a, b);
  assertEquals(columns, [{ column: "branch", rows: 1, at: { x: "2" } }]);
  assertEquals(missing, ["only", "other"]);
});

Deno.test("rows with one key are matched in their order", () => {
  const a = keyed("omega,qy,width", ["1,0.1,5", "1,0.7,6", "2,0.2,7"], ["omega"]);
  const b = keyed("omega,qy,width", ["1,0.1,5", "2,0.2,7"], ["omega"]);
  const { both, onlyFirst, columns } = tableDifference(a, b);
  assertEquals([both, onlyFirst, columns.map(({ rows }) => rows)], [2, 1, [0, 0]]);
});

Deno.test("a table of a single row needs no key", () => {
  const { both, columns } = tableDifference(keyed("gap", ["0.5"], []), keyed("gap", ["0.25"], []));
  assertEquals([both, columns], [1, [{ column: "gap", rows: 1, absolute: 0.25, relative: 0.5, at: {} }]]);
});
