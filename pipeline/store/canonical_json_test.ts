import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import type { Json } from "../dataflow/stage.ts";
import { canonicalJson } from "./canonical_json.ts";

const SEED = { seed: 20260101 };

/** The same value with all keys in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, item]) => [key, reversed(item)]));
}

Deno.test("canonical JSON reads back as the same value, whatever the order of keys", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value as Json);
      assertEquals(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assertEquals(canonicalJson(reversed(value) as Json), text);
    }),
    SEED,
  );
});

Deno.test("different values have different canonical JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const same = canonicalJson(a as Json) === canonicalJson(b as Json);
      assertEquals(same, canonicalJson(JSON.parse(JSON.stringify(a))) === canonicalJson(JSON.parse(JSON.stringify(b))));
    }),
    SEED,
  );
  const texts = [[], {}, null, "", "null", 0, "0", false, [[]], [null], { a: null }, ["a", "b"], ["a,b"], { "a:1": 2 }]
    .map((value) => canonicalJson(value as Json));
  assertEquals(new Set(texts).size, texts.length);
});

Deno.test("neighbouring doubles have different canonical JSON", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assertEquals(Number(canonicalJson(value)), value + 0);
    }),
    SEED,
  );
});

Deno.test("numbers that JSON cannot hold are refused at any depth", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    assertThrows(() => canonicalJson(value), Error, "not finite");
    assertThrows(() => canonicalJson({ a: [1, { b: value }] }), Error, "not finite");
  }
});

Deno.test("a key without a value counts as absent", () => {
  assertEquals(canonicalJson({ a: 1, b: undefined } as unknown as Json), '{"a":1}');
});
