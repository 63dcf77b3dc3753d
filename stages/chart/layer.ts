/**
 * One layer of a chart: the columns of its table and the form in which its rows are drawn.
 *
 * @module
 */
import type { Table } from "../aggregate/table.ts";
import type { PositionUse } from "./axis_range.ts";
import { type ChartColumn, chartColumn, isCategorical } from "./column.ts";
import type { Second } from "./colour.ts";
import type { AxisSource, ChartMark, LayerDefinition } from "./definition.ts";
import type { JsonObject } from "./merge.ts";
import { selectedRows } from "./rows.ts";

/** Lines with fewer points than this show them. */
const FEW_POINTS = 25;

/** What is asked of a layer that shows each row of its table. */
export interface PlotDefinition extends LayerDefinition {
  /** The form in which rows are drawn. */
  readonly mark: Exclude<ChartMark, "rule">;
  /** What lies along the horizontal axis. */
  readonly x: AxisSource;
  /** What lies along the vertical axis. */
  readonly y: AxisSource;
}

/** A layer with its columns. */
export interface Layer {
  /** What is asked for. */
  readonly definition: PlotDefinition;
  /** The column along the horizontal axis. */
  readonly x: ChartColumn;
  /** The column along the vertical axis. */
  readonly y: ChartColumn;
  /** The column that colours tell apart. */
  readonly color: ChartColumn | undefined;
  /** The column each value of which is a line of its own. */
  readonly detail: ChartColumn | undefined;
  /** The column with the half lengths of error bars. */
  readonly error: ChartColumn | undefined;
  /** The column that is written at the points. */
  readonly labels: ChartColumn | undefined;
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

/**
 * Returns a layer of a chart. Throws an Error if its table has no rows or lacks a column, if several rows fall on one place of
 * a line, an area, a bar or a map, or if there are error bars and they or y are no numbers.
 *
 * @param name The chart's name, for messages.
 * @param asked What is asked for.
 * @param whole The observable's table.
 * @param options `isAlone`: whether the chart has no other layers; a line of few points shows them then, where no points of
 * another layer could be meant.
 */
export function layerOf(
  name: string,
  asked: LayerDefinition,
  whole: Table,
  { isAlone }: { readonly isAlone: boolean },
): Layer {
  const definition = plotDefinition(name, asked);
  const table = definition.filter === undefined ? whole : selectedRows(whole, definition.filter);
  const x = chartColumn(table, definition.x, "x");
  const y = chartColumn(table, definition.y, "y");
  const color = definition.color === undefined ? undefined : chartColumn(table, definition.color, "color");
  const detail = definition.detail === undefined ? undefined : chartColumn(table, definition.detail, "detail");
  if (x.cells.length === 0) {
    throw new Error(`Cannot draw ${name}: the table of ${table.observable} has no rows. Widen the sweep.`);
  }
  const { mark } = definition;
  const error = definition.error === undefined ? undefined : chartColumn(table, definition.error, "error");
  const labels = definition.labels === undefined ? undefined : chartColumn(table, definition.labels, "labels");
  const wordy = error === undefined ? undefined : [error, y].find(({ isNumeric }) => !isNumeric);
  if (wordy !== undefined) {
    throw new Error(
      `Cannot draw the error bars of ${name}: ${wordy.name} has labels. Give y and error columns of numbers.`,
    );
  }
  if (mark !== "point") {
    requireOneRowAPlace(name, definition, table, [x, y, color, isStroke(mark) ? detail : undefined]);
  }
  const series = (color !== undefined && isCategorical(color) ? color.distinct.length : 1) *
    (detail?.distinct.length ?? 1);
  const rowsASeries = x.cells.length / series;
  const isFew = isAlone && rowsASeries < FEW_POINTS;
  const showsPoints = mark === "point" || (mark === "line" && (isFew || error !== undefined));
  return { definition, x, y, color, detail, error, labels, showsPoints };
}

/** Returns what is asked of a layer that shows rows. Throws an Error if it lacks an axis. */
function plotDefinition(name: string, definition: LayerDefinition): PlotDefinition {
  const { mark, x, y } = definition;
  if (mark === "rule" || x === undefined || y === undefined) {
    throw new Error(`Cannot draw ${name} as ${mark}: it needs both x and y. Give the one that is missing.`);
  }
  return { ...definition, mark, x, y };
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
 * Returns whether a mark joins rows, so that it must be told which ones belong together.
 *
 * @param mark The mark.
 */
export function isStroke(mark: LayerDefinition["mark"]): boolean {
  return mark === "line" || mark === "area";
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
