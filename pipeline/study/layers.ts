/**
 * What a study draws of one table: which keys a layer needs and may have depends on its mark.
 *
 * @module
 */
import * as v from "valibot";
import type { ChartMark, PointShape } from "../../stages/chart/definition.ts";
import { listed } from "../errors.ts";
import { isMapping, mapping, type MappingSchema } from "./mapping.ts";
import { choice, finite, text } from "./scalars.ts";

const MARKS = ["line", "point", "area", "bar", "rect", "rule"] as const satisfies readonly ChartMark[];

const SHAPES = ["star", "circle", "square", "diamond", "triangle", "cross"] as const satisfies readonly PointShape[];

/** The marks that use a key; all of them use those that are not here. */
const USED_BY: Readonly<Record<string, readonly ChartMark[]>> = {
  detail: ["line", "area"],
  error: ["line", "point"],
  labels: ["point"],
  shape: ["point"],
  label: ["rule"],
};

const AXIS_RULE = 'must be a column, or a mapping such as {expression: "2*mass", title: "Splitting (v/a)"}';
const LABELS_RULE = 'must be a column, or a mapping such as {expression: "2*mass"}';
const EITHER_AXIS = "a rule has either x, for vertical lines, or y, for horizontal ones";

type AxisSource = string | { expression: string; title?: string | undefined };

const expression = text(
  'A formula of the table\'s columns that have numbers, for example "24.5*chemical_potential_slope": + - * / ^, pi, e, ' +
    "exp, log, sqrt, abs, sin, cos, tan, sinh, cosh, tanh, min, max, step.",
);

/** Returns the schema of what lies along an axis. */
function axis(
  description: string,
): v.GenericSchema<AxisSource, AxisSource> {
  const column = v.pipe(v.string(AXIS_RULE), v.nonEmpty(AXIS_RULE));
  const derived = mapping({
    expression,
    title: v.optional(text("The title of the axis, with the unit in parentheses at the end.")),
  });
  return v.pipe(v.union([column, derived], AXIS_RULE), v.description(description));
}

const selection = v.union([
  finite("One number."),
  text("One label."),
  v.pipe(
    v.array(v.union([finite("A number."), text("A label.")]), "must be a list"),
    v.nonEmpty("must have at least one value"),
  ),
  mapping({ from: finite("The least value."), to: finite("The greatest value.") }),
], "must be a value, a list of values, or a mapping {from: …, to: …}");

const AXIS = "a column, or a formula of columns with a title. A rule has either x or y, every other mark both.";

const layerEntries = {
  observable: text("The observable whose table is drawn."),
  mark: choice(MARKS, "What is drawn for each row of the table; rule: thin dashed lines across the plot, one a value."),
  x: v.optional(axis(`What lies along the horizontal axis: ${AXIS}`)),
  y: v.optional(axis(`What lies along the vertical axis: ${AXIS}`)),
  color: v.optional(text("The column that sets the colour.")),
  detail: v.optional(
    text("Of a line or an area: the column each value of which is one of its own, without a colour of its own."),
  ),
  error: v.optional(text("Of a point or a line: the column of numbers that are half the lengths of its error bars.")),
  labels: v.optional(
    v.pipe(
      v.union([v.pipe(v.string(LABELS_RULE), v.nonEmpty(LABELS_RULE)), mapping({ expression })], LABELS_RULE),
      v.description(
        "Of a point: what is written above it, a column or a formula of columns; the column y with `error` as 0.525(1): the " +
          "uncertainty is rounded to one digit, or to two if it begins with 1.",
      ),
    ),
  ),
  shape: v.optional(choice(SHAPES, "Of a point without color: its form; a star is larger than the others.")),
  label: v.optional(text('Of a rule: what is written at its end, with indices and powers as in "μ_{F}" and "A^5".')),
  filter: v.optional(
    v.pipe(
      v.record(v.string(), selection, "must be a mapping of columns to values"),
      v.description(
        "The rows that are drawn, by column: a value, a list of values, or {from: …, to: …}, both ends included.",
      ),
    ),
  ),
};

/**
 * Returns the schema of a layer that may have other keys besides, as a chart has. It reports every key that its mark needs
 * and has not, or has and does not use.
 *
 * @param before The schemas of the keys that stand before those of the layer.
 * @param after The schemas of the keys that stand after them.
 */
export function layer<const Before extends v.ObjectEntries, const After extends v.ObjectEntries>(
  before: Before,
  after: After,
): MappingSchema<Before & typeof layerEntries & After> {
  const schema = mapping({ ...before, ...layerEntries, ...after });
  const base = schema["~run"].bind(schema);
  const run: typeof base = (dataset, config) => {
    const result = base(dataset, config);
    if (!isMapping(dataset.value)) return result;
    const issues = markIssues(dataset.value);
    if (issues.length === 0) return result;
    const all = [...result.issues ?? [], ...issues] as typeof result.issues;
    return Object.assign(result, { typed: false, issues: all }) as typeof result;
  };
  return Object.assign(schema, { "~run": run });
}

/** Returns what a layer's mark misses and what it does not use. */
function markIssues(layer: Readonly<Record<string, unknown>>): v.BaseIssue<unknown>[] {
  const { mark } = layer;
  const has = (key: string): boolean => Object.hasOwn(layer, key);
  const issues: v.BaseIssue<unknown>[] = [];
  if (mark !== "rule") {
    for (const key of ["x", "y"].filter((axis) => !has(axis))) issues.push(missing(layer, key));
  } else if (has("x") && has("y")) {
    issues.push(misuse(layer, "y", `is one axis too many: ${EITHER_AXIS}`));
  } else if (!has("x") && !has("y")) {
    issues.push(misuse(layer, undefined, `needs an axis: ${EITHER_AXIS}`));
  }
  for (const [key, marks] of Object.entries(USED_BY)) {
    if (!has(key) || !MARKS.some((name) => name === mark) || marks.some((name) => name === mark)) continue;
    const users = `the mark${marks.length > 1 ? "s" : ""} ${listed(marks)}`;
    issues.push(misuse(layer, key, `is used by ${users} only, and the mark is ${mark}: remove it or change the mark`));
  }
  if (mark === "point" && has("shape") && has("color")) {
    issues.push(
      misuse(layer, "shape", "is used without color only, which has a shape for each value: remove one of the two"),
    );
  }
  return issues;
}

/** Returns the issue that valibot itself has for a key that is not there. */
function missing(layer: Readonly<Record<string, unknown>>, key: string): v.StrictObjectIssue {
  return {
    kind: "schema",
    type: "strict_object",
    input: undefined,
    expected: `"${key}"`,
    received: "undefined",
    message: "is missing",
    path: [{ type: "object", origin: "key", input: layer, key, value: undefined }],
  };
}

/** Returns the issue of a key that should not be there, or of the layer as a whole. */
function misuse(
  layer: Readonly<Record<string, unknown>>,
  key: string | undefined,
  message: string,
): v.BaseIssue<unknown> {
  const issue = {
    kind: "validation",
    type: "check",
    input: layer,
    expected: null,
    received: "Object",
    message,
  } as const;
  return key === undefined
    ? issue
    : { ...issue, path: [{ type: "object", origin: "value", input: { ...layer }, key, value: layer[key] }] };
}

/** The same rules as a JSON Schema, which belongs to every schema that `layer` returns. */
export const LAYER_CONDITIONS: Readonly<Record<string, unknown>> = {
  if: { type: "object", properties: { mark: { const: "rule" } }, required: ["mark"] },
  then: {
    anyOf: [
      { properties: { x: true, y: false }, required: ["x"] },
      { properties: { x: false, y: true }, required: ["y"] },
    ],
  },
  else: { properties: { x: true, y: true }, required: ["x", "y"] },
  dependencies: Object.fromEntries(
    Object.entries(USED_BY).map(([key, marks]) => [key, {
      properties: { mark: { enum: marks }, ...key === "shape" ? { color: false } : {} },
    }]),
  ),
};

/**
 * Returns whether a schema is one that `layer` returned.
 *
 * @param schema Any schema.
 */
export function isLayer(schema: object): boolean {
  return "entries" in schema && (schema.entries as { mark?: unknown }).mark === layerEntries.mark;
}
