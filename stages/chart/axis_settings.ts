/**
 * Settings that axes of numbers and axes of cases share: titles that fit, the line at zero, ticks that cells do not hide.
 *
 * @module
 */
import { estimateWidth } from "./markup.ts";
import type { JsonObject } from "./merge.ts";
import { type Notation, titleOf } from "./notation.ts";
import { ZERO_LINE } from "./palette.ts";
import { plotSize, type Theme } from "./theme.ts";

/** About how many ticks an axis gets. */
export const TICKS = 5;

/**
 * Returns the full title if the axis is long enough for it, else the one with the symbol alone, in lines if need be.
 *
 * @param notation What the axis shows.
 * @param axis The axis.
 * @param exponent The power of ten by which its labels are divided.
 * @param theme The page.
 */
export function fittingTitle(
  notation: Notation,
  axis: "x" | "y",
  exponent: number,
  theme: Theme,
): string | string[] {
  const full = titleOf(notation, exponent, "full");
  const length = plotSize(theme)[axis];
  if (estimateWidth(full, theme.titleSize) <= length) return full;
  const lines: string[] = [];
  for (const word of titleOf(notation, exponent, "short").split(" ")) {
    const line = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    const fits = lines.length > 0 && estimateWidth(line, theme.titleSize) <= length;
    lines.splice(fits ? -1 : lines.length, 1, fits ? line : word);
  }
  return lines.length === 1 ? lines[0] : lines;
}

/**
 * Returns the axis settings that draw a thin line across the plot at zero and leave the other ticks as they are.
 *
 * @param axis The axis.
 * @param theme The page.
 */
export function zeroLine(axis: "x" | "y", theme: Theme): JsonObject {
  const isZero = "datum.value === 0";
  const length = axis === "y" ? "width" : "height";
  const tick = theme.tickLength;
  return {
    gridColor: { condition: { test: isZero, value: ZERO_LINE }, value: "black" },
    gridDash: {
      condition: { test: isZero, value: [] },
      expr: `[${tick}, ${length} - ${2 * tick}, ${tick}, ${length}]`,
    },
  };
}

/**
 * Returns the axis settings that set ticks outside the frame, where cells and bars do not hide them.
 *
 * @param theme The page.
 */
export function ticksOutside(theme: Theme): JsonObject {
  return { grid: false, ticks: true, tickColor: "black", tickSize: theme.tickLength, tickWidth: theme.frameWidth };
}
