/**
 * Error bars: a line from y − error to y + error with a cap at either end, drawn under the point that it belongs to.
 *
 * @module
 */
import type { Cell } from "../aggregate/table.ts";
import type { Room } from "./axis_range.ts";
import type { Layer } from "./layer.ts";
import type { JsonObject } from "./merge.ts";
import type { Theme } from "./theme.ts";
import { extent, type Range } from "./ticks.ts";

/** The fields of a bar's ends. */
const [FROM, TO] = ["error_from", "error_to"];

/** The length of a cap in units of the size of labels. */
const CAP = 0.75;

/**
 * Returns the ends of a bar as members of a row; null where there is no bar, as a value or its error is no finite number.
 *
 * @param y The value.
 * @param error Half the bar's length.
 */
export function barEnds(y: Cell, error: Cell): Record<string, number | null> {
  const [from, to] = [Number(y) - Number(error), Number(y) + Number(error)];
  return Number.isFinite(from) && Number.isFinite(to) ? { [FROM]: from, [TO]: to } : { [FROM]: null, [TO]: null };
}

/**
 * Returns the range of a layer's values with their bars; undefined if it has no bars.
 *
 * @param layer The layer.
 */
export function reachOf({ y, error }: Layer): Range | undefined {
  if (error === undefined) return undefined;
  const ends = y.cells.flatMap((cell, row) => Object.values(barEnds(cell, error.cells[row])));
  return extent([...y.cells, ...ends].filter((end) => typeof end === "number"));
}

/**
 * Returns the room that the caps of a layer's bars need along x; none if it has no bars.
 *
 * @param layer The layer.
 * @param theme The page.
 */
export function capRooms({ x, error }: Layer, { labelSize }: Theme): Room[] {
  const half = (CAP / 2 + 0.1) * labelSize;
  return error === undefined ? [] : x.distinct.map((value) => ({ value, before: half, after: half }));
}

/**
 * Returns the units of a layer's bars, in the order in which they are drawn; their data are the rows of `rowsOf`.
 *
 * @param layer The layer.
 * @param look The colour of all bars, or the channel that colours each.
 * @param options `clip`: whether they are cut off at the frame.
 * @param theme The page.
 */
export function barUnits(
  { x }: Layer,
  look: { readonly mark: JsonObject; readonly encoding: JsonObject },
  options: { readonly clip: boolean },
  { labelSize, lineWidth }: Theme,
): JsonObject[] {
  const line = { strokeWidth: 0.7 * lineWidth, aria: false, ...look.mark, ...options.clip ? { clip: true } : {} };
  const unit = (mark: JsonObject, y: JsonObject): JsonObject => ({
    transform: [{ filter: `isValid(datum.${FROM})` }],
    mark: { ...mark, ...line },
    encoding: { x: { field: x.field }, ...y, ...look.encoding },
  });
  // A symbol, as Vega-Lite's own ticks are rectangles, which are set on whole px.
  const cap = { type: "point", shape: "stroke", filled: false, opacity: 1, size: (CAP * labelSize) ** 2 };
  return [
    unit({ type: "rule" }, { y: { field: FROM }, y2: { field: TO } }),
    unit(cap, { y: { field: FROM } }),
    unit(cap, { y: { field: TO } }),
  ];
}
