/**
 * Small type inside the frame, with a white rim so that no line that it stands on makes it illegible.
 *
 * @module
 */
import type { JsonObject } from "./merge.ts";
import type { Theme } from "./theme.ts";

/** The name of text marks with the markup of titles, by which `typeset.ts` knows them in a drawing. */
export const MARKED_UP = "marked_up_text";

/** The name of text marks that are data and stand as they are. */
export const VERBATIM = "verbatim_text";

/** The height of capitals and digits in units of the type's size. */
export const CAPITAL = 0.73;

/** The width of the rim on either side of a letter in units of the type's size. */
export const RIM = 0.2;

/**
 * Returns the size of the type in px.
 *
 * @param theme The page.
 */
export function smallType({ labelSize }: Theme): number {
  return 0.9 * labelSize;
}

/**
 * Returns the view of texts: first their rims, then they themselves.
 *
 * @param name `MARKED_UP` or `VERBATIM`, with an end of its own where a frame has several, as Vega tells marks apart by names.
 * @param rows Their data.
 * @param encoding Where they stand, and what they say if the mark does not say it.
 * @param mark How they are set.
 * @param theme The page.
 */
export function rimmedText(
  name: string,
  rows: readonly JsonObject[],
  encoding: JsonObject,
  mark: JsonObject,
  theme: Theme,
): JsonObject {
  const fontSize = smallType(theme);
  const text = { type: "text", fontSize, ...mark };
  const rim = { color: "white", stroke: "white", strokeWidth: 2 * RIM * fontSize, strokeJoin: "round", aria: false };
  return {
    data: { values: rows },
    encoding,
    layer: [{ name: `${name}_rim`, mark: { ...text, ...rim } }, { name, mark: { ...text, color: "black" } }],
  };
}

/**
 * Returns a view whose text marks have names of their own, as Vega-Lite takes views of one name in two panels for one.
 *
 * @param view The view.
 * @param end What their names end in.
 */
export function withOwnNames(view: JsonObject, end: string): JsonObject {
  const { name, layer } = view;
  return {
    ...view,
    ...typeof name === "string" ? { name: `${name}_${end}` } : {},
    ...Array.isArray(layer) ? { layer: layer.map((part: JsonObject) => withOwnNames(part, end)) } : {},
  };
}
