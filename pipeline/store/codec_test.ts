import { assert, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import type { ArtifactFormat } from "../dataflow/stage.ts";
import { allocateArrays, decodeArtifact, encodeArtifact } from "./codec.ts";

const SEED = { seed: 20260102 };

/** Doubles of every kind but those that are not finite; −0 among them. */
const doubles = fc.double({ noNaN: true, noDefaultInfinity: true });

/** JSON as JSON itself gives it back: without −0. */
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const arrays = fc.dictionary(
  fc.string({ maxLength: 8 }).filter((name) => name !== "__proto__"),
  fc.oneof(
    fc.array(doubles, { maxLength: 40 }).map((values) => Float64Array.from(values)),
    json.filter((value) => value === null || typeof value !== "object" || !("$array" in value)),
  ),
  { maxKeys: 6 },
);

function roundTrip(format: ArtifactFormat, value: unknown): unknown {
  return decodeArtifact(format, encodeArtifact(format, value));
}

/** A copy that is equal in value and shares nothing, not even the place of its arrays in memory. */
function copied(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      item instanceof Float64Array
        ? new Float64Array([1, 2, 3, ...item, 4]).subarray(3, 3 + item.length)
        : structuredClone(item),
    ]),
  );
}

Deno.test("arrays, JSON, text and bytes come back as they were", () => {
  fc.assert(fc.property(arrays, (value) => assertEquals(roundTrip("arrays", value), { ...value })), SEED);
  fc.assert(fc.property(json, (value) => assertEquals(roundTrip("json", value), value)), SEED);
  const text = fc.string({ unit: "binary" });
  fc.assert(fc.property(text, (value) => assertEquals(roundTrip("text", value), value)), SEED);
  fc.assert(fc.property(fc.uint8Array(), (value) => assertEquals(roundTrip("bytes", value), value)), SEED);
});

Deno.test("every bit of a double comes back", () => {
  const values = Float64Array.of(-0, 0, 5e-324, -5e-324, Number.MAX_VALUE, Number.MIN_VALUE, 0.1, 1 / 3, Math.PI);
  const { back } = roundTrip("arrays", { back: values }) as { back: Float64Array<ArrayBuffer> };
  assertEquals(
    new BigUint64Array(back.buffer, back.byteOffset, back.length),
    new BigUint64Array(values.buffer),
  );
});

Deno.test("the same value gives the same bytes", () => {
  fc.assert(
    fc.property(
      arrays,
      (value) => assertEquals(encodeArtifact("arrays", copied(value)), encodeArtifact("arrays", value)),
    ),
    SEED,
  );
});

Deno.test("values that differ in one bit, one name or one length give different bytes", () => {
  const values = [
    { a: Float64Array.of(0) },
    { a: Float64Array.of(-0) },
    { a: Float64Array.of(5e-324) },
    { b: Float64Array.of(0) },
    { a: Float64Array.of(0, 0) },
    { a: Float64Array.of(0), b: Float64Array.of() },
    { a: [0] },
    { a: 0 },
  ];
  const encoded = values.map((value) => encodeArtifact("arrays", value).join());
  assertEquals(new Set(encoded).size, values.length);
});

Deno.test("arrays stand on multiples of 8 and share the memory that was read", () => {
  for (let length = 0; length < 20; length++) {
    const bytes = encodeArtifact("arrays", { ["n".repeat(length)]: Float64Array.of(1, 2), z: Float64Array.of(3) });
    assertEquals(bytes.length % 8, 0);
    const decoded = decodeArtifact("arrays", bytes) as Record<string, Float64Array>;
    for (const array of Object.values(decoded)) {
      assertEquals(array.byteOffset % 8, 0);
      assert(array.buffer === bytes.buffer);
    }
    assertEquals(decoded.z, Float64Array.of(3));
  }
});

Deno.test("arrays are found in the middle of a larger buffer", () => {
  const bytes = encodeArtifact("arrays", { a: Float64Array.of(1, 2, 3), n: 4 });
  const larger = new Uint8Array(bytes.length + 32).fill(255);
  larger.set(bytes, 16);
  const decoded = decodeArtifact("arrays", larger.subarray(16, 16 + bytes.length));
  assertEquals(decoded, { a: Float64Array.of(1, 2, 3), n: 4 });
});

Deno.test("empty things are things", () => {
  assertEquals(roundTrip("arrays", {}), {});
  assertEquals(roundTrip("arrays", { a: new Float64Array(0), b: Float64Array.of(1), c: new Float64Array(0) }), {
    a: new Float64Array(0),
    b: Float64Array.of(1),
    c: new Float64Array(0),
  });
  assertEquals(roundTrip("text", ""), "");
  assertEquals(roundTrip("bytes", new Uint8Array(0)), new Uint8Array(0));
  assertEquals(roundTrip("json", null), null);
});

Deno.test("numbers that are not finite are refused, and the message says where", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    assertThrows(() => encodeArtifact("arrays", { e: Float64Array.of(0, bad) }), Error, `element 1 of e is ${bad}`);
    assertThrows(() => encodeArtifact("arrays", { gap: bad }), Error, `gap is ${bad}`);
    assertThrows(() => encodeArtifact("arrays", { list: [{ gap: bad }] }), Error, `gap is ${bad}`);
    assertThrows(() => encodeArtifact("json", { a: [1, { gap: bad }] }), Error, `gap is ${bad}`);
    assertThrows(() => encodeArtifact("json", bad), Error, `the value is ${bad}`);
  }
});

Deno.test("what would not come back is refused", () => {
  const refused: readonly (readonly [ArtifactFormat, unknown])[] = [
    ["json", undefined],
    ["json", { energy: Float64Array.of(1) }],
    ["arrays", { nested: { energy: Float64Array.of(1) } }],
    ["arrays", { energy: Float32Array.of(1) }],
    ["arrays", { energy: { $array: [0, 1] } }],
    ["arrays", [1, 2]],
    ["arrays", Float64Array.of(1)],
    ["arrays", null],
    ["arrays", 3],
    ["text", 3],
    ["text", "\ud800"],
    ["bytes", "text"],
    ["bytes", [1, 2]],
  ];
  for (const [format, value] of refused) {
    assertThrows(() => encodeArtifact(format, value), Error, "Cannot encode an artifact");
  }
});

Deno.test("bytes of another kind are refused as arrays", () => {
  const good = encodeArtifact("arrays", { a: Float64Array.of(1, 2, 3) });
  const extended = new Uint8Array(good.length + 8);
  extended.set(good);
  const foreign = [
    new Uint8Array(0),
    new TextEncoder().encode("diracflow arrays 2\n    "),
    extended,
    good.slice(0, 19),
  ];
  for (const bytes of foreign) {
    assertThrows(() => decodeArtifact("arrays", bytes as Uint8Array<ArrayBuffer>), Error, "Cannot decode an artifact");
  }
  for (let length = 0; length < good.length; length++) {
    assertThrows(() => decodeArtifact("arrays", good.slice(0, length)), Error, "Cannot decode an artifact");
    // Nothing beyond the artifact's own bytes is ever taken for a part of it.
    assertThrows(() => decodeArtifact("arrays", good.subarray(0, length)), Error, "Cannot decode an artifact");
  }
});

Deno.test("text that is not UTF-8 is refused", () => {
  assertThrows(() => decodeArtifact("text", Uint8Array.of(0xff, 0xfe)));
  assertThrows(() => decodeArtifact("json", Uint8Array.of(0x22, 0xff, 0x22)));
});

Deno.test("arrays that were made for an artifact are encoded where they lie, to the same bytes as any others", () => {
  const lengths = { b: 3, a: 0, c: 2 }, arrays = allocateArrays(lengths);
  arrays.b.set([1, -2, 1e-300]);
  arrays.c.set([0.1, 7]);
  const copies = { b: arrays.b.slice(), a: arrays.a.slice(), c: arrays.c.slice() };
  const bytes = encodeArtifact("arrays", arrays);
  assert(bytes.buffer === arrays.b.buffer);
  assertEquals(bytes, encodeArtifact("arrays", copies));
  assertEquals(decodeArtifact("arrays", bytes), copies);
});

Deno.test("arrays that are not all of the artifact, just as they were made, are copied", () => {
  const arrays = allocateArrays({ a: 2, b: 1 });
  const others: Record<string, unknown>[] = [
    { ...arrays, more: 1 },
    { a: arrays.a },
    { b: arrays.b, a: arrays.a },
    { a: arrays.a.subarray(0, 1), b: arrays.b },
    { a: arrays.b, b: arrays.a },
    { a: Float64Array.of(1, 2), b: arrays.b },
    { a: arrays.a, b: Float64Array.of(1) },
  ];
  for (const value of others) {
    const bytes = encodeArtifact("arrays", value);
    assert(bytes.buffer !== arrays.a.buffer);
    assertEquals(decodeArtifact("arrays", bytes), value);
  }
});

Deno.test("a number that is not finite is refused where it lies too", () => {
  const arrays = allocateArrays({ a: 2 });
  arrays.a[1] = NaN;
  assertThrows(() => encodeArtifact("arrays", arrays), Error, "element 1 of a is NaN");
});
