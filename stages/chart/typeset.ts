/**
 * Sets the markup of titles in an SVG as raised, lowered and slanted `<tspan>`s, because SVG and Vega have no mathematics.
 *
 * @module
 */
import { parseMarkup, SCRIPT_SIZE } from "./markup.ts";
import { MARKED_UP, VERBATIM } from "./text_marks.ts";

/** How far an index is lowered and a power raised, in em of the line. */
const SHIFT = { none: 0, sub: 0.2, super: -0.36 } as const;

/**
 * Returns how the text of a Vega role is marked up: `slanted` with variables in italics, `upright` without, or undefined
 * for labels, which are data and are shown as they are.
 *
 * @param role The role of a text mark, such as `axis-title`; one that a chart writes inside its frame has the role `mark`.
 * @param name The name of the text mark: those that begin as `MARKED_UP` are titles, those as `VERBATIM` labels.
 */
export function markupRole(role: string | undefined, name = ""): "slanted" | "upright" | undefined {
  if (role === "axis-title" || role === "legend-title" || name.startsWith(MARKED_UP)) return "slanted";
  if (name.startsWith(VERBATIM)) return undefined;
  if (role === "title-text" || role === "title-subtitle" || role === "mark") return "upright";
  return undefined;
}

/**
 * Returns a Vega SVG with the markup in its titles typeset. Everything but the contents of marked-up texts is kept as it is.
 *
 * @param svg What `vega.View.toSVG` returned.
 */
export function typeset(svg: string): string {
  const group = /<g class="mark-text role-([a-z-]+)(?: ([^" ]*))?[^>]*>.*?<\/g>/gs;
  return svg.replace(group, (texts, role: string, name: string | undefined) => {
    const markup = markupRole(role, name);
    if (markup === undefined) return texts;
    return texts.replace(
      /<text [^>]*font-size="([0-9.]+)px"[^>]*>.*?<\/text>/gs,
      (element: string, size: string) => setElement(element, Number(size), markup === "slanted"),
    );
  });
}

/** Returns a text element, of one line or with a tspan a line, with its contents typeset. */
function setElement(element: string, size: number, slant: boolean): string {
  // What a line that ends in an index leaves the next one to make good.
  let baseline = 0;
  return element.replace(/(?: dy="([0-9.]+)")?>([^<]+)</g, (_, lineHeight: string | undefined, content: string) => {
    const line = lineHeight === undefined ? "" : ` dy="${round(Number(lineHeight) - baseline)}"`;
    baseline = 0;
    let out = "";
    for (const run of parseMarkup(unescape(content), { slant })) {
      const height = SHIFT[run.shift] * size;
      const attributes = [
        height === baseline ? "" : ` dy="${round(height - baseline)}"`,
        run.shift === "none" ? "" : ` font-size="${round(SCRIPT_SIZE * size)}px"`,
        run.italic ? ` font-style="italic"` : "",
      ].join("");
      baseline = height;
      out += attributes === "" ? escape(run.text) : `<tspan${attributes}>${escape(run.text)}</tspan>`;
    }
    return `${line}>${out}<`;
  });
}

function round(px: number): number {
  return Math.round(px * 1000) / 1000;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function unescape(xml: string): string {
  return xml.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
