import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import type { Json } from "../dataflow/stage.ts";
import { changes, changeText, changeWords } from "./changes.ts";

Deno.test("leaves that differ are named by their paths, old and new", () => {
  const before: Json = { study: "a", model: { mass: 0, gauge_field: { profile: "linear" } }, charts: [{ name: "x" }] };
  const after: Json = {
    study: "a",
    model: { mass: 0.1, gauge_field: { profile: "constant" } },
    charts: [{ name: "y" }, { name: "z" }],
  };
  assertEquals(changes(before, after).map(changeText), [
    "model.mass: 0 → 0.1",
    'model.gauge_field.profile: "linear" → "constant"',
    'charts.0.name: "x" → "y"',
    'charts.1.name: nothing → "z"',
  ]);
  assertEquals(changes(after, before).map(changeText)[3], 'charts.1.name: "z" → nothing');
});

Deno.test("an observable without settings that comes or goes is a change", () => {
  assertEquals(changes({ observables: { current: {} } }, { observables: { current: {}, gap: {} } }).map(changeText), [
    "observables.gap: nothing → {}",
  ]);
  assertEquals(changes({ observables: { gap: {} } }, { observables: {} }).map(({ path }) => path).sort(), [
    "observables",
    "observables.gap",
  ]);
});

Deno.test("lists are compared whole, and long ones are shortened", () => {
  const list = (count: number) => Array.from({ length: count }, (_, i) => i / 2);
  assertEquals(changes({ a: list(3) }, { a: list(6) }).map(changeText), [
    "a: [0,0.5,1] → [0, 0.5, … 2.5] (6 values)",
  ]);
  assertEquals(changes({ a: [] }, { a: [1] }).map(changeText), ["a: [] → [1]"]);
});

Deno.test("of long lists it is told what came and went, and what is new or gone as a whole is that", () => {
  const list = (...values: number[]): Json => [1, 2, 3, 4, 5, ...values];
  const cases: [Json | undefined, Json | undefined, string][] = [
    [0, 0.1, "a: 0 → 0.1"],
    [[1], [2], "a: [1] → [2]"],
    [list(), list(6), "a: 5 → 6 values, 6 is new"],
    [list(6, 7), list(), "a: 7 → 5 values, 6, 7 are gone"],
    [list(6), list(7), "a: 6 → 6 values, 7 is new, 6 is gone"],
    [list(), [10, 20, 30, 40, 50], "a: 5 → 5 values, 5 are new, 5 are gone"],
    [list(), [5, 4, 3, 2, 1], "a: 5 → 5 values, in another order"],
    [list(), 1, "a: [1, 2, … 5] (5 values) → 1"],
    [undefined, { b: 1 }, "a is new"],
    [undefined, [1], "a: nothing → [1]"],
    [{ b: 1 }, undefined, "a is gone"],
    [[1], undefined, "a is gone"],
  ];
  for (const [old, current, words] of cases) assertEquals(changeWords({ path: "a", old, new: current }), words);
});

Deno.test("a value has no changes against itself, and two values differ exactly if there are changes", () => {
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
  fc.assert(
    fc.property(json, json, (a, b) => {
      assertEquals(changes(a, a), []);
      if (changes({ a }, { a: b }).length === 0) assertEquals(withoutOrder(a), withoutOrder(b));
    }),
    { seed: 20260104, numRuns: 500 },
  );
});

/** Lists of mappings are told by the places of their items alone, as mappings with numbers for keys are. */
function withoutOrder(value: Json): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value;
  if (Object.keys(value).length === 0) return value;
  return Object.fromEntries(Object.entries(value).sort().map(([key, item]) => [key, withoutOrder(item as Json)]));
}
