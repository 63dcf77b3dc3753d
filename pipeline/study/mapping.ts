/**
 * valibot's own strict object stops at the first unknown key, takes a list for an object, and puts the keys in the order
 * of the schema; a study needs every mistake at once, and its sweep in the order of the file.
 *
 * @module
 */
import * as v from "valibot";

/** The valibot schema that {@linkcode mapping} returns. */
export type MappingSchema<Entries extends v.ObjectEntries> = v.StrictObjectSchema<
  Entries,
  v.ErrorMessage<v.StrictObjectIssue>
>;

/** What valibot reports for a mapping: not one at all, a key that is not there, or a key that should not be. */
export type MappingFault = "shape" | "missing" | "unknown";

/** Returns true for a YAML mapping: an object that is not a list. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns which of the three faults of a mapping an issue is about, or undefined if it comes from another schema. */
export function mappingFault(issue: v.BaseIssue<unknown>): MappingFault | undefined {
  if (issue.kind !== "schema" || issue.type !== "strict_object") return undefined;
  if (issue.path?.at(-1)?.origin !== "key") return "shape";
  return issue.expected === "never" ? "unknown" : "missing";
}

/**
 * Returns a strict object schema that reports every unknown key.
 *
 * @param entries The schemas of the keys.
 * @param options With `order: "file"` the output's keys are in the order of the input; otherwise in that of `entries`, so
 * that two files that say the same give the same study to the byte.
 */
export function mapping<const Entries extends v.ObjectEntries>(
  entries: Entries,
  options: { readonly order: "file" | "schema" } = { order: "schema" },
): MappingSchema<Entries> {
  const schema: MappingSchema<Entries> = v.strictObject(
    entries,
    (issue) => issue.path === undefined ? "must be a mapping" : "is missing",
  );
  const base = schema["~run"].bind(schema);
  const run: typeof base = (dataset, config) => {
    const input = dataset.value;
    // A value that is no mapping at all gets the schema's own issue: undefined is the simplest such value.
    if (!isMapping(input)) return withInput(base({ value: undefined }, config), input);
    // Own keys only: `constructor` must not be taken for a known key because every object inherits one.
    const known = Object.entries(input).filter(([key]) => Object.hasOwn(entries, key));
    const result = base({ value: Object.fromEntries(known) }, config);
    if (result.typed && options.order === "file") result.value = inOrderOf(input, result.value);
    const unknown = Object.keys(input).filter((key) => !Object.hasOwn(entries, key));
    for (const key of unknown) {
      const issue: v.StrictObjectIssue = {
        kind: "schema",
        type: "strict_object",
        input: key,
        expected: "never",
        received: JSON.stringify(key),
        message: "is unknown",
        path: [{ type: "object", origin: "key", input, key, value: input[key] }],
        // The keys that would have been right, for the words of the error.
        requirement: Object.keys(entries),
      };
      if (result.issues === undefined) Object.assign(result, { issues: [issue] });
      else result.issues.push(issue as typeof result.issues[number]);
    }
    if (unknown.length > 0) Object.assign(result, { typed: false });
    return result;
  };
  return Object.assign(schema, { "~run": run });
}

/** Shows the value that was given in the place of the undefined one that was checked. */
function withInput<Result extends { issues?: readonly v.BaseIssue<unknown>[] | undefined }>(
  result: Result,
  input: unknown,
): Result {
  for (const issue of result.issues ?? []) Object.assign(issue, { input });
  return result;
}

function inOrderOf<Value extends object>(input: object, value: Value): Value {
  const keys = new Set([...Object.keys(input), ...Object.keys(value)]);
  const ordered = [...keys].filter((key) => Object.hasOwn(value, key)).map((key) => [key, value[key as keyof Value]]);
  return Object.fromEntries(ordered);
}
