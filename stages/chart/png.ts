/**
 * Turns an SVG into a PNG for print, with resvg behind a dynamic import so that a run that draws nothing never loads it.
 *
 * @module
 */

const WORD = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><g transform="translate(1,1)">` +
  `<path d="M0,0h9v9h-9Z" stroke="black" stroke-width="0.5" fill="none"/>` +
  `<text font-family="DejaVu Sans" font-size="7.5px" fill="black">−1 <tspan font-style="italic">μ</tspan></text></g></svg>`;

/**
 * Returns the bytes of a PNG of an SVG at 300 dots an inch (72 px of the SVG to the inch) on white. The same SVG gives the
 * same bytes on every machine, as the fonts are the project's own.
 *
 * @param svg An SVG of `renderSvg`.
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const { rasterize } = await import("./rasterizer.ts");
  return await rasterize(svg);
}

/** Loads the library with its fonts and has it draw a word, so that it is started and what any picture needs is compiled: most of what the first one takes. */
export async function prepareRasterizer(): Promise<void> {
  await renderPng(WORD);
}
