/**
 * Several pairs of axes in one figure, lettered and aligned, of exactly the page's width.
 *
 * Vega-Lite sizes a single view to a page by itself, but not views that stand side by side. The plots' size is therefore found
 * by drawing: what labels, titles and legends take does not change with it, so that one correction is nearly always enough.
 *
 * @module
 */
import type { Table } from "../aggregate/table.ts";
import { type AxesDefinition, chartObservables, type PanelsDefinition } from "./definition.ts";
import { isJsonObject, type JsonObject, mergeDeep } from "./merge.ts";
import { axesView, fragmentOf, SCHEMA, type VegaLiteSpec } from "./spec.ts";
import { renderSvg } from "./svg.ts";
import { withOwnNames } from "./text_marks.ts";
import { configOf, type Theme, themeOf } from "./theme.ts";

/** How high a plot is for its width, by the number of columns. */
const HEIGHT: Readonly<Record<1 | 2, number>> = { 1: 0.45, 2: 0.75 };

/** The least height of a plot, in lines of text. */
const LEAST_LINES = 9;

/** What panels do not share, though Vega-Lite would have them do so. */
const SEPARATE = { color: "independent", strokeDash: "independent", shape: "independent", xOffset: "independent" };

/** Drawings after which a size that has not been found is given up. */
const MOST_DRAWINGS = 6;

/** The size of each plot in px, without labels and titles. */
interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/** What is free between panels, in px. */
interface Spacing {
  readonly column: number;
  readonly row: number;
}

/** A panel: its view, and the config that it asks for. */
interface Panel {
  readonly view: JsonObject;
  readonly config: JsonObject;
}

/**
 * Returns the Vega-Lite spec of a chart of panels; in the theme of a slide its height is the page's too.
 *
 * Throws an Error as `chartSpec` does, or if the panels cannot be made to fit the page.
 *
 * @param definition What to draw.
 * @param tables The tables of the observables that it draws, in the order of `chartObservables`.
 */
export async function panelsSpec(definition: PanelsDefinition, ...tables: readonly Table[]): Promise<VegaLiteSpec> {
  const page = themeOf(definition.theme);
  const { columns } = definition;
  const rows = Math.ceil(definition.panels.length / columns);
  const observables = chartObservables(definition);
  const margins = 7 * page.titleSize;
  const width = Math.round(page.width / columns - margins);
  let size: PlotSize = {
    width,
    height: page.isFixed
      ? Math.round(page.height / rows - margins)
      : Math.round(Math.max(HEIGHT[columns] * width, LEAST_LINES * page.titleSize)),
  };
  let spacing: Spacing = { column: Math.round(1.5 * page.labelSize), row: page.labelSize };
  const theme: Theme = {
    ...page,
    width: width + margins,
    // What the title of an axis has for its length, as for a chart of one panel.
    height: size.height + 5 * page.titleSize,
    legend: columns === 1 ? page.legend : "top",
  };
  const panels = definition.panels.map((panel, i) =>
    panelOf(`${definition.name} (${letter(i)})`, panel, i, (name) => tables[observables.indexOf(name)], theme)
  );
  for (let drawing = 0; drawing < MOST_DRAWINGS; drawing++) {
    const spec = concatenation(definition, panels, size, spacing, theme);
    const drawn = sizeOf(await renderSvg(spec));
    const missing = { x: page.width - drawn.width, y: page.isFixed ? page.height - drawn.height : 0 };
    if (missing.x === 0 && missing.y === 0) return spec;
    // Whole px, as Vega rounds the whole up to such; what is left over goes between the plots.
    const [width, left] = shared(missing.x, columns), [height, over] = shared(missing.y, rows);
    size = { width: size.width + width, height: size.height + height };
    spacing = { column: spacing.column + left, row: spacing.row + over };
    if (size.width < 2 * theme.titleSize || size.height < 2 * theme.titleSize) break;
  }
  throw new Error(
    `Cannot draw ${definition.name}: its panels cannot be set to the ${page.width} px of ${definition.theme}. ` +
      "Use fewer columns or another theme, and no width in vega_lite.",
  );
}

/** Returns how many whole px each of so many plots gets of a length, and what each gap between them gets of the rest. */
function shared(length: number, plots: number): [number, number] {
  const each = plots === 1 ? length : Math.floor(length / plots);
  return [each, plots === 1 ? 0 : (length - plots * each) / (plots - 1)];
}

/** Returns the letter of a panel. */
function letter(index: number): string {
  return String.fromCharCode("a".charCodeAt(0) + index);
}

/** Returns a panel with its letter. */
function panelOf(
  name: string,
  definition: AxesDefinition,
  index: number,
  tableOf: (observable: string) => Table,
  theme: Theme,
): Panel {
  const { view: { config: own = {}, ...view } } = axesView(name, definition, tableOf, theme);
  const { config: asked = {}, ...fragment } = fragmentOf(definition);
  const title = definition.title === undefined ? {} : { title: definition.title };
  return {
    view: lettered(
      mergeDeep({ ...title, ...withOwnNames(view, letter(index)) }, fragment),
      `(${letter(index)})`,
      theme,
    ),
    config: mergeDeep(own as JsonObject, isJsonObject(asked) ? asked : {}),
  };
}

/** Returns a view as layers, the last of which is its letter, left of the frame's upper corner. */
function lettered(
  { data, transform, mark, encoding, layer, ...rest }: JsonObject,
  text: string,
  theme: Theme,
): JsonObject {
  const { titleSize } = theme;
  const label = {
    data: { values: [{}] },
    mark: { type: "text", text, align: "right", baseline: "bottom", fontSize: titleSize },
    encoding: {
      x: { value: -Math.round(0.7 * titleSize) },
      y: { value: -Math.round(0.6 * titleSize) },
    },
  };
  const { x, y, ...own } = encoding as JsonObject;
  if (Array.isArray(layer)) return { ...rest, encoding: { x, y }, layer: [...layer, label] };
  const unit = { data, ...transform === undefined ? {} : { transform }, mark, encoding: own };
  return { ...rest, encoding: { x, y }, layer: [unit, label] };
}

/** Returns the spec of panels whose plots have a size. */
function concatenation(
  { title, columns, vega_lite = {} }: PanelsDefinition,
  panels: readonly Panel[],
  size: PlotSize,
  spacing: Spacing,
  theme: Theme,
): VegaLiteSpec {
  const views = panels.map(({ view }, i) => {
    const below = columns === 1 ? panels[i + 1]?.view : undefined;
    const hidden = below !== undefined && haveOneX(view, below);
    return sized({ ...size, ...hidden ? withoutXLabels(view) : view }, size);
  });
  const config = panels.reduce((merged, panel) => mergeDeep(merged, panel.config), configOf(theme));
  const spec = {
    ...title === undefined ? {} : { title: { text: title, anchor: "middle", frame: "bounds" } },
    columns,
    spacing,
    align: "each",
    resolve: { scale: SEPARATE },
    concat: views,
    config: sized(config, size),
  };
  return { $schema: SCHEMA, ...mergeDeep(spec, vega_lite) };
}

/** Returns whether two panels, one above the other, have the same horizontal axis. */
function haveOneX(above: JsonObject, below: JsonObject): boolean {
  const [first, second] = [above, below].map(({ encoding }) => (encoding as JsonObject).x as JsonObject);
  return ["type", "scale", "axis"].every((member) => JSON.stringify(first[member]) === JSON.stringify(second[member]));
}

/** Returns a view that leaves the labels of its horizontal axis to the one below. */
function withoutXLabels(view: JsonObject): JsonObject {
  return mergeDeep(view, { encoding: { x: { axis: { title: null, labels: false } } } });
}

/** Returns settings with the size of the plot put into their expressions, as panels have no signals of their own for it. */
function sized(settings: JsonObject, size: PlotSize): JsonObject {
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => {
        if (key === "data") return [key, member];
        if (key !== "expr" || typeof member !== "string") return [key, put(member)];
        return [key, member.replaceAll(/\b(width|height)\b/g, (name) => String(size[name as keyof PlotSize]))];
      }),
    );
  };
  return put(settings) as JsonObject;
}

/** Returns the size of a drawing in px. */
function sizeOf(svg: string): PlotSize {
  const [, width, height] = /^<svg [^>]*width="([0-9.]+)" height="([0-9.]+)"/.exec(svg) ?? [];
  return { width: Number(width), height: Number(height) };
}
