/**
 * By what series are told apart: colours for all eyes, and dashes and shapes for print in black and white.
 *
 * @module
 */

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

/** The grey of lines across the plot. */
export const REFERENCE_LINE = "#7f7f7f";

/** A star of five points in the unit square of Vega's path shapes. */
export const STAR =
  "M0,-1L0.26,-0.36L0.95,-0.31L0.42,0.14L0.59,0.81L0,0.44L-0.59,0.81L-0.42,0.14L-0.95,-0.31L-0.26,-0.36Z";

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
  // An hourglass.
  "M-0.9,-0.9L0.9,-0.9L-0.9,0.9L0.9,0.9Z",
  STAR,
];

/** The colours between which Vega's scale `viridis` interpolates, in even steps. */
export const VIRIDIS: readonly string[] = [
  ...["#440154", "#470e61", "#481a6c", "#482575", "#472f7d", "#443a83", "#414487", "#3d4e8a", "#39568c", "#35608d"],
  ...["#31688e", "#2d708e", "#2a788e", "#27818e", "#23888e", "#21918d", "#1f988b", "#1fa088", "#22a884", "#2ab07f"],
  ...["#35b779", "#43bf71", "#54c568", "#66cc5d", "#7ad151", "#8fd744", "#a5db36", "#bcdf27", "#d2e21b", "#e9e51a"],
  "#fde725",
];
