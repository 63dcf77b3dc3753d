/**
 * Widths of text in the very font that draws it, because Vega's guess of 0.8 em a letter misplaces legends and titles.
 *
 * Loads two fonts: import it only from modules that are themselves loaded when a chart has to be drawn.
 *
 * @module
 */
import oblique from "dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf" with { type: "bytes" };
import regular from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf" with { type: "bytes" };
import { fontMetrics } from "./font_metrics.ts";
import { parseMarkup, SCRIPT_SIZE } from "./markup.ts";
import { markupRole } from "./typeset.ts";

/** What is used of a text item of Vega's scene graph. */
export interface TextItem {
  /** The size in px; 11 if it is not given. */
  readonly fontSize?: number;
  /** The width in px beyond which Vega cuts the text; none if 0. */
  readonly limit?: number;
  /** The text mark whose item it is, with its role and its name. */
  readonly mark?: { readonly role?: string; readonly name?: string };
}

const fonts = { upright: fontMetrics(regular), italic: fontMetrics(oblique) };

const widths = new Map<string, number>();

/** Returns the advance of a text in em, kerned as the renderers kern it. */
function advance(text: string, slope: keyof typeof fonts): number {
  const key = `${slope} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    width = fonts[slope].advance(text);
    widths.set(key, width);
  }
  return width;
}

/**
 * Returns the width in px of a line of text as it will be set: with its markup where the item's role has markup. Has the
 * form of `vega.textMetrics.width`.
 *
 * @param item The text item to which the line belongs.
 * @param line The line; null and undefined have no width.
 */
export function textWidth(item: TextItem, line: unknown): number {
  const text = line === null || line === undefined ? "" : String(line).trim();
  const size = item.fontSize ?? 11;
  const markup = markupRole(item.mark?.role, item.mark?.name);
  const runs = markup === undefined
    ? [{ text, shift: "none", italic: false }]
    : parseMarkup(text, { slant: markup === "slanted" });
  const width = runs.reduce(
    (sum, run) =>
      sum + advance(run.text, run.italic ? "italic" : "upright") * size * (run.shift === "none" ? 1 : SCRIPT_SIZE),
    0,
  );
  return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width;
}
