/**
 * One text for one value, whatever order its keys were written in, since keys of artifacts are hashes of such texts.
 *
 * @module
 */
import type { Json } from "../dataflow/stage.ts";

/**
 * JSON with sorted keys and without spaces.
 *
 * @param value The value; numbers must be finite.
 * @returns The text. −0 and 0 give the same.
 * @throws {Error} If a number is not finite: JSON would silently make it null.
 *
 * @example The order of keys does not count
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(canonicalJson({ b: 1, a: [true, -0] }), '{"a":[true,0],"b":1}');
 * ```
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Error(`Cannot write ${value} as JSON: it is not finite`);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value as { readonly [key: string]: Json }).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
