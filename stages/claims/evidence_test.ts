import { assertEquals, assertThrows } from "@std/assert";
import { curves, Evidence } from "./evidence.ts";

const tables = [{
  observable: "current",
  columns: [
    { name: "mass", cells: [0, 0, 1, 1] },
    { name: "level", cells: [-1, 1, -1, 1] },
    { name: "state", cells: ["fa", "cll", "fa", "cll"] },
    { name: "charge_current", cells: [1, 2, 3, 4] },
  ],
}, { observable: "bands", columns: [{ name: "energy", cells: [] }] }];

const study = new Evidence(tables, {
  parameters: { model: { mass: 7, sites: 50, gauge_field: { profile: "linear", values: [1, 2] } } },
  swept: { current: [["model.mass", "mass"], ["baths.fermi_level", "level"]] },
  settings: { formula: { cutoff: 1 } },
});

Deno.test("a row knows its numbers, its labels and its parameters, swept or fixed", () => {
  const row = study.rows("current")[2];
  assertEquals([row.number("charge_current"), row.label("state")], [3, "fa"]);
  assertEquals([row.at("model.mass"), row.at("baths.fermi_level")], [1, -1]);
  assertEquals([row.at("model.sites"), row.at("model.gauge_field.profile")], [50, "linear"]);
  const none = ["model.gauge_field.values", "model.gauge_field", "no.such.path", "model.sites.deeper"];
  assertEquals(none.map((path) => row.at(path)), none.map(() => undefined));
});

Deno.test("a column that is not there, and a label that is read as a number", () => {
  const [row] = study.rows("current");
  assertThrows(() => row.number("energy"), Error, "Cannot read energy of current: it has the columns mass, level");
  assertThrows(() => row.label("energy"), Error, "Cannot read energy of current");
  assertThrows(() => row.number("state"), Error, "Cannot read state of current: it holds labels");
});

Deno.test("tables without rows, tables that are not there, settings", () => {
  assertEquals([study.rows("bands"), study.rows("gap")], [[], []]);
  assertEquals(
    new Evidence([{ observable: "x", columns: [] }], { parameters: {}, swept: {}, settings: {} }).rows("x"),
    [],
  );
  assertEquals([study.settings("formula"), study.settings("current")], [{ cutoff: 1 }, undefined]);
});

Deno.test("curves are rows that differ in some swept parameters only", () => {
  const rows = study.rows("current");
  const values = (...paths: string[]): number[][] =>
    curves(rows, ...paths).map((curve) => curve.map((row) => row.number("charge_current")));
  assertEquals(values("baths.fermi_level"), [[1, 2], [3, 4]]);
  assertEquals(values("model.mass"), [[1, 3], [2, 4]]);
  assertEquals(values("model.mass", "baths.fermi_level"), [[1, 2, 3, 4]]);
  assertEquals(values(), [[1], [2], [3], [4]]);
  assertEquals(curves([], "model.mass"), []);
});
