/**
 * All mistakes of a study at once: those of each value first, then those of values that must fit together.
 *
 * @module
 */
import * as v from "valibot";
import { CHECKS } from "./checks.ts";
import { type Problem, problemsOf } from "./problem.ts";
import { SECTIONS, type Study, studySchema } from "./schema.ts";

/** A valid study, or everything that is wrong with it. */
export type Validation =
  | { readonly study: Study; readonly problems: readonly [] }
  | { readonly study?: undefined; readonly problems: readonly Problem[] };

/** Returns the study that a plain mapping stands for, with its defaults filled in, or all its mistakes. */
export function validateStudy(raw: Readonly<Record<string, unknown>>): Validation {
  const result = v.safeParse(studySchema, raw, { abortPipeEarly: true });
  const sections = result.success ? result.output : soundSections(raw);
  const problems = [
    ...result.success ? [] : problemsOf(result.issues),
    ...CHECKS.flatMap((check) => check(sections)),
  ];
  if (result.success && problems.length === 0) return { study: result.output, problems: [] };
  return { problems };
}

/** The sections that are valid on their own. */
function soundSections(raw: Readonly<Record<string, unknown>>): Partial<Study> {
  const sound = Object.entries(SECTIONS).flatMap(([key, schema]) => {
    const section = Object.hasOwn(raw, key) ? raw[key] : undefined;
    const result = v.safeParse(schema as v.GenericSchema, section, { abortPipeEarly: true });
    return result.success ? [[key, result.output]] : [];
  });
  return Object.fromEntries(sound);
}
