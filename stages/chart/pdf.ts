/**
 * Turns an SVG into a PDF for journals, with pdfkit behind a dynamic import so that a run that draws nothing never loads it.
 *
 * @module
 */

/**
 * Returns the bytes of a PDF of an SVG: vectors, embedded fonts, a page of exactly its size. The same SVG gives the same
 * bytes.
 *
 * @param svg An SVG of `renderSvg`.
 */
export async function renderPdf(svg: string): Promise<Uint8Array> {
  const { print } = await loadPrinter();
  return await print(svg);
}

/** Returns the libraries with their fonts, loaded when they are first needed. Their path is hidden from Deno, as Vega's is in `svg.ts`. */
export function loadPrinter(): Promise<typeof import("./printer.ts")> {
  return import("./printer.ts" as string);
}
