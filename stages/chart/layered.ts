/**
 * Several tables in one pair of axes: layers of a Vega-Lite view that share their scales, so that theory and data can be compared by eye.
 *
 * @module
 */
import { type ChartColumn, jointColumn } from "./column.ts";
import { type Colour, colourOf, dashesOf, type Second } from "./colour.ts";
import {
  type AskedDomains,
  type AxesView,
  extrasOf,
  type Layer,
  markOf,
  type PlainStyle,
  rowsOf,
  secondOf,
  stacks,
} from "./layer.ts";
import { isPicture, pictureUnits } from "./heat_map.ts";
import { isJsonObject, type JsonObject, mergeDeep } from "./merge.ts";
import { CATEGORY_COLOURS } from "./palette.ts";
import type { Axis } from "./position.ts";
import type { Theme } from "./theme.ts";

/** Layers without cases, laid over others, are drawn in these by turns. */
const PLAIN_COLOURS = ["#000000", "#7f7f7f"];

/** How several legends above a plot are set; an expression, as Vega-Lite's schema has no other form for it. */
const STACKED = { expr: "{top: {anchor: 'start', direction: 'vertical', margin: 6, offset: 4}}" };

/** The channels that tell cases apart. */
const CASE_CHANNELS = ["color", "strokeDash", "shape"];

/**
 * Returns the view of several layers. x and y stand at its top and belong to all; a column that colours several layers has
 * one scale and one legend, those of different columns have their own.
 *
 * @param layers The layers, the lowest first.
 * @param axes What they share of x and y.
 * @param asked The domains that the user's fragment asks for.
 * @param fragment The user's fragment: its mark goes to the lowest layer, its colours to all layers that have these.
 * @param theme The page.
 */
export function layeredView(
  layers: readonly Layer[],
  { x, y }: { readonly x: Axis; readonly y: Axis },
  asked: AskedDomains,
  fragment: JsonObject,
  theme: Theme,
): AxesView {
  const names = new Set(layers.flatMap(({ color }) => color === undefined ? [] : [color.name]));
  const colours = coloursOf(layers, names.size < 2, theme);
  const isPart = asked.x !== undefined || asked.y !== undefined;
  const encodingAsked = isJsonObject(fragment.encoding) ? fragment.encoding : {};
  const units = layers.flatMap((layer, i): JsonObject[] => {
    const [xPart, yPart] = [x.layers[i], y.layers[i]];
    if (xPart.end !== undefined && yPart.end !== undefined && isPicture(layer, fragment)) {
      return pictureUnits(layer, colours[i]!.encoding.color as JsonObject, { clip: isPart });
    }
    const transform = [...xPart.transform, ...yPart.transform];
    const channels: JsonObject = { ...colours[i]?.encoding, ...extrasOf(layer) };
    const mark = { ...markOf(layer, theme, styleOf(layers, i, theme)), ...isPart ? { clip: true } : {} };
    const patched = Object.entries(encodingAsked).filter(([channel]) =>
      channel !== "x" && channel !== "y" && (i === 0 || Object.hasOwn(channels, channel))
    );
    return [{
      data: { values: rowsOf(layer, asked) },
      ...transform.length === 0 ? {} : { transform },
      mark: i === 0 && isJsonObject(fragment.mark) ? mergeDeep(mark, fragment.mark) : mark,
      encoding: mergeDeep({
        x: { field: xPart.field },
        ...xPart.end === undefined ? {} : { x2: { field: xPart.end } },
        y: { field: yPart.field, ...stacks(layer) ? { stack: null } : {} },
        ...yPart.end === undefined ? {} : { y2: { field: yPart.end } },
        ...channels,
      }, Object.fromEntries(patched)),
    }];
  });
  const used = CASE_CHANNELS.filter((channel) =>
    units.some(({ encoding }) => Object.hasOwn(encoding as JsonObject, channel))
  );
  const independent = Object.fromEntries(used.map((channel) => [channel, "independent"]));
  return {
    view: {
      encoding: { x: x.shared, y: y.shared },
      layer: units,
      ...names.size < 2 ? {} : {
        resolve: { scale: independent },
        // One legend under the other, as side by side they would be wider than the column.
        ...theme.legend === "top" ? { config: { legend: { layout: STACKED } } } : {},
      },
    },
    legendHeight: colours.reduce((sum, colour) => sum + (colour?.height ?? 0), 0) +
      (theme.legend === "top" ? Math.max(0, names.size - 1) * Math.round(2 * theme.labelSize) : 0),
  };
}

/**
 * Returns the colours of each layer: one scale for a column, with one legend, that of the layer that shows most of its cases.
 * Where all colours are of one column Vega-Lite merges legends that are alike; scales of their own have legends of their own.
 */
function coloursOf(layers: readonly Layer[], isOneColumn: boolean, theme: Theme): (Colour | undefined)[] {
  const seconds = layers.map((layer) => layer.color === undefined ? undefined : sharedSecond(layers, layer));
  return layers.map((layer, i) => {
    if (layer.color === undefined) return undefined;
    const family = layers.flatMap(({ color }, j) => color?.name === layer.color!.name ? [j] : []);
    const joint = jointColumn(family.map((j) => layers[j].color as ChartColumn), "color");
    const speaker = family.find((j) => seconds[j] === "shape") ?? family.find((j) => seconds[j] !== "none") ??
      family[0];
    const colour = colourOf(joint, seconds[i]!, theme);
    if (i === speaker) return colour;
    const { legend } = colourOf(joint, seconds[speaker]!, theme).encoding.color as JsonObject;
    return { encoding: withLegend(colour.encoding, isOneColumn ? legend : null), height: 0 };
  });
}

/** Returns by what else than colour a layer tells its cases apart: lines that share their colours with others by nothing. */
function sharedSecond(layers: readonly Layer[], layer: Layer): Second {
  const second = secondOf(layer);
  const isShared = layers.some((other) => other !== layer && other.color?.name === layer.color?.name);
  return second === "dash" && isShared ? "line" : second;
}

/** Returns channels with another legend. */
function withLegend(encoding: JsonObject, legend: unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(encoding).map(([channel, definition]) => [channel, { ...definition as JsonObject, legend }]),
  );
}

/** Returns the style of a layer: lines of one colour column by their dashes, layers without colours in black and grey. */
function styleOf(layers: readonly Layer[], index: number, theme: Theme): PlainStyle {
  const { color, definition } = layers[index];
  const dashes = dashesOf(theme);
  const before = layers.slice(0, index).filter((other) => other.color?.name === color?.name);
  if (color !== undefined) {
    const lines = before.filter((other) => other.definition.mark === "line").length;
    return definition.mark === "line" ? { strokeDash: dashes[lines % dashes.length] } : {};
  }
  if (index === 0) return { color: CATEGORY_COLOURS[0] };
  const over = before.filter((other) => other !== layers[0]).length;
  return {
    color: PLAIN_COLOURS[over % PLAIN_COLOURS.length],
    strokeDash: dashes[Math.floor(over / PLAIN_COLOURS.length) % dashes.length],
  };
}
