/**
 * What a study draws: each chart is one observable's table with columns for the axes and the colour.
 *
 * @module
 */
import * as v from "valibot";
import { isMapping, mapping } from "./mapping.ts";
import { choice, fileName, text } from "./scalars.ts";

const chart = mapping({
  name: fileName(
    /^[a-z0-9][a-z0-9_-]*$/,
    "must be a name of at most 64 lower-case letters, digits, hyphens and underscores that starts with a letter or a digit",
    "The name of the chart's files.",
  ),
  observable: text("The observable whose table is drawn."),
  mark: choice(["line", "point", "area", "bar", "rect"], "What is drawn for each row of the table."),
  x: text("The column on the horizontal axis."),
  y: text("The column on the vertical axis."),
  color: v.optional(text("The column that sets the colour.")),
  title: v.optional(text("The heading of the chart.")),
  theme: v.optional(
    choice(["aps-single", "aps-double", "slide"], "The size and the fonts: one column, two columns, or a slide."),
    "aps-single",
  ),
  vega_lite: v.optional(
    v.pipe(
      v.custom<Record<string, unknown>>(isMapping, "must be a mapping, a fragment of a Vega-Lite specification"),
      v.check((fragment) => isJson(fragment), "must have finite numbers only, as JSON has no others"),
      v.metadata({
        description: "A fragment of a Vega-Lite specification, merged over the generated one.",
        type: "object",
      }),
    ),
  ),
});

function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value !== "object" || value === null || Object.values(value).every(isJson);
}

/** A chart of a study, with its defaults filled in. */
export type ChartDefinition = v.InferOutput<typeof chart>;

/** The schema of `charts:`. */
export const chartsSchema = v.pipe(
  v.array(chart, "must be a list of charts"),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const names = dataset.value.map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      addIssue({
        message: `must differ from the other charts' names: ${name} is taken by charts.${names.indexOf(name)}`,
        path: [
          { type: "array", origin: "value", input: dataset.value, key: index, value: dataset.value[index] },
          { type: "object", origin: "value", input: { ...dataset.value[index] }, key: "name", value: name },
        ],
      });
    }
  }),
  v.description("The charts: each is written as Vega-Lite, SVG, PNG and PDF."),
);
