/**
 * The mark of a layer with its sizes, and what its encoding needs besides positions and colour.
 *
 * @module
 */
import { isCategorical } from "./column.ts";
import type { PointShape } from "./definition.ts";
import { isStroke, type Layer } from "./layer.ts";
import type { JsonObject } from "./merge.ts";
import { CATEGORY_COLOURS, STAR } from "./palette.ts";
import type { Theme } from "./theme.ts";

/** The shapes of points as Vega names them. */
const VEGA_SHAPES: Readonly<Record<PointShape, string>> = {
  star: STAR,
  circle: "circle",
  square: "square",
  diamond: "diamond",
  triangle: "triangle-up",
  cross: "cross",
};

/** How much wider a star is than other points. */
const STAR_WIDTH = 2.2;

/** The style of a layer that has no colours to tell cases apart. */
export interface PlainStyle {
  /** The colour. */
  readonly color?: string;
  /** The dashes of a line in px. */
  readonly strokeDash?: readonly number[];
}

/**
 * Returns a layer's mark with its sizes.
 *
 * @param layer The layer.
 * @param theme The page.
 * @param style What a layer is drawn in whose colours tell no cases apart.
 */
export function markOf(
  layer: Layer,
  theme: Theme,
  style: PlainStyle = {},
): JsonObject {
  const { definition: { mark, color, shape }, x, showsPoints } = layer;
  const { lineWidth } = theme;
  const own = color === undefined ? { color: style.color ?? CATEGORY_COLOURS[0] } : {};
  const dash = style.strokeDash === undefined || style.strokeDash.length === 0 ? {} : { strokeDash: style.strokeDash };
  switch (mark) {
    case "line": {
      // Vega-Lite hands the colour of a line on to none of its points.
      const point = { filled: true, size: pointWidth(layer, theme) ** 2, ...own };
      return { type: "line", strokeWidth: lineWidth, ...dash, ...showsPoints ? { point } : {}, ...own };
    }
    case "area":
      return { type: "area", fillOpacity: 0.25, line: { strokeWidth: lineWidth, ...own }, ...own };
    case "point":
      return {
        type: "point",
        filled: true,
        opacity: 1,
        ...shape === undefined ? {} : { shape: VEGA_SHAPES[shape] },
        size: pointWidth(layer, theme) ** 2,
        // Clouds of many points go without a spoken description of each.
        ...x.cells.length > 100 ? { aria: false } : {},
        ...own,
      };
    case "bar":
      return { type: "bar", ...own };
    case "rect":
      return { type: "rect", aria: false, ...own };
  }
}

/**
 * Returns the width in px of a layer's points: finer for clouds of many, and where they would hide short error bars.
 *
 * @param layer The layer.
 * @param theme The page.
 */
export function pointWidth({ definition: { mark, shape }, x, error }: Layer, { labelSize }: Theme): number {
  const rows = mark === "point" ? x.cells.length : 0;
  const isStar = shape === "star";
  const width = rows <= 100 ? (error === undefined || isStar ? 0.6 : 0.45) : rows <= 1000 ? 0.4 : 0.2;
  return width * labelSize * (isStar ? STAR_WIDTH : 1);
}

/**
 * Returns what else a layer's encoding needs besides positions and colour.
 *
 * @param layer The layer.
 */
export function extrasOf({ definition: { mark }, color, detail }: Layer): JsonObject {
  if (mark === "bar" && color !== undefined && isCategorical(color)) {
    return { xOffset: { field: color.field, scale: { domain: color.distinct }, sort: null } };
  }
  if (!isStroke(mark)) return {};
  // A colour scale alone does not make one line a value.
  const fields = [color, detail].flatMap((column) => column === undefined ? [] : [{ field: column.field }]);
  return fields.length === 0 ? {} : { detail: fields.length === 1 ? fields[0] : fields };
}

/**
 * Returns whether Vega-Lite would add a layer's rows up where they stand at one place.
 *
 * @param layer The layer.
 */
export function stacks({ definition: { mark } }: Layer): boolean {
  return mark === "area" || mark === "bar";
}
