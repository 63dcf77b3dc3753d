/**
 * Turns an SVG into a PNG for print, with resvg behind a dynamic import so that a run that draws nothing never loads it.
 *
 * @module
 */

/**
 * Returns the bytes of a PNG of an SVG at 300 dots an inch (72 px of the SVG to the inch) on white. The same SVG gives the
 * same bytes on every machine, as the fonts are the project's own.
 *
 * @param svg An SVG of `renderSvg`.
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const { rasterize } = await loadRasterizer();
  return await rasterize(svg);
}

/** Loads resvg and the fonts. The path is hidden from Deno, as Vega's is in `svg.ts`. */
function loadRasterizer(): Promise<typeof import("./rasterizer.ts")> {
  return import("./rasterizer.ts" as string);
}
