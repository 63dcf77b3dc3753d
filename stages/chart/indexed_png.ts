/**
 * Writes pictures with a palette as PNG: a large heat map is a few kilobytes of these, and megabytes of rectangles.
 *
 * @module
 */
import { plainRows, pngFile } from "./png_file.ts";

/** The index of the pixels that nothing is drawn in. */
export const CLEAR = 255;

/** The colours that a palette has beside that. */
export const SHADES = 255;

/**
 * Returns the bytes of a PNG. Throws a RangeError if there is not one index a pixel.
 *
 * @param width The pixels of a row.
 * @param height The rows.
 * @param indices The palette's index of each pixel, row by row from the top; `CLEAR` leaves it transparent.
 * @param palette The colours as [red, green, blue] from 0 to 255, at most `SHADES`.
 */
export function indexedPng(
  width: number,
  height: number,
  indices: Uint8Array,
  palette: readonly (readonly [number, number, number])[],
): Uint8Array {
  if (indices.length !== width * height || palette.length > SHADES) {
    throw new RangeError(
      `Cannot write a picture: ${indices.length} pixels for ${width} by ${height}, ${palette.length} colours. ` +
        `Give one index a pixel and at most ${SHADES} colours.`,
    );
  }
  const colours = new Uint8Array(3 * (CLEAR + 1));
  palette.forEach((colour, i) => colours.set(colour, 3 * i));
  const opacities = new Uint8Array(CLEAR + 1).fill(255);
  opacities[CLEAR] = 0;
  return pngFile({ width, height, rows: plainRows(indices, width), palette: { colours, opacities } });
}
