/**
 * Rids Vega's SVG of what print has no use for: digits below a thousandth of a px, defaults spelt out, seams in heat maps.
 *
 * @module
 */

/**
 * Returns an SVG with its coordinates to 0.001 px, its colours as #rrggbb, no attributes that say what holds anyway, and the
 * cells of heat maps set without antialiasing, which would leave light seams between them.
 *
 * @param svg What `vega.View.toSVG` returned.
 */
export function tidySvg(svg: string): string {
  return svg.replaceAll(/<[a-z][^<>]*>/g, (tag) => {
    const isStroked = tag.includes(` stroke="`);
    return tag
      .replaceAll(/ (?:d|transform|x2|y2|x|y|width|height|stroke-dasharray)="[^"]*"/g, roundNumbers)
      .replaceAll(
        /"rgb\((\d+), (\d+), (\d+)\)"/g,
        (_, ...channels: string[]) =>
          `"#${channels.slice(0, 3).map((channel) => Number(channel).toString(16).padStart(2, "0")).join("")}"`,
      )
      .replace(` opacity="1"`, "")
      .replace(` stroke-dasharray=""`, "")
      .replace(/ stroke-width="[^"]*"/, (width) => isStroked ? width : "")
      .replace(/^<g class="mark-rect role-mark/, `<g shape-rendering="crispEdges" class="mark-rect role-mark`);
  });
}

/** Returns an attribute with its numbers to 0.001. */
function roundNumbers(attribute: string): string {
  return attribute.replaceAll(
    /\d+\.\d{4,}(?:e-\d+)?|\d+(?:\.\d+)?e-\d+/g,
    (number) => String(Math.round(Number(number) * 1000) / 1000),
  );
}
