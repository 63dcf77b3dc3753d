/**
 * The parameters of a study that says nothing of them, so that a report can tell what its study sets.
 *
 * @module
 */
import * as v from "valibot";
import type { Json } from "../dataflow/stage.ts";
import { SECTIONS } from "./schema.ts";

/**
 * Returns the defaults of all parameters, section by section.
 */
export function defaultParameters(): { readonly [section: string]: Json } {
  const { model, momentum, baths, disorder } = SECTIONS;
  return v.parse(v.object({ model, momentum, baths, disorder }), {}) as unknown as Record<string, Json>;
}
