/**
 * From a table and a chart's definition to a Vega-Lite spec that stands alone: pure, so that its bytes are an artifact.
 *
 * It is one view with one mark, without layers, so that a user's fragment reaches `mark`, `encoding` and `config` directly:
 * the ticks on all four sides and the line at zero are settings of the axes (see `theme.ts`).
 *
 * @module
 */
import type { Cell, Table } from "../aggregate/table.ts";
import { type ChartColumn, chartColumn, isCategorical } from "./column.ts";
import { colourOf } from "./colour.ts";
import type { ChartDefinition } from "./definition.ts";
import { isJsonObject, type JsonObject, mergeDeep } from "./merge.ts";
import { positionOf, type PositionUse } from "./position.ts";
import { CATEGORY_COLOURS } from "./palette.ts";
import { configOf, type Theme, themeOf } from "./theme.ts";

/** A Vega-Lite spec; what its members may be is for Vega-Lite's own schema to say. */
export interface VegaLiteSpec {
  /** The address of Vega-Lite's schema, by which editors know the file. */
  readonly $schema: string;
  /** Everything else that Vega-Lite knows. */
  readonly [member: string]: unknown;
}

const POSITIONS = ["x", "y"] as const;

/** Lines with fewer points than this show them. */
const FEW_POINTS = 25;

/**
 * Returns the Vega-Lite spec of a chart, with the columns that it uses inside, in full precision; a NaN is a gap.
 *
 * Throws an Error if the table has no rows, if a column is missing (it names those there are), if a column has no finite number or too many labels for
 * its channel, or if several rows fall on one place of a line, an area, a bar or a map.
 *
 * @param definition What to draw.
 * @param table The observable's table.
 */
export function chartSpec(definition: ChartDefinition, table: Table): VegaLiteSpec {
  const theme = themeOf(definition.theme);
  const x = chartColumn(table, definition.x, "x");
  const y = chartColumn(table, definition.y, "y");
  const color = definition.color === undefined ? undefined : chartColumn(table, definition.color, "color");
  if (x.cells.length === 0) {
    throw new Error(`Cannot draw ${definition.name}: the table of ${table.observable} has no rows. Widen the sweep.`);
  }
  if (definition.mark !== "point") requireOneRowAPlace(definition, table, [x, y, color]);

  const rows = x.cells.length;
  const rowsASeries = rows / (color !== undefined && isCategorical(color) ? color.distinct.length : 1);
  const showsPoints = definition.mark === "point" || (definition.mark === "line" && rowsASeries < FEW_POINTS);
  const use = usesOf(definition, showsPoints);
  const xPosition = positionOf(x, use.x, table.observable, theme);
  const yPosition = positionOf(y, use.y, table.observable, theme);
  const second = showsPoints ? "shape" : definition.mark === "line" ? "dash" : "none";
  const colour = color === undefined ? undefined : colourOf(color, second, table.observable, theme);
  const transform = [...xPosition.transform, ...yPosition.transform];
  const titleHeight = definition.title === undefined ? 0 : Math.round(1.5 * theme.titleSize);
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    ...definition.title === undefined ? {} : { title: definition.title },
    width: theme.width,
    height: theme.height + (theme.isFixed ? 0 : titleHeight + (colour?.height ?? 0)),
    autosize: { type: "fit", contains: "padding" },
    data: { values: rowsOf([x, y, color], visibleRows(definition, x, y)) },
    ...transform.length === 0 ? {} : { transform },
    mark: markOf(definition, theme, rows, showsPoints),
    encoding: {
      ...xPosition.encoding,
      ...yPosition.encoding,
      ...colour?.encoding,
      ...extrasOf(definition, color),
    },
    config: configOf(theme),
  };
  return mergeDeep(clipped(withoutStacking(definition, spec), definition), definition.vega_lite ?? {}) as VegaLiteSpec;
}

/** Returns the spec with marks cut off at the frame if the user's fragment shows a part of the data only. */
function clipped(spec: JsonObject, definition: ChartDefinition): JsonObject {
  const isPart = POSITIONS.some((position) => domainAsked(definition, position) !== undefined);
  return isPart ? mergeDeep(spec, { mark: { clip: true } }) : spec;
}

/** Returns the domain that the user's fragment asks for, if it is two numbers. */
function domainAsked({ vega_lite }: ChartDefinition, position: "x" | "y"): readonly [number, number] | undefined {
  const domain = [position, "scale", "domain"].reduce<unknown>(
    (value, key) => isJsonObject(value) ? value[key] : undefined,
    vega_lite?.encoding,
  );
  const isRange = Array.isArray(domain) && domain.length === 2 && domain.every((end) => typeof end === "number");
  return isRange ? [Math.min(...domain), Math.max(...domain)] : undefined;
}

/** Returns which rows may be seen: of points, those within the domain that the user's fragment asks for. */
function visibleRows(definition: ChartDefinition, x: ChartColumn, y: ChartColumn): (row: number) => boolean {
  if (definition.mark !== "point") return () => true; // a line is seen as far as the frame, from points beyond it
  const ranges = POSITIONS.flatMap((position) => {
    const domain = domainAsked(definition, position);
    return domain === undefined ? [] : [{ cells: (position === "x" ? x : y).cells, domain }];
  });
  return (row) =>
    ranges.every(({ cells, domain: [least, most] }) => {
      const cell = cells[row];
      return typeof cell !== "number" || (cell >= least && cell <= most);
    });
}

/** Returns what else an encoding needs besides positions and colour. */
function extrasOf(definition: ChartDefinition, color: ChartColumn | undefined): JsonObject {
  if (color === undefined) return {};
  if (definition.mark === "bar" && isCategorical(color)) {
    return { xOffset: { field: color.field, scale: { domain: color.distinct }, sort: null } };
  }
  // A colour scale alone does not make one line a value.
  return definition.mark === "line" || definition.mark === "area" ? { detail: { field: color.field } } : {};
}

/** Returns the spec with areas and bars side by side, as Vega-Lite would add them up. */
function withoutStacking(definition: ChartDefinition, spec: JsonObject): JsonObject {
  const stacks = definition.mark === "area" || definition.mark === "bar";
  return stacks ? mergeDeep(spec, { encoding: { y: { stack: null } } }) : spec;
}

/** Returns how a mark uses x and y. */
function usesOf({ mark }: ChartDefinition, showsPoints: boolean): { x: PositionUse; y: PositionUse } {
  const kind = mark === "rect" ? "cells" : "scale";
  const fromZero = mark === "bar" || mark === "area";
  return {
    x: {
      axis: "x",
      kind: mark === "bar" ? "cases" : kind,
      margin: showsPoints ? 0.03 : 0,
      showsPoints,
      fromZero: false,
    },
    y: { axis: "y", kind, margin: 0.06, showsPoints, fromZero },
  };
}

/** Returns the mark with its sizes. */
function markOf({ mark, color }: ChartDefinition, theme: Theme, rows: number, showsPoints: boolean): JsonObject {
  const { lineWidth, labelSize } = theme;
  const own = color === undefined ? { color: CATEGORY_COLOURS[0] } : {};
  switch (mark) {
    case "line": {
      const point = { filled: true, size: (0.6 * labelSize) ** 2 };
      return { type: "line", strokeWidth: lineWidth, ...showsPoints ? { point } : {}, ...own };
    }
    case "area":
      return { type: "area", fillOpacity: 0.25, line: { strokeWidth: lineWidth }, ...own };
    case "point": {
      // Clouds of many points are drawn finer, and without a spoken description of each.
      const width = (rows <= 100 ? 0.6 : rows <= 1000 ? 0.4 : 0.2) * labelSize;
      return {
        type: "point",
        filled: true,
        opacity: 1,
        size: width ** 2,
        ...rows > 100 ? { aria: false } : {},
        ...own,
      };
    }
    case "bar":
      return { type: "bar", ...own };
    case "rect":
      return { type: "rect", aria: false, ...own };
  }
}

/** Returns the rows of columns as objects, a gap for what is no finite number, as JSON has no other way to say it. */
function rowsOf(
  columns: readonly (ChartColumn | undefined)[],
  isVisible: (row: number) => boolean,
): Record<string, Cell | null>[] {
  const used = columns.filter((column) => column !== undefined);
  return [...used[0].cells.keys()].filter(isVisible).map((row) =>
    Object.fromEntries(used.map(({ name, cells }) => {
      const cell = cells[row];
      return [name, typeof cell === "number" && !Number.isFinite(cell) ? null : cell];
    }))
  );
}

/** Throws an Error if two rows of one series have the same place, as a line through both would zigzag. */
function requireOneRowAPlace(
  { name, mark, x, y, color }: ChartDefinition,
  table: Table,
  columns: readonly (ChartColumn | undefined)[],
): void {
  const place = (mark === "rect" ? columns.slice(0, 2) : [columns[0], columns[2]]).filter((c) => c !== undefined);
  const seen = new Map<string, number>();
  for (let row = 0; row < place[0].cells.length; row++) {
    const key = JSON.stringify(place.map((column) => column.cells[row]));
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      const used = new Set([x, y, color]);
      const others = table.columns.filter((c) => !used.has(c.name) && c.cells[row] !== c.cells[earlier]).map((c) =>
        c.name
      );
      const where = place.map((column) => `${column.name} = ${column.cells[row]}`).join(", ");
      throw new Error(
        `Cannot draw ${name} as ${mark}: there are several rows at ${where}. ` +
          (others.length > 0 ? `They differ in ${others.join(", ")}: colour by one of these or ` : "Remove them or ") +
          "draw `mark: point`.",
      );
    }
    seen.set(key, row);
  }
}
