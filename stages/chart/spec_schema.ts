/**
 * Vega-Lite's own JSON Schema, for the tests of this folder: it takes a second to compile.
 *
 * @module
 */
import { Ajv } from "ajv";
import schema from "vega-lite/vega-lite-schema.json" with { type: "json" };

const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false, strictTuples: false });
for (const format of ["color-hex", "uri", "uri-reference"]) ajv.addFormat(format, () => true);
const validate = ajv.compile(schema);

/**
 * Returns what is wrong with a spec as it is written to a file; "" if nothing is.
 *
 * @param spec A Vega-Lite spec.
 */
export function specErrors(spec: unknown): string {
  return validate(JSON.parse(JSON.stringify(spec))) ? "" : ajv.errorsText(validate.errors).slice(0, 500);
}
