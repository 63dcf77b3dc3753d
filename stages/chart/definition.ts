/**
 * What a study asks of one chart, kept apart from how it is drawn so that the study's schema can name it without loading Vega.
 *
 * @module
 */

/** The geometric form in which the rows of a table are drawn. */
export type ChartMark = "line" | "point" | "area" | "bar" | "rect" | "rule";

/** The form of points that no colours tell apart; a star is larger than the others, to mark a special place. */
export type PointShape = "star" | "circle" | "square" | "diamond" | "triangle" | "cross";

/** The page for which a chart is set: one or both columns of a Physical Review journal, or a slide. */
export type ThemeName = "aps-single" | "aps-double" | "slide";

/** A quantity that is worked out of a table's numeric columns, row by row. */
export interface DerivedColumn {
  /** The formula, in the language of `stages/hamiltonian/expression.ts`, whose variables are the columns' names. */
  readonly expression: string;
  /** The title of its axis, with a unit in parentheses at the end; the formula itself if it is left out. */
  readonly title?: string | undefined;
}

/** What lies along an axis: a column of the table by its name, or a quantity worked out of columns. */
export type AxisSource = string | DerivedColumn;

/** Which values of a column are drawn: one, some, or those between two, both included. */
export type Selection =
  | number
  | string
  | readonly (number | string)[]
  | { readonly from: number; readonly to: number };

/** One table drawn in one form. */
export interface LayerDefinition {
  /** The observable whose table is drawn. */
  readonly observable: string;
  /** The form in which rows are drawn. */
  readonly mark: ChartMark;
  /** What lies along the horizontal axis. A `rule` has either this, for vertical lines, or `y`; all other marks have both. */
  readonly x?: AxisSource | undefined;
  /** What lies along the vertical axis. */
  readonly y?: AxisSource | undefined;
  /** The column that colours tell apart. */
  readonly color?: string | undefined;
  /** The column each value of which is a line or an area of its own, in one colour. */
  readonly detail?: string | undefined;
  /** The column with the half lengths of error bars along y, of a `point` or a `line`. */
  readonly error?: string | undefined;
  /** What is written at each `point`: a column, or a quantity worked out of columns. */
  readonly labels?: AxisSource | undefined;
  /** The form of each `point`, where there is no colour. */
  readonly shape?: PointShape | undefined;
  /** What is written at the end of each `rule`, with the markup of axis titles. */
  readonly label?: string | undefined;
  /** The rows that are drawn, by column; all of them if it is left out. */
  readonly filter?: Readonly<Record<string, Selection>> | undefined;
}

/** How values are laid along the two axes; linear where nothing is said. */
export interface Scales {
  /** The horizontal axis. */
  readonly x?: "linear" | "log" | undefined;
  /** The vertical axis. */
  readonly y?: "linear" | "log" | undefined;
}

/** A drawing in one pair of axes, apart from where it stands. */
export interface AxesDefinition extends LayerDefinition {
  /** How values are laid along the axes. */
  readonly scales?: Scales | undefined;
  /** What is laid over the chart's own table, in the same axes, the last on top. */
  readonly layers?: readonly LayerDefinition[] | undefined;
  /** A line above the chart, with the markup of axis titles; journals have none. */
  readonly title?: string | undefined;
  /** A fragment of Vega-Lite that is merged over the generated spec, last. */
  readonly vega_lite?: Readonly<Record<string, unknown>> | undefined;
}

/** A chart of one pair of axes, checked and with its defaults filled in. */
export interface ChartDefinition extends AxesDefinition {
  /** The name of the files that the chart becomes. */
  readonly name: string;
  /** The page for which the chart is set. */
  readonly theme: ThemeName;
}

/** A chart of several panels, checked and with its defaults filled in. */
export interface PanelsDefinition {
  /** The name of the files that the chart becomes. */
  readonly name: string;
  /** The panels, row by row. */
  readonly panels: readonly AxesDefinition[];
  /** How many panels stand side by side. */
  readonly columns: 1 | 2;
  /** A line above the chart. */
  readonly title?: string | undefined;
  /** The page for which the chart is set. */
  readonly theme: ThemeName;
  /** A fragment of Vega-Lite that is merged over the generated spec, last. */
  readonly vega_lite?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Returns the observables whose tables a chart draws, each once, in the order in which `chartSpec` takes their tables: that
 * of the chart itself first.
 *
 * @param chart The chart.
 */
export function chartObservables(chart: AxesDefinition | PanelsDefinition): string[] {
  const axes = "panels" in chart ? chart.panels : [chart];
  return [...new Set(axes.flatMap(layersOf).map(({ observable }) => observable))];
}

/**
 * Returns whether a drawing is made of several views, one over the other: of several tables, or of one table with error bars
 * and labels. A fragment of Vega-Lite reaches the mark of any other drawing directly.
 *
 * @param axes The drawing.
 */
export function isLayered({ layers = [], error, labels, mark }: AxesDefinition): boolean {
  return layers.length > 0 || error !== undefined || labels !== undefined || mark === "rule";
}

/**
 * Returns the layers of a drawing, its own first, then those laid over it.
 *
 * @param axes The drawing.
 */
export function layersOf(axes: AxesDefinition): LayerDefinition[] {
  return [axes, ...axes.layers ?? []];
}
