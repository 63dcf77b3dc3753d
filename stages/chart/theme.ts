/**
 * What a page asks of a chart: its size, type and lines, after the style guide of the Physical Review, and colours for all eyes.
 *
 * @module
 */
import type { ThemeName } from "./definition.ts";
import type { JsonObject } from "./merge.ts";

/** The sizes of one page, in px of 1/72 inch: a point in print. */
export interface Theme {
  readonly width: number;
  readonly height: number;
  /** Where legends stand: above the plot, as the column is narrow, or right of it. */
  readonly legend: "top" | "right";
  /** Whether the height stays where a title or a long legend needs room, as a slide's does. */
  readonly isFixed: boolean;
  readonly labelSize: number;
  readonly titleSize: number;
  readonly lineWidth: number;
  /** At most 0.5 or at least 1.5: between these Vega moves a frame off the ticks, to the screen's pixels. */
  readonly frameWidth: number;
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

/** The grey of the line at zero: seen, but behind the data. */
export const ZERO_LINE = "#8c8c8c";

/**
 * Okabe and Ito's colours, told apart with any colour vision, dark ones first; yellow, faint on white, is left out for grey.
 */
export const CATEGORY_COLOURS: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#000000",
  "#7f7f7f",
];

/** Ten steps of viridis without its faint end, for more ordered values than there are colours to name. */
export const ORDERED_COLOURS: readonly string[] = [
  "#440154",
  "#482575",
  "#414487",
  "#355f8d",
  "#2a788e",
  "#21918c",
  "#22a884",
  "#44bf70",
  "#7ad151",
  "#b5c91f",
];

/** Dashes in units of the line's width, which tell lines apart in black and white. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [5, 2],
  [1.5, 1.5],
  [6, 2, 1.5, 2],
  [9, 2.5],
  [6, 2, 1.5, 2, 1.5, 2],
  [3, 1.5],
  [9, 2, 3, 2],
  [1, 3],
  [12, 2, 1, 2],
];

/** Shapes of points, which tell them apart in black and white. */
export const SHAPES: readonly string[] = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "triangle-down",
  "cross",
  "triangle-right",
  "triangle-left",
  // An hourglass and a star, in the unit square of Vega's path shapes.
  "M-0.9,-0.9L0.9,-0.9L-0.9,0.9L0.9,0.9Z",
  "M0,-1L0.26,-0.36L0.95,-0.31L0.42,0.14L0.59,0.81L0,0.44L-0.59,0.81L-0.42,0.14L-0.95,-0.31L-0.26,-0.36Z",
];

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
