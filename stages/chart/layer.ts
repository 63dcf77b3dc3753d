/**
 * One layer of a chart: the columns of its table and the form in which its rows are drawn.
 *
 * @module
 */
import type { Cell, Table } from "../aggregate/table.ts";
import { type ChartColumn, chartColumn, isCategorical } from "./column.ts";
import type { Second } from "./colour.ts";
import type { LayerDefinition } from "./definition.ts";
import type { JsonObject } from "./merge.ts";
import { CATEGORY_COLOURS } from "./palette.ts";
import type { PositionUse } from "./position.ts";
import { selectedRows } from "./rows.ts";
import type { Theme } from "./theme.ts";

/** Lines with fewer points than this show them. */
const FEW_POINTS = 25;

/** A layer with its columns. */
export interface Layer {
  /** What is asked for. */
  readonly definition: LayerDefinition;
  /** The column along the horizontal axis. */
  readonly x: ChartColumn;
  /** The column along the vertical axis. */
  readonly y: ChartColumn;
  /** The column that colours tell apart. */
  readonly color: ChartColumn | undefined;
  /** The column each value of which is a line of its own. */
  readonly detail: ChartColumn | undefined;
  /** Whether rows are shown as points. */
  readonly showsPoints: boolean;
}

/** The drawing of one pair of axes, without its place on a page. */
export interface AxesView {
  /** The members of the view: its data, marks and encodings. */
  readonly view: JsonObject;
  /** The height in px that legends take beyond what the page has for them. */
  readonly legendHeight: number;
}

/** The style of a layer that has no colours to tell cases apart. */
export interface PlainStyle {
  /** The colour. */
  readonly color?: string;
  /** The dashes of a line in px. */
  readonly strokeDash?: readonly number[];
}

/**
 * Returns a layer of a chart. Throws an Error if its table has no rows or lacks a column, or if several rows fall on one
 * place of a line, an area, a bar or a map.
 *
 * @param name The chart's name, for messages.
 * @param definition What is asked for.
 * @param whole The observable's table.
 * @param options `isAlone`: whether the chart has no other layers; a line of few points shows them then, where no points of
 * another layer could be meant.
 */
export function layerOf(
  name: string,
  definition: LayerDefinition,
  whole: Table,
  { isAlone }: { readonly isAlone: boolean },
): Layer {
  const table = definition.filter === undefined ? whole : selectedRows(whole, definition.filter);
  const x = chartColumn(table, definition.x, "x");
  const y = chartColumn(table, definition.y, "y");
  const color = definition.color === undefined ? undefined : chartColumn(table, definition.color, "color");
  const detail = definition.detail === undefined ? undefined : chartColumn(table, definition.detail, "detail");
  if (x.cells.length === 0) {
    throw new Error(`Cannot draw ${name}: the table of ${table.observable} has no rows. Widen the sweep.`);
  }
  const { mark } = definition;
  if (mark !== "point") {
    requireOneRowAPlace(name, definition, table, [x, y, color, isStroke(mark) ? detail : undefined]);
  }
  const series = (color !== undefined && isCategorical(color) ? color.distinct.length : 1) *
    (detail?.distinct.length ?? 1);
  const rowsASeries = x.cells.length / series;
  const showsPoints = mark === "point" || (mark === "line" && isAlone && rowsASeries < FEW_POINTS);
  return { definition, x, y, color, detail, showsPoints };
}

/**
 * Returns by what else than colour a layer that stands alone tells its cases apart.
 *
 * @param layer The layer.
 */
export function secondOf({ definition: { mark }, showsPoints }: Layer): Second {
  return showsPoints ? "shape" : mark === "line" ? "dash" : "none";
}

/**
 * Returns how a layer's mark uses x and y.
 *
 * @param layer The layer.
 */
export function usesOf({ definition: { mark }, showsPoints }: Layer): { x: PositionUse; y: PositionUse } {
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

/**
 * Returns a layer's mark with its sizes.
 *
 * @param layer The layer.
 * @param theme The page.
 * @param style What a layer is drawn in whose colours tell no cases apart.
 */
export function markOf(
  { definition: { mark, color }, x, showsPoints }: Layer,
  theme: Theme,
  style: PlainStyle = {},
): JsonObject {
  const { lineWidth, labelSize } = theme;
  const rows = x.cells.length;
  const own = color === undefined ? { color: style.color ?? CATEGORY_COLOURS[0] } : {};
  const dash = style.strokeDash === undefined || style.strokeDash.length === 0 ? {} : { strokeDash: style.strokeDash };
  switch (mark) {
    case "line": {
      const point = { filled: true, size: (0.6 * labelSize) ** 2 };
      return { type: "line", strokeWidth: lineWidth, ...dash, ...showsPoints ? { point } : {}, ...own };
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

/**
 * Returns what else a layer's encoding needs besides positions and colour.
 *
 * @param layer The layer.
 */
export function extrasOf({ definition: { mark }, color, detail }: Layer): JsonObject {
  if (mark === "bar" && color !== undefined && isCategorical(color)) {
    return { xOffset: { field: color.field, scale: { domain: color.distinct }, sort: null } };
  }
  if (!isStroke(mark)) return {};
  // A colour scale alone does not make one line a value.
  const fields = [color, detail].flatMap((column) => column === undefined ? [] : [{ field: column.field }]);
  return fields.length === 0 ? {} : { detail: fields.length === 1 ? fields[0] : fields };
}

/** Returns whether a mark joins rows, so that it must be told which ones belong together. */
function isStroke(mark: LayerDefinition["mark"]): boolean {
  return mark === "line" || mark === "area";
}

/**
 * Returns whether Vega-Lite would add a layer's rows up where they stand at one place.
 *
 * @param layer The layer.
 */
export function stacks({ definition: { mark } }: Layer): boolean {
  return mark === "area" || mark === "bar";
}

/** The ranges of x and y that a user's fragment of Vega-Lite asks for. */
export type AskedDomains = Readonly<Record<"x" | "y", readonly [number, number] | undefined>>;

/**
 * Returns the rows of a layer as objects, a gap for what is no finite number, as JSON has no other way to say it. Points
 * outside the asked domains are left out; a line is seen as far as the frame, from points beyond it.
 *
 * @param layer The layer.
 * @param asked The domains that are shown.
 */
export function rowsOf({ definition, x, y, color, detail }: Layer, asked: AskedDomains): Record<string, Cell | null>[] {
  const used = [x, y, color, detail].filter((column) => column !== undefined);
  const limits = definition.mark !== "point" ? [] : (["x", "y"] as const).flatMap((position) => {
    const domain = asked[position];
    return domain === undefined ? [] : [{ cells: (position === "x" ? x : y).cells, domain }];
  });
  const isVisible = (row: number): boolean =>
    limits.every(({ cells, domain: [least, most] }) => {
      const cell = cells[row];
      return typeof cell !== "number" || (cell >= least && cell <= most);
    });
  return [...x.cells.keys()].filter(isVisible).map((row) =>
    Object.fromEntries(used.map(({ name, cells }) => {
      const cell = cells[row];
      return [name, typeof cell === "number" && !Number.isFinite(cell) ? null : cell];
    }))
  );
}

/** Throws an Error if two rows of one series have the same place, as a line through both would zigzag. */
function requireOneRowAPlace(
  name: string,
  { mark, x, y, color, detail }: LayerDefinition,
  table: Table,
  columns: readonly (ChartColumn | undefined)[],
): void {
  const place = (mark === "rect" ? columns.slice(0, 2) : [columns[0], ...columns.slice(2)]).filter((c) =>
    c !== undefined
  );
  const seen = new Map<string, number>();
  for (let row = 0; row < place[0].cells.length; row++) {
    const key = JSON.stringify(place.map((column) => column.cells[row]));
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      const used = new Set<unknown>([x, y, color, detail]);
      const others = table.columns.filter((c) => !used.has(c.name) && c.cells[row] !== c.cells[earlier]).map((c) =>
        c.name
      );
      const where = place.map((column) => `${column.name} = ${column.cells[row]}`).join(", ");
      throw new Error(
        `Cannot draw ${name} as ${mark}: there are several rows at ${where}. ` +
          (others.length > 0
            ? `They differ in ${others.join(", ")}: colour by one of these, ` +
              `${isStroke(mark) ? "make lines of its values with `detail`, " : ""}pick values with \`filter\`, or `
            : "Remove them or ") +
          "draw `mark: point`.",
      );
    }
    seen.set(key, row);
  }
}
