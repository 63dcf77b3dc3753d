/**
 * Axes with one slot a value, for labels and for bars, and how exact values are written.
 *
 * @module
 */
import { type AxisLayer, type Room, slotPadding } from "./axis_range.ts";
import { fittingTitle, ticksOutside } from "./axis_settings.ts";
import type { ChartColumn } from "./column.ts";
import { valueLabels } from "./notation.ts";
import type { Axis } from "./position.ts";
import { plotSize, type Theme } from "./theme.ts";
import { legendExponent } from "./ticks.ts";

/**
 * Returns the expression that labels exact values, or undefined where they stand for themselves.
 *
 * @param column A column of labels or of a few numbers.
 * @param exponent The power of ten over which numbers are written.
 */
export function caseLabels(column: ChartColumn, exponent: number): string | undefined {
  if (column.isNumeric) {
    // Twelve digits show a value as it was given and hide the rounding of its last bits; the minus is a real one.
    return `format(datum.value${exponent === 0 ? "" : ` / 1e${exponent}`}, '.12~g')`;
  }
  const labels = Object.entries(valueLabels(column.name)).filter(([value]) => column.distinct.includes(value));
  return labels.length === 0 ? undefined : `${JSON.stringify(Object.fromEntries(labels))}[datum.value] || datum.value`;
}

/**
 * Returns the axis of columns with one slot a value. Throws an Error if a layer lies between the slots.
 *
 * @param column All layers' values.
 * @param layers The columns with their use.
 * @param isCases Which layers have a slot for each of their values.
 * @param theme The page.
 * @param rooms What stands about values; slots of bars and cells have room enough or none to spare.
 */
export function axisOfCases(
  column: ChartColumn,
  layers: readonly AxisLayer[],
  isCases: readonly boolean[],
  theme: Theme,
  rooms: readonly Room[],
): Axis {
  const [{ use: { axis } }] = layers;
  const slots = new Set(layers.flatMap((layer, i) => isCases[i] ? layer.column.distinct : []));
  const between = column.distinct.find((value) => !slots.has(value));
  if (between !== undefined) {
    throw new Error(
      `Cannot draw ${axis}: one layer has a slot for each of the values ${
        [...slots].join(", ")
      }, and another one lies at ` +
        `${between}. Give both the same values or draw them as lines and points.`,
    );
  }
  if (layers.some(({ reach }) => reach !== undefined)) {
    throw new Error(`Cannot draw error bars: ${axis} has a slot for each value, between which there are no lengths.`);
  }
  const exponent = column.isNumeric ? legendExponent(column.distinct.map(Number)) : 0;
  const labelExpr = caseLabels(column, exponent);
  const isPoints = layers.every(({ use }) => use.kind === "scale" || use.kind === "reference");
  const count = column.distinct.length;
  const padding = isPoints ? slotPadding(count, rooms, plotSize(theme)[axis]) : 0.5;
  return {
    exponent,
    place: (cell) => {
      const slot = column.distinct.indexOf(cell);
      const upwards = axis === "y" && !column.isNumeric ? count - 1 - slot : slot;
      return slot < 0 ? NaN : (upwards + padding) / (count - 1 + 2 * padding);
    },
    shared: {
      type: column.isNumeric ? "ordinal" : "nominal",
      axis: {
        title: fittingTitle(column.notation, axis, exponent, theme),
        ...labelExpr === undefined ? {} : { labelExpr },
        labelAngle: 0,
        labelOverlap: true,
        ...isPoints ? {} : ticksOutside(theme),
      },
      // Vega-Lite runs cases down the y axis: right for labels, which are read downwards, but numbers grow upwards.
      scale: {
        domain: axis === "y" && column.isNumeric ? column.distinct.toReversed() : column.distinct,
        ...padding > 0.5 ? { padding } : {},
      },
      // The order is the domain's; without this Vega-Lite would sort the labels.
      sort: null,
    },
    layers: layers.map((layer) => ({ field: layer.column.field, transform: [] })),
  };
}
