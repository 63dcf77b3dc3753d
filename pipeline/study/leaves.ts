/**
 * A sweep may vary any single number or word of a study, so the paths that can be swept are read off the schema itself:
 * a key added there can be swept, overridden and suggested at once.
 *
 * @module
 */
import type * as v from "valibot";
import type { ScalarSchema } from "./scalars.ts";

/** A number or word of a study. */
export interface Leaf {
  /** The dotted path. */
  readonly path: string;
  /** The rule that its values keep. */
  readonly schema: ScalarSchema;
  /** Whether it is a number, which can be swept over a range. */
  readonly numeric: boolean;
}

/** Returns the leaves under a mapping's entries, in the order of the schema; lists are none. */
export function leavesOf(entries: v.ObjectEntries, prefix = ""): Leaf[] {
  return Object.entries(entries).flatMap(([key, entry]) => {
    const schema = unwrapped(entry as v.GenericSchema);
    const path = `${prefix}${key}`;
    if ("entries" in schema) return leavesOf(schema.entries as v.ObjectEntries, `${path}.`);
    if (schema.type === "array") return [];
    const numeric = schema.type === "number" || ("literal" in schema && typeof schema.literal === "number");
    return [{ path, schema: schema as ScalarSchema, numeric }];
  });
}

function unwrapped(schema: v.GenericSchema): v.GenericSchema {
  return "wrapped" in schema ? unwrapped(schema.wrapped as v.GenericSchema) : schema;
}
