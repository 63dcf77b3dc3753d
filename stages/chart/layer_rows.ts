/**
 * The rows of a layer as a spec holds them: the columns that are drawn, in full precision, and the ends of error bars.
 *
 * @module
 */
import type { Cell } from "../aggregate/table.ts";
import { barEnds } from "./error_bars.ts";
import type { Layer } from "./layer.ts";
import type { Range } from "./ticks.ts";

/** The ranges of x and y that a user's fragment of Vega-Lite asks for. */
export type AskedDomains = Readonly<Record<"x" | "y", Range | undefined>>;

/**
 * Returns the rows of a layer as objects, a gap for what is no finite number, as JSON has no other way to say it. Points
 * outside the asked domains are left out; a line is seen as far as the frame, from points beyond it.
 *
 * @param layer The layer.
 * @param asked The domains that are shown.
 */
export function rowsOf(layer: Layer, asked: AskedDomains): Record<string, Cell | null>[] {
  const { x, y, color, detail, error } = layer;
  const used = [x, y, color, detail, error].filter((column) => column !== undefined);
  return visibleRows(layer, asked).map((row) => ({
    ...Object.fromEntries(used.map(({ name, cells }) => [name, finite(cells[row])])),
    ...error === undefined ? {} : barEnds(y.cells[row], error.cells[row]),
  }));
}

/**
 * Returns the rows of a layer that are seen, counted from 0.
 *
 * @param layer The layer.
 * @param asked The domains that are shown.
 */
export function visibleRows({ definition, x, y }: Layer, asked: AskedDomains): number[] {
  const limits = definition.mark !== "point" ? [] : (["x", "y"] as const).flatMap((position) => {
    const domain = asked[position];
    return domain === undefined ? [] : [{ cells: (position === "x" ? x : y).cells, domain }];
  });
  const isVisible = (row: number): boolean =>
    limits.every(({ cells, domain: [least, most] }) => {
      const cell = cells[row];
      return typeof cell !== "number" || (cell >= least && cell <= most);
    });
  return [...x.cells.keys()].filter(isVisible);
}

/** Returns a cell, or null where it is a number that is not finite. */
function finite(cell: Cell): Cell | null {
  return typeof cell === "number" && !Number.isFinite(cell) ? null : cell;
}
