/**
 * What a study asks of one chart, kept apart from how it is drawn so that the study's schema can name it without loading Vega.
 *
 * @module
 */

/** The geometric form in which the rows of a table are drawn. */
export type ChartMark = "line" | "point" | "area" | "bar" | "rect";

/** The page for which a chart is set: one or both columns of a Physical Review journal, or a slide. */
export type ThemeName = "aps-single" | "aps-double" | "slide";

/** One entry of `charts:` in a study, checked and with its defaults filled in. */
export interface ChartDefinition {
  /** The name of the files that the chart becomes. */
  readonly name: string;
  /** The observable whose table is drawn. */
  readonly observable: string;
  /** The form in which rows are drawn. */
  readonly mark: ChartMark;
  /** The column along the horizontal axis. */
  readonly x: string;
  /** The column along the vertical axis. */
  readonly y: string;
  /** The column that colours tell apart. */
  readonly color?: string;
  /** A line above the chart, with the markup of axis titles; journals have none. */
  readonly title?: string;
  /** The page for which the chart is set. */
  readonly theme: ThemeName;
  /** A fragment of Vega-Lite that is merged over the generated spec, last. */
  readonly vega_lite?: Readonly<Record<string, unknown>>;
}
