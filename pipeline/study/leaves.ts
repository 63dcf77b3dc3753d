/**
 * A sweep may vary any single number or word of a study, so the paths that can be swept are read off the schema itself:
 * a key added there can be swept, overridden and suggested at once.
 *
 * @module
 */
import * as v from "valibot";
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

/** Returns the leaves under a mapping's entries, in the order of the schema; lists are none. A value that is a number or a mapping is a leaf and has leaves. */
export function leavesOf(entries: v.ObjectEntries, prefix = ""): Leaf[] {
  return Object.entries(entries).flatMap(([key, entry]) => {
    const schema = unwrapped(entry as v.GenericSchema);
    const path = `${prefix}${key}`;
    if ("entries" in schema) return leavesOf(schema.entries as v.ObjectEntries, `${path}.`);
    if (schema.type === "array") return [];
    const scalar = scalarOf(schema);
    const nested = isUnion(schema) ? schema.options.filter(isMappingSchema) : [];
    return [
      { path, schema: scalar as ScalarSchema, numeric: isNumber(scalar) },
      ...nested.flatMap((option) => leavesOf(option.entries, `${path}.`)),
    ];
  });
}

/** Of the forms that a value may have, those that are one number or word. */
function scalarOf(schema: v.GenericSchema): v.GenericSchema {
  if (!isUnion(schema)) return schema;
  const forms = schema.options.filter((option) => option.type !== "array" && !isMappingSchema(option));
  return forms.length === 1 ? forms[0] : v.union(forms, schema.message);
}

function isMappingSchema(schema: v.GenericSchema): schema is v.GenericSchema & { readonly entries: v.ObjectEntries } {
  return "entries" in schema;
}

function isNumber(schema: v.GenericSchema): boolean {
  return isUnion(schema) ? schema.options.some(isNumber) : schema.type === "number";
}

type Union = v.UnionSchema<v.GenericSchema[], string>;

function isUnion(schema: v.GenericSchema): schema is Union {
  return schema.type === "union";
}

function unwrapped(schema: v.GenericSchema): v.GenericSchema {
  return "wrapped" in schema ? unwrapped(schema.wrapped as v.GenericSchema) : schema;
}
