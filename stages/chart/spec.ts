/**
 * From tables and a chart's definition to a Vega-Lite spec that stands alone: pure, so that its bytes are an artifact.
 *
 * A chart of one table is one view with one mark, so that a user's fragment reaches `mark`, `encoding` and `config` directly:
 * the ticks on all four sides and the line at zero are settings of the axes (see `theme.ts`). Other tables, error
 * bars and texts are layers over it, which share x and y at the top of the spec, where a fragment reaches them as before.
 *
 * @module
 */
import type { Table } from "../aggregate/table.ts";
import { colourOf } from "./colour.ts";
import { type Axes, axesOf, isRule } from "./axes.ts";
import { type AxesDefinition, type ChartDefinition, chartObservables, isLayered, layersOf } from "./definition.ts";
import { type AxesView, type Layer, layerOf, secondOf } from "./layer.ts";
import { type AskedDomains, rowsOf } from "./layer_rows.ts";
import { isPicture } from "./heat_map.ts";
import { layeredView } from "./layered.ts";
import { extrasOf, markOf, stacks } from "./mark.ts";
import { isJsonObject, type JsonObject, mergeDeep } from "./merge.ts";
import { ruleOf } from "./rule.ts";
import { configOf, type Theme, themeOf } from "./theme.ts";

/** A Vega-Lite spec; what its members may be is for Vega-Lite's own schema to say. */
export interface VegaLiteSpec {
  /** The address of Vega-Lite's schema, by which editors know the file. */
  readonly $schema: string;
  /** Everything else that Vega-Lite knows. */
  readonly [member: string]: unknown;
}

/** The address of the schema of the specs that this folder makes. */
export const SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";

/**
 * Returns the Vega-Lite spec of a chart, with the columns that it uses inside, in full precision; a NaN is a gap.
 *
 * Throws an Error if a table has no rows, if a column is missing (it names those there are), if a column has no finite number or too many labels for
 * its channel, if several rows fall on one place of a line, an area, a bar or a map, if layers have no common scale, or if what is
 * written in the frame does not fit.
 *
 * @param definition What to draw.
 * @param tables The tables of the observables that it draws, in the order of `chartObservables`.
 */
export function chartSpec(definition: ChartDefinition, ...tables: readonly Table[]): VegaLiteSpec {
  const theme = themeOf(definition.theme);
  const observables = chartObservables(definition);
  const { view, legendHeight } = axesView(
    definition.name,
    definition,
    (observable) => tables[observables.indexOf(observable)],
    theme,
  );
  const page = pageOf(definition.title, legendHeight, theme);
  const { config = {}, ...rest } = view;
  const spec = { ...page, ...rest, config: mergeDeep(configOf(theme), config as JsonObject) };
  return { $schema: SCHEMA, ...mergeDeep(spec, fragmentOf(definition)) };
}

/**
 * Returns the view of one pair of axes, with the colour channels and the mark of the user's fragment in place.
 *
 * @param name The chart's name, for messages.
 * @param definition What to draw.
 * @param tableOf The table of an observable.
 * @param theme The page.
 */
export function axesView(
  name: string,
  definition: AxesDefinition,
  tableOf: (observable: string) => Table,
  theme: Theme,
): AxesView {
  const definitions = layersOf(definition);
  const isAlone = definitions.filter(({ mark }) => mark !== "rule").length === 1;
  const drawings = definitions.map((layer) => {
    const table = tableOf(layer.observable);
    return layer.mark === "rule" ? ruleOf(name, layer, table) : layerOf(name, layer, table, { isAlone });
  });
  const asked = { x: domainAsked(definition, "x"), y: domainAsked(definition, "y") };
  const axes = axesOf(drawings, { asked, scales: definition.scales }, theme);
  const [first] = drawings;
  // A picture is a layer beside that of its legend.
  const isPlain = !isRule(first) && !isLayered(definition) && !isPicture(first, definition.vega_lite ?? {});
  return isPlain
    ? singleView(first, axes, asked, theme)
    : layeredView(drawings, axes, asked, definition.vega_lite ?? {}, theme);
}

/**
 * Returns the part of the user's fragment that is merged over the spec as it is: all of it, but for the marks and colours of
 * layers, which have gone to these already.
 *
 * @param definition The chart.
 */
export function fragmentOf(axes: AxesDefinition): JsonObject {
  const { vega_lite = {} } = axes;
  if (!isLayered(axes)) return vega_lite;
  const { mark: _mark, encoding, ...rest } = vega_lite;
  if (!isJsonObject(encoding)) return rest;
  const positions = Object.entries(encoding).filter(([channel]) => channel === "x" || channel === "y");
  return { ...rest, encoding: Object.fromEntries(positions) };
}

/** Returns the page of a chart: its title, and its size with everything inside. */
function pageOf(title: string | undefined, legendHeight: number, theme: Theme): JsonObject {
  const titleHeight = title === undefined ? 0 : Math.round(1.5 * theme.titleSize);
  return {
    ...title === undefined ? {} : { title },
    width: theme.width,
    height: theme.height + (theme.isFixed ? 0 : titleHeight + legendHeight),
    autosize: { type: "fit", contains: "padding" },
  };
}

/** Returns the view of a chart of one table. */
function singleView(
  layer: Layer,
  { x, y }: Axes,
  asked: AskedDomains,
  theme: Theme,
): AxesView {
  const { color } = layer;
  const colour = color === undefined ? undefined : colourOf(color, secondOf(layer), theme);
  const [xPart] = x.layers, [yPart] = y.layers;
  const transform = [...xPart.transform, ...yPart.transform];
  const isPart = asked.x !== undefined || asked.y !== undefined;
  const view = {
    data: { values: rowsOf(layer, asked) },
    ...transform.length === 0 ? {} : { transform },
    mark: { ...markOf(layer, theme), ...isPart ? { clip: true } : {} },
    encoding: {
      x: { field: xPart.field, ...x.shared },
      ...xPart.end === undefined ? {} : { x2: { field: xPart.end } },
      y: { field: yPart.field, ...y.shared, ...stacks(layer) ? { stack: null } : {} },
      ...yPart.end === undefined ? {} : { y2: { field: yPart.end } },
      ...colour?.encoding,
      ...extrasOf(layer),
    },
  };
  return { view, legendHeight: colour?.height ?? 0 };
}

/** Returns the domain that the user's fragment asks for, if it is two numbers. */
function domainAsked({ vega_lite }: AxesDefinition, position: "x" | "y"): readonly [number, number] | undefined {
  const domain = [position, "scale", "domain"].reduce<unknown>(
    (value, key) => isJsonObject(value) ? value[key] : undefined,
    vega_lite?.encoding,
  );
  const isRange = Array.isArray(domain) && domain.length === 2 && domain.every((end) => typeof end === "number");
  return isRange ? [Math.min(...domain), Math.max(...domain)] : undefined;
}
