/**
 * Several tables in one pair of axes: layers of a Vega-Lite view that share their scales, so that theory and data can be compared by eye.
 *
 * @module
 */
import { type Axes, type Drawing, isRule } from "./axes.ts";
import { type ChartColumn, jointColumn } from "./column.ts";
import { type Colour, colourOf, dashesOf, type Second } from "./colour.ts";
import { barUnits } from "./error_bars.ts";
import { isPicture, pictureUnits } from "./heat_map.ts";
import { type AxesView, type Layer, secondOf } from "./layer.ts";
import { type AskedDomains, rowsOf } from "./layer_rows.ts";
import { extrasOf, markOf, type PlainStyle, stacks } from "./mark.ts";
import { isJsonObject, type JsonObject, mergeDeep } from "./merge.ts";
import { CATEGORY_COLOURS } from "./palette.ts";
import { labelView } from "./point_labels.ts";
import { ruleUnit } from "./rule.ts";
import { ruleLabelViews } from "./rule_labels.ts";
import type { Theme } from "./theme.ts";

/** Layers without cases, laid over others, are drawn in these by turns. */
const PLAIN_COLOURS = ["#000000", "#7f7f7f"];

/** How several legends above a plot are set; an expression, as Vega-Lite's schema has no other form for it. */
const STACKED = { expr: "{top: {anchor: 'start', direction: 'vertical', margin: 6, offset: 4}}" };

/** The channels that tell cases apart. */
const CASE_CHANNELS = ["color", "strokeDash", "shape"];

/**
 * Returns the view of several layers. x and y stand at its top and belong to all; a column that colours several layers has
 * one scale and one legend, those of different columns have their own. Texts lie over everything else.
 *
 * @param drawings The layers, the lowest first.
 * @param axes What they share of x and y, and what is written at points.
 * @param asked The domains that the user's fragment asks for.
 * @param fragment The user's fragment: its mark goes to the lowest layer, its colours to all layers that have these.
 * @param theme The page.
 */
export function layeredView(
  drawings: readonly Drawing[],
  axes: Axes,
  asked: AskedDomains,
  fragment: JsonObject,
  theme: Theme,
): AxesView {
  const names = new Set(drawings.flatMap(({ color }) => color === undefined ? [] : [color.name]));
  const colours = coloursOf(drawings, names.size, theme);
  const clip = asked.x !== undefined || asked.y !== undefined;
  const encodingAsked = isJsonObject(fragment.encoding) ? fragment.encoding : {};
  const units = drawings.flatMap((drawing, i): JsonObject[] => {
    const { x, y } = axes.parts.get(drawing)!;
    const colour = colours[i]?.encoding ?? {};
    const markAsked = i === 0 && isJsonObject(fragment.mark) ? fragment.mark : {};
    const patched = (channels: JsonObject): JsonObject => {
      const asked = Object.entries(encodingAsked).filter(([channel]) =>
        channel !== "x" && channel !== "y" && (i === 0 || Object.hasOwn(channels, channel))
      );
      return mergeDeep(channels, Object.fromEntries(asked));
    };
    if (isRule(drawing)) return [mergeDeep(ruleUnit(drawing, patched(colour), { clip }, theme), { mark: markAsked })];
    if (x?.end !== undefined && y?.end !== undefined && isPicture(drawing, fragment)) {
      return pictureUnits(drawing, colour.color as JsonObject, { clip });
    }
    const transform = [...x?.transform ?? [], ...y?.transform ?? []];
    const style = styleOf(drawings, i, theme);
    const mark = mergeDeep({ ...markOf(drawing, theme, style), ...clip ? { clip } : {} }, markAsked);
    const unit = {
      mark,
      encoding: {
        x: { field: x?.field },
        ...x?.end === undefined ? {} : { x2: { field: x.end } },
        y: { field: y?.field, ...stacks(drawing) ? { stack: null } : {} },
        ...y?.end === undefined ? {} : { y2: { field: y.end } },
        ...patched({ ...colour, ...extrasOf(drawing) }),
      },
    };
    const data = { data: { values: rowsOf(drawing, asked) }, ...transform.length === 0 ? {} : { transform } };
    if (drawing.error === undefined) return [{ ...data, ...unit }];
    // Bars and points are one view in a view, so that they share their colours and the legend whatever else there is.
    const { color } = unit.encoding as JsonObject;
    const look = color === undefined
      ? { mark: { color: mark.color }, encoding: {} }
      : { mark: {}, encoding: { color } };
    return [{ ...data, layer: [...barUnits(drawing, look, { clip }, theme), unit] }];
  });
  const texts = [
    ...drawings.flatMap((drawing, i) =>
      isRule(drawing) ? ruleLabelViews(drawing, i, axes[drawing.axis].place, theme) : []
    ),
    ...axes.labels.length === 0 ? [] : [labelView(axes.labels, axes.isUpright, theme)],
  ];
  const used = CASE_CHANNELS.filter((channel) =>
    colours.some((colour) => colour !== undefined && Object.hasOwn(colour.encoding, channel))
  );
  const independent = Object.fromEntries(used.map((channel) => [channel, "independent"]));
  return {
    view: {
      encoding: { x: axes.x.shared, y: axes.y.shared },
      layer: [...units, ...texts],
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
function coloursOf(layers: readonly Drawing[], columns: number, theme: Theme): (Colour | undefined)[] {
  const seconds = layers.map((layer) => layer.color === undefined ? undefined : sharedSecond(layers, layer));
  return layers.map((layer, i) => {
    if (layer.color === undefined) return undefined;
    const family = layers.flatMap(({ color }, j) => color?.name === layer.color!.name ? [j] : []);
    const joint = jointColumn(family.map((j) => layers[j].color as ChartColumn), "color");
    const speaker = family.find((j) => seconds[j] === "shape") ?? family.find((j) => seconds[j] !== "none") ??
      family[0];
    const colour = colourOf(joint, seconds[i]!, theme, columns);
    if (i === speaker) return colour;
    const { legend } = colourOf(joint, seconds[speaker]!, theme, columns).encoding.color as JsonObject;
    return { encoding: withLegend(colour.encoding, columns < 2 ? legend : null), height: 0 };
  });
}

/** Returns by what else than colour a layer tells its cases apart: lines that share their colours with others by nothing. */
function sharedSecond(layers: readonly Drawing[], layer: Drawing): Second {
  if (isRule(layer)) return "line";
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
function styleOf(drawings: readonly Drawing[], index: number, theme: Theme): PlainStyle {
  const isPlot = (drawing: Drawing): drawing is Layer => !isRule(drawing);
  const layers = drawings.filter(isPlot), layer = drawings[index];
  const dashes = dashesOf(theme);
  const before = drawings.slice(0, index).filter(isPlot).filter(({ color }) => color?.name === layer.color?.name);
  if (layer.color !== undefined) {
    const lines = before.filter(({ definition }) => definition.mark === "line").length;
    return layer.definition.mark === "line" ? { strokeDash: dashes[lines % dashes.length] } : {};
  }
  // The first category's colour would be taken for that category.
  const isAmongColours = layers.some(({ color }) => color !== undefined);
  if (layer === layers[0]) return { color: isAmongColours ? PLAIN_COLOURS[0] : CATEGORY_COLOURS[0] };
  const over = before.filter((other) => other !== layers[0]).length;
  return {
    color: PLAIN_COLOURS[over % PLAIN_COLOURS.length],
    strokeDash: dashes[Math.floor(over / PLAIN_COLOURS.length) % dashes.length],
  };
}
