/**
 * What is written at the ends of lines across the plot: above a horizontal line at the right, beside a vertical one at the top.
 *
 * @module
 */
import type { Cell } from "../aggregate/table.ts";
import { estimateWidth } from "./markup.ts";
import type { JsonObject } from "./merge.ts";
import type { Rule } from "./rule.ts";
import { MARKED_UP, RIM, rimmedText, smallType } from "./text_marks.ts";
import { plotSize, type Theme } from "./theme.ts";

/** The free space between a line and its label, in units of the type's size. */
const GAP = 0.35;

/** How far an index reaches below the line of type with its rim, and a power above it, in units of the type's size. */
const [DEPTH, HEIGHT] = [0.45, 1];

/**
 * Returns the views of the labels of lines. Lines so close to the one before that their labels would overlap go without, as
 * all labels are the same; at the frame a label changes over to the line's other side.
 *
 * Throws an Error if the label is too long for the plot.
 *
 * @param rule The lines.
 * @param index Which of the frame's layers they are.
 * @param place Returns where a value lies on their axis, from 0 to 1.
 * @param theme The page.
 */
export function ruleLabelViews(
  { definition, axis, column }: Rule,
  index: number,
  place: (cell: Cell) => number,
  theme: Theme,
): JsonObject[] {
  const { label } = definition;
  if (label === undefined) return [];
  const size = plotSize(theme), type = smallType(theme), gap = GAP * type;
  const width = estimateWidth(label, type);
  const extent = gap + (axis === "x" ? width : (DEPTH + HEIGHT) * type);
  const most = axis === "x" ? size.x / 2 : size.y / 2;
  if (width + gap > size.x - 2 * theme.tickLength || extent > most) {
    throw new Error(
      `Cannot draw the label ${JSON.stringify(label)} of a rule: it is too long for the plot. Shorten it.`,
    );
  }
  const sides: Record<"after" | "before", Cell[]> = { after: [], before: [] };
  let taken = -Infinity;
  const lines = column.cells.map((cell) => ({ cell, at: place(cell) * size[axis] })).sort((a, b) => a.at - b.at);
  for (const { cell, at } of lines) {
    if (!(at >= 0 && at <= size[axis])) continue;
    const side = at + extent + gap <= size[axis] ? "after" : "before";
    const [from, to] = side === "after" ? [at, at + extent] : [at - extent, at];
    if (from < taken) continue;
    taken = to;
    sides[side].push(cell);
  }
  const inset = theme.tickLength + gap;
  return (["after", "before"] as const).filter((side) => sides[side].length > 0).map((side) =>
    rimmedText(
      `${MARKED_UP}_${index}_${side}`,
      sides[side].map((cell) => ({ at: cell })),
      axis === "x" ? { x: { field: "at" }, y: { value: inset } } : { x: { value: "width" }, y: { field: "at" } },
      {
        text: label,
        ...axis === "x"
          ? { align: side === "after" ? "left" : "right", baseline: "top", dx: side === "after" ? gap : -gap }
          : side === "after"
          ? { align: "right", baseline: "alphabetic", dx: -inset, dy: -DEPTH * type }
          : { align: "right", baseline: "top", dx: -inset, dy: RIM * type },
      },
      theme,
    )
  );
}
