/**
 * Heat maps of many cells as one picture: as many rectangles would make drawings of megabytes that viewers choke on.
 *
 * @module
 */
import { evenSpacing, isCategorical } from "./column.ts";
import { CLEAR, indexedPng, SHADES } from "./indexed_png.ts";
import type { Layer } from "./layer.ts";
import { isJsonObject, type JsonObject } from "./merge.ts";
import { VIRIDIS } from "./palette.ts";
import type { Range } from "./ticks.ts";

/** Up to so many cells are drawn one by one. */
const MOST_RECTANGLES = 4096;

/**
 * Returns whether a layer is drawn as a picture: a map of many cells of one size, coloured by a quantity, of which the user's
 * fragment changes nothing that a picture could not follow.
 *
 * @param layer The layer.
 * @param fragment The user's fragment of Vega-Lite.
 */
export function isPicture({ definition: { mark }, x, y, color }: Layer, fragment: JsonObject): boolean {
  const count = x.cells.length;
  // Cells strewn over a wide grid would make a picture of mostly nothing.
  if (mark !== "rect" || count <= MOST_RECTANGLES || x.distinct.length * y.distinct.length > 4 * count) return false;
  return evenSpacing(x) !== undefined &&
    evenSpacing(y) !== undefined && color !== undefined && !isCategorical(color) && leavesCells(fragment);
}

/**
 * Returns the layers of a picture: the picture itself, and one that shows nothing but has the colour scale and its legend.
 *
 * @param layer A layer that `isPicture` holds for.
 * @param color The channel `color` of the layer.
 * @param options `clip`: whether the picture is cut off at the frame.
 */
export function pictureUnits(layer: Layer, color: JsonObject, { clip }: { readonly clip: boolean }): JsonObject[] {
  const { x, y } = layer;
  const [left, right] = edges(layer, "x"), [bottom, top] = edges(layer, "y");
  // That of all layers that share the colour.
  const domain = (color.scale as { domain: Range }).domain;
  const url = `data:image/png;base64,${pictureOf(layer, domain).toBase64()}`;
  return [
    {
      data: { values: [{ x_from: left, x_to: right, y_from: bottom, y_to: top }] },
      mark: { type: "image", aria: false, url, aspect: false, smooth: false, ...clip ? { clip } : {} },
      encoding: { x: { field: "x_from" }, x2: { field: "x_to" }, y: { field: "y_from" }, y2: { field: "y_to" } },
    },
    {
      data: {
        values: domain.map((value) => ({ [x.name]: x.range![0], [y.name]: y.range![0], [layer.color!.name]: value })),
      },
      mark: { type: "point", filled: true, opacity: 1, size: 0, aria: false },
      encoding: { x: { field: x.field }, y: { field: y.field }, color },
    },
  ];
}

/** Returns the outer edges of a map's cells. */
function edges(layer: Layer, axis: "x" | "y"): Range {
  const column = layer[axis];
  const [low, high] = column.range!, half = evenSpacing(column)! / 2;
  return [low - half, high + half];
}

/** Returns the PNG of a map, one pixel a cell, the greatest y on top; a cell without a finite value is clear. */
function pictureOf({ x, y, color }: Layer, [least, most]: Range): Uint8Array {
  const width = x.distinct.length, height = y.distinct.length;
  const [left] = x.range!, [bottom] = y.range!;
  const across = evenSpacing(x)!, up = evenSpacing(y)!;
  const indices = new Uint8Array(width * height).fill(CLEAR);
  color!.cells.forEach((cell, row) => {
    const column = Math.round((Number(x.cells[row]) - left) / across);
    const line = height - 1 - Math.round((Number(y.cells[row]) - bottom) / up);
    const part = most > least ? (Number(cell) - least) / (most - least) : 0.5;
    const isPlace = Number.isInteger(column) && Number.isInteger(line) && Number.isFinite(part);
    if (isPlace) indices[line * width + column] = Math.round(Math.min(1, Math.max(0, part)) * (SHADES - 1));
  });
  return indexedPng(width, height, indices, Array.from({ length: SHADES }, (_, i) => viridis(i / (SHADES - 1))));
}

/**
 * Returns a colour of the scale `viridis` as [red, green, blue], as Vega interpolates it.
 *
 * @param part Where on the scale, from 0 to 1.
 */
export function viridis(part: number): [number, number, number] {
  const last = VIRIDIS.length - 1;
  const below = Math.min(last - 1, Math.floor(part * last));
  const rest = part * last - below;
  const channel = (i: number): number => {
    const [from, to] = [VIRIDIS[below], VIRIDIS[below + 1]].map((hex) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16));
    return Math.round(from * (1 - rest) + to * rest);
  };
  return [channel(0), channel(1), channel(2)];
}

/** Returns whether a fragment leaves cells where they are: all that it may change of the encoding is axes and ascending domains. */
function leavesCells({ mark, encoding = {} }: JsonObject): boolean {
  if (mark !== undefined || !isJsonObject(encoding)) return false;
  return Object.entries(encoding).every(([channel, definition]) => {
    if ((channel !== "x" && channel !== "y") || !isJsonObject(definition)) return false;
    const { axis: _axis, scale = {}, ...rest } = definition;
    if (Object.keys(rest).length > 0 || !isJsonObject(scale)) return false;
    const { domain = [0, 1], ...others } = scale;
    const isAscending = Array.isArray(domain) && domain.length === 2 && Number(domain[0]) < Number(domain[1]);
    return Object.keys(others).length === 0 && isAscending;
  });
}
