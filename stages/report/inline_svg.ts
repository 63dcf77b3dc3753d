/**
 * A chart's SVG made ready to stand in a page among others: names of its own, nothing fetched, and one description for those who do not see it.
 *
 * @module
 */
import { Html, markup } from "./html.ts";

/** What may stay of references: parts of the drawing itself, and images that are inside it. */
const INSIDE = /^(?:#|data:image\/)/;

/**
 * A drawing as part of a page.
 *
 * @param svg An SVG of the stage `chart`, whose attributes are all in double quotes with `<` and `>` escaped.
 * @param name The chart's name, unique in the page: ids of clip paths and gradients begin with it.
 * @param label What the chart shows, in words.
 * @returns The `svg` element. References to anything outside the drawing are left out: a fragment of Vega-Lite may put links and images of the network into it.
 * @throws {Error} If the text is no SVG with a width.
 */
export function inlineSvg(svg: string, name: string, label: string): Html {
  const width = /^<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1];
  if (width === undefined) throw new Error(`Cannot put the chart ${name} into the report: its SVG has no width`);
  const text = svg.replaceAll(/<[a-zA-Z][^<>]*>/g, (tag) => {
    const own = tag
      .replaceAll(/ (?:xlink:)?href="([^"]*)"/g, (_, target: string) => INSIDE.test(target) ? ` href="${target}"` : "")
      .replaceAll(/ (?:xmlns(?::[a-z]+)?|version)="[^"]*"/g, "")
      .replaceAll(/ href="#([^"]*)"/g, ` href="#${name}-$1"`)
      .replaceAll(/ [a-zA-Z:-]+="[^"]*url\((?!#)[^"]*"/gi, "")
      .replaceAll(/ id="([^"]*)"/g, ` id="${name}-$1"`)
      .replaceAll(/url\(#([^()"]*)\)/g, `url(#${name}-$1)`);
    if (!own.startsWith("<svg")) return own;
    // Its size on paper is exact; a screen shows it larger, and the page's style does both from this number.
    return markup`<svg role="img" aria-label="${label}" style="--width: ${width}"`.text + own.slice("<svg".length);
  });
  return new Html(text);
}
