/**
 * What a study draws: tables of its observables, with columns for the axes and the colour.
 *
 * @module
 */
import * as v from "valibot";
import type { AxesDefinition, ChartDefinition, PanelsDefinition } from "../../stages/chart/definition.ts";
import { layer } from "./layers.ts";
import { isMapping, mapping } from "./mapping.ts";
import { choice, fileName, text } from "./scalars.ts";

const layers = v.optional(
  v.pipe(
    v.array(layer({}, {}), "must be a list of layers"),
    v.description("What is laid over the chart in the same axes, the last on top."),
  ),
);

const scale = v.optional(choice(["linear", "log"], "linear, or log: equal distances are equal factors."));

const scales = v.optional(
  v.pipe(mapping({ x: scale, y: scale }), v.description("How values are laid along the axes; linear if left out.")),
);

const title = v.optional(text("The heading of the chart."));

const theme = v.optional(
  choice(["aps-single", "aps-double", "slide"], "The size and the fonts: one column, two columns, or a slide."),
  "aps-single",
);

const fragment = v.optional(
  v.pipe(
    v.custom<Record<string, unknown>>(isMapping, "must be a mapping, a fragment of a Vega-Lite specification"),
    v.check((fragment) => isJson(fragment), "must have finite numbers only, as JSON has no others"),
    v.metadata({
      description: "A fragment of a Vega-Lite specification, merged over the generated one.",
      type: "object",
    }),
  ),
);

const name = fileName(
  /^[a-z0-9][a-z0-9_-]*$/,
  "must be a name of at most 64 lower-case letters, digits, hyphens and underscores that starts with a letter or a digit",
  "The name of the chart's files.",
);

const chart = layer({ name }, { layers, scales, title, theme, vega_lite: fragment });

const PANEL_RULE = "must be the name of a chart of this study, or a chart";

const panels = mapping({
  name,
  panels: v.pipe(
    v.array(
      v.union([
        v.pipe(v.string(PANEL_RULE), v.nonEmpty(PANEL_RULE)),
        layer({}, { layers, scales, title, vega_lite: fragment }),
      ], PANEL_RULE),
      "must be a list of charts",
    ),
    v.minLength(2, "must have at least two panels"),
    v.maxLength(26, "must have at most 26 panels, as they are lettered"),
    v.description("The panels, lettered (a), (b), … row by row: names of other charts of this study, or charts."),
  ),
  columns: v.optional(
    v.pipe(v.picklist([1, 2], "must be 1 or 2"), v.description("How many panels stand side by side.")),
    1,
  ),
  title,
  theme,
  vega_lite: fragment,
});

/** Either kind of chart, each with its own errors: a union would not say which of the two a mistake was made in. */
const union = v.union([chart, panels]);
const run: (typeof union)["~run"] = (dataset, config) => {
  const isPanels = isMapping(dataset.value) && Object.hasOwn(dataset.value, "panels");
  return (isPanels ? panels : chart)["~run"](dataset, config) as ReturnType<(typeof union)["~run"]>;
};
const entry = Object.assign(union, { "~run": run });

function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value !== "object" || value === null || Object.values(value).every(isJson);
}

/** A chart of a study, with its defaults filled in; panels go by the names of charts. */
export type StudyChart = v.InferOutput<typeof entry>;

/**
 * Returns a chart as it is drawn, with the charts that its panels name in their place.
 *
 * @param chart The chart.
 * @param charts All charts of its study, which has been checked.
 */
export function drawnChart(chart: StudyChart, charts: readonly StudyChart[]): ChartDefinition | PanelsDefinition {
  if (!("panels" in chart)) return chart;
  return {
    ...chart,
    panels: chart.panels.map((panel) => typeof panel === "string" ? namedPanel(panel, charts) : panel),
  };
}

function namedPanel(name: string, charts: readonly StudyChart[]): AxesDefinition {
  const chart = charts.find((candidate) => candidate.name === name);
  if (chart === undefined || "panels" in chart) throw new RangeError(`Cannot draw the panel ${name}: it is no chart`);
  // The name and the page are those of the figure.
  const { name: _name, theme: _theme, ...axes } = chart;
  return axes;
}

/** The schema of `charts:`. */
export const chartsSchema = v.pipe(
  v.array(entry, "must be a list of charts"),
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
