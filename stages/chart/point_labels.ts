/**
 * Values written at points: what they say, the room that they need, and whether they lie level or stand upright.
 *
 * @module
 */
import type { Cell } from "../aggregate/table.ts";
import type { Room } from "./axis_range.ts";
import { type AskedDomains, visibleRows } from "./layer_rows.ts";
import type { Layer } from "./layer.ts";
import { pointWidth } from "./mark.ts";
import { plainWidth } from "./markup.ts";
import type { JsonObject } from "./merge.ts";
import { valueLabels } from "./notation.ts";
import { CAPITAL, rimmedText, smallType, VERBATIM } from "./text_marks.ts";
import { plotSize, type Theme } from "./theme.ts";
import { shortNumber, valueWithUncertainty } from "./uncertainty.ts";

/** A point with what is written above it. */
export interface PointLabel {
  /** Where it lies along x. */
  readonly x: Cell;
  /** The lower and the upper end of its bar, or the point itself twice. */
  readonly y: readonly [Cell, Cell];
  /** The text, as it is drawn. */
  readonly text: string;
  /** Half the width of the point in px. */
  readonly radius: number;
}

/** Where values lie along both axes, from 0 to 1. */
export type Places = Readonly<Record<"x" | "y", (cell: Cell) => number>>;

/** The free space between a point and its label, and at least between neighbours, in units of the type's size. */
const GAP = 0.35;

/**
 * Returns the labels of a layer's points: values of x and y are written over the power of ten of their axes, those of y with
 * their uncertainty if there are error bars. Points without a place or without a finite value have none.
 *
 * @param layer A layer with a column of labels.
 * @param exponents The powers of ten by which the labels of the axes are divided.
 * @param asked The domains that are shown.
 * @param theme The page.
 */
export function labelsOf(
  layer: Layer,
  exponents: Readonly<Record<"x" | "y", number>>,
  asked: AskedDomains,
  theme: Theme,
): PointLabel[] {
  const { x, y, error, labels } = layer;
  if (labels === undefined) return [];
  const own = labels.name === y.name ? "y" : labels.name === x.name ? "x" : undefined;
  const exponent = own === undefined ? 0 : exponents[own];
  const words = valueLabels(labels.name);
  return visibleRows(layer, asked).flatMap((row): PointLabel[] => {
    const [across, up, label] = [x.cells[row], y.cells[row], labels.cells[row]];
    if ([across, up, label].some((cell) => typeof cell === "number" && !Number.isFinite(cell))) return [];
    const half = Math.abs(Number(error?.cells[row]));
    const isBar = typeof up === "number" && Number.isFinite(half);
    const text = typeof label === "string"
      ? words[label] ?? label
      : own === "y"
      ? valueWithUncertainty(label, half, exponent)
      : shortNumber(label, exponent);
    return [{ x: across, y: isBar ? [up - half, up + half] : [up, up], text, radius: pointWidth(layer, theme) / 2 }];
  });
}

/**
 * Returns the room that labels need along either axis.
 *
 * @param labels The labels.
 * @param isUpright Whether they stand upright.
 * @param theme The page.
 */
export function roomsOf(labels: readonly PointLabel[], isUpright: boolean, theme: Theme): Record<"x" | "y", Room[]> {
  const pad = theme.tickLength;
  const boxes = labels.map((label) => ({ label, ...boxOf(label, isUpright, theme) }));
  return {
    x: boxes.map(({ label, half }) => ({ value: label.x, before: half + pad, after: half + pad })),
    y: boxes.map(({ label, top }) => ({ value: label.y[1], before: 0, after: top + pad })),
  };
}

/**
 * Returns how often labels come too close to another one, run over a point or its bar, or leave the frame.
 *
 * @param labels The labels of all layers.
 * @param isUpright Whether they stand upright.
 * @param places Where values lie.
 * @param theme The page.
 */
export function collisions(labels: readonly PointLabel[], isUpright: boolean, places: Places, theme: Theme): number {
  const size = plotSize(theme), gap = GAP * smallType(theme) / 2;
  const set = labels.map((label) => {
    const { half, bottom, top } = boxOf(label, isUpright, theme);
    const x = places.x(label.x) * size.x, [from, to] = label.y.map((end) => places.y(end) * size.y);
    return {
      text: [x - half - gap, x + half + gap, to + bottom, to + top],
      body: [x - label.radius, x + label.radius, from - label.radius, to + label.radius],
    };
  });
  let count = 0;
  set.forEach(({ text }, i) => {
    if (text[0] < 0 || text[1] > size.x || text[3] > size.y) count++;
    for (let j = 0; j < set.length; j++) {
      if (j > i && overlap(text, set[j].text)) count++;
      if (j !== i && overlap(text, set[j].body)) count++;
    }
  });
  return count;
}

/**
 * Returns the view of labels.
 *
 * @param labels The labels of all layers.
 * @param isUpright Whether they stand upright.
 * @param theme The page.
 */
export function labelView(labels: readonly PointLabel[], isUpright: boolean, theme: Theme): JsonObject {
  const type = smallType(theme);
  const gap = Math.max(...labels.map(({ radius }) => radius)) + GAP * type;
  return rimmedText(
    VERBATIM,
    labels.map(({ x, y, text }) => ({ x, y: y[1], text })),
    { x: { field: "x" }, y: { field: "y" }, text: { field: "text", type: "nominal" } },
    isUpright
      ? { align: "left", baseline: "middle", angle: 270, dx: gap }
      : { align: "center", baseline: "alphabetic", dy: -gap },
    theme,
  );
}

/** Returns half the width of a label and its lower and upper edge above the end of its point's bar, in px. */
function boxOf(
  { text, radius }: PointLabel,
  isUpright: boolean,
  theme: Theme,
): { half: number; bottom: number; top: number } {
  const type = smallType(theme), width = plainWidth(text, type), gap = radius + GAP * type;
  return isUpright
    ? { half: CAPITAL * type / 2, bottom: gap, top: gap + width }
    : { half: width / 2, bottom: gap - 0.15 * type, top: gap + CAPITAL * type };
}

/** Returns whether two boxes, each [left, right, bottom, top], overlap. */
function overlap(a: readonly number[], b: readonly number[]): boolean {
  return a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3];
}
