/**
 * What a page asks of a chart: its size, type and lines, after the style guide of the Physical Review.
 *
 * @module
 */
import type { ThemeName } from "./definition.ts";
import type { JsonObject } from "./merge.ts";

/** The sizes of one page, in px of 1/72 inch: a point in print. */
export interface Theme {
  /** The width with everything inside. */
  readonly width: number;
  /** The height with everything inside, but for a title and the rows of a long legend where it is not fixed. */
  readonly height: number;
  /** Where legends stand: above the plot, as the column is narrow, or right of it. */
  readonly legend: "top" | "right";
  /** Whether the height stays where a title or a long legend needs room, as a slide's does. */
  readonly isFixed: boolean;
  /** The size of the type of labels and legends. */
  readonly labelSize: number;
  /** The size of the type of titles. */
  readonly titleSize: number;
  /** The width of lines that show data. */
  readonly lineWidth: number;
  /** At most 0.5 or at least 1.5: between these Vega moves a frame off the ticks, to the screen's pixels. */
  readonly frameWidth: number;
  /** The length of ticks. */
  readonly tickLength: number;
}

const themes: Readonly<Record<ThemeName, Theme>> = {
  // 3.375 in, one column.
  "aps-single": {
    width: 243,
    height: 182,
    legend: "top",
    isFixed: false,
    labelSize: 7.5,
    titleSize: 8.5,
    lineWidth: 1.1,
    frameWidth: 0.5,
    tickLength: 3.5,
  },
  // 7 in, both columns.
  "aps-double": {
    width: 504,
    height: 270,
    legend: "right",
    isFixed: false,
    labelSize: 8,
    titleSize: 9,
    lineWidth: 1.1,
    frameWidth: 0.5,
    tickLength: 4,
  },
  // Sixteen by nine, to be read from the last row.
  slide: {
    width: 960,
    height: 540,
    legend: "right",
    isFixed: true,
    labelSize: 18,
    titleSize: 20,
    lineWidth: 2.8,
    frameWidth: 1.5,
    tickLength: 8,
  },
};

/**
 * Returns the sizes of a page.
 *
 * @param name The page.
 */
export function themeOf(name: ThemeName): Theme {
  return themes[name];
}

/**
 * Returns the size of a plot in px, before it is known what labels, titles and a legend take off the page: rather too small
 * than too large.
 *
 * @param theme The page.
 */
export function plotSize({ width, height, titleSize }: Theme): { readonly x: number; readonly y: number } {
  return { x: width - 7 * titleSize, y: height - 5 * titleSize };
}

/**
 * Returns the Vega-Lite config of a page: a frame with ticks inwards on all four sides, no grid, black type.
 *
 * @param theme The page.
 */
export function configOf(theme: Theme): JsonObject {
  const { labelSize, titleSize, frameWidth, tickLength } = theme;
  const type = { labelColor: "black", titleColor: "black", labelFontSize: labelSize, titleFontSize: titleSize };
  const unlimited = { labelLimit: 0, titleLimit: 0, titleFontWeight: "normal" };
  return {
    background: "white",
    font: "DejaVu Sans, Verdana, sans-serif",
    padding: Math.round(labelSize / 2),
    view: { stroke: "black", strokeWidth: frameWidth },
    axis: {
      ...type,
      ...unlimited,
      domain: false,
      ticks: false,
      // By default Vega moves axes, but not the data, by half a px to sharpen them on screens.
      translate: 0,
      tickRound: false,
      // Grid lines that are drawn at their two ends only: ticks on opposite sides, which Vega-Lite's axes cannot have.
      grid: true,
      gridColor: "black",
      gridOpacity: 1,
      gridWidth: frameWidth,
      labelFlush: false,
      labelPadding: Math.round(labelSize / 2),
      titlePadding: Math.round(labelSize / 2),
    },
    axisX: { gridDash: ticksAtBothEnds("height", tickLength) },
    axisY: { gridDash: ticksAtBothEnds("width", tickLength) },
    legend: {
      ...type,
      ...unlimited,
      // A title beside its labels is of their size, or Vega's rounding would set it a px lower.
      titleFontSize: labelSize,
      offset: Math.round(labelSize * (theme.legend === "top" ? 0.6 : 1.4)),
      padding: 0,
      rowPadding: Math.round(labelSize / 3),
      columnPadding: Math.round(0.7 * labelSize),
      titlePadding: Math.round(labelSize * 0.6),
      labelOffset: Math.round(labelSize / 2),
      gradientThickness: labelSize,
      gradientLabelOffset: Math.round(labelSize / 3),
      gradientStrokeColor: "black",
      gradientStrokeWidth: frameWidth,
    },
    title: {
      frame: "group",
      color: "black",
      fontSize: titleSize,
      fontWeight: "normal",
      offset: Math.round(labelSize / 2),
    },
  };
}

/** Returns dashes that show a tick at either end of a line across the plot and nothing between. */
function ticksAtBothEnds(length: "width" | "height", tick: number): JsonObject {
  return { expr: `[${tick}, ${length} - ${2 * tick}, ${tick}, ${length}]` };
}
