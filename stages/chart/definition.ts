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
  readonly name: string;
  readonly observable: string;
  readonly mark: ChartMark;
  readonly x: string;
  readonly y: string;
  readonly color?: string;
  readonly title?: string;
  readonly theme: ThemeName;
  /** A fragment of Vega-Lite that is merged over the generated spec, last. */
  readonly vega_lite?: Readonly<Record<string, unknown>>;
}
