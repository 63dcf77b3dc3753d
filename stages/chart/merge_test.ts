import { assertEquals } from "@std/assert";
import { mergeDeep } from "./merge.ts";

Deno.test("mergeDeep merges objects and replaces the rest", () => {
  const base = { mark: { type: "line", size: 1 }, list: [1, 2], axis: { title: "E" } };
  assertEquals(mergeDeep(base, { mark: { size: 2 }, list: [3], axis: null, added: true }), {
    mark: { type: "line", size: 2 },
    list: [3],
    axis: null,
    added: true,
  });
  assertEquals(base, { mark: { type: "line", size: 1 }, list: [1, 2], axis: { title: "E" } });
});

Deno.test("mergeDeep keeps a member called __proto__ a member", () => {
  const merged = mergeDeep({}, JSON.parse('{"__proto__": {"polluted": true}}'));
  assertEquals(Object.getPrototypeOf(merged), Object.prototype);
  assertEquals(Object.hasOwn(merged, "__proto__"), true);
});
