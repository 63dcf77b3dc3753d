/**
 * Editors complete and check study files by a JSON Schema: it is generated from the schema that the program itself uses,
 * so that the two cannot say different things.
 *
 * Run as a program, it prints what belongs into `configs/study.schema.json`.
 *
 * @module
 */
import { toJsonSchema } from "@valibot/to-json-schema";
import { annotate } from "./annotations.ts";
import { isLayer, LAYER_CONDITIONS } from "./layers.ts";
import { rangeMapping } from "./scalars.ts";
import { studySchema, sweepGroup } from "./schema.ts";

/** Returns the draft-07 JSON Schema of a study file, in the form in which people write it. */
export function studyJsonSchema(): Record<string, unknown> {
  const schema = toJsonSchema(studySchema, {
    target: "draft-07",
    typeMode: "input",
    definitions: { range: rangeMapping, zip: sweepGroup },
    // JSON has no other numbers than finite ones; the checks and formulas are beyond a JSON Schema.
    ignoreActions: ["finite", "check", "raw_check"],
    overrideSchema: ({ valibotSchema, jsonSchema }) => {
      if (valibotSchema.type === "custom") return { ...jsonSchema, type: "object" };
      return isLayer(valibotSchema) ? { ...jsonSchema, ...LAYER_CONDITIONS } : jsonSchema;
    },
  });
  // The generator names its definitions as later drafts do, and writes the definition of a range out at each of its uses.
  const range = JSON.stringify(schema.$defs?.range);
  const short = (part: unknown): unknown =>
    JSON.parse(
      JSON.stringify(part).replaceAll(range, '{"$ref":"#/definitions/range"}').replaceAll("#/$defs/", "#/definitions/"),
    );
  const { $schema, $defs, required: _required, ...rest } = schema;
  const study = short(rest) as Record<string, unknown>, zip = short($defs?.zip) as Record<string, unknown>;
  const rangeDefinition = $defs?.range as Record<string, unknown>;
  annotate(study);
  annotate(zip, "zip");
  annotate(rangeDefinition, "range");
  return {
    $schema,
    title: "A diracflow study",
    ...study,
    required: ["study"],
    // What is not here may be in a file that it extends.
    anyOf: ["observables", "extends"].map((key) => ({ properties: { [key]: true }, required: [key] })),
    definitions: { range: rangeDefinition, zip },
  };
}

/** Returns the text of `configs/study.schema.json`. */
export function studyJsonSchemaText(): string {
  return `${JSON.stringify(studyJsonSchema(), null, 2)}\n`;
}

if (import.meta.main) {
  await Deno.stdout.write(new TextEncoder().encode(studyJsonSchemaText()));
}
