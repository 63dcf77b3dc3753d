/**
 * Writes pictures with a palette as PNG: a large heat map is a few kilobytes of these, and megabytes of rectangles.
 *
 * @module
 */
import { crc32, deflateSync } from "node:zlib";

/** The index of the pixels that nothing is drawn in. */
export const CLEAR = 255;

/** The colours that a palette has beside that. */
export const SHADES = 255;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

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
  const header = new Uint8Array(13);
  const fields = new DataView(header.buffer);
  fields.setUint32(0, width);
  fields.setUint32(4, height);
  // Eight bits a pixel, by palette.
  header.set([8, 3], 8);
  const colours = new Uint8Array(3 * (CLEAR + 1));
  palette.forEach((colour, i) => colours.set(colour, 3 * i));
  const opacities = new Uint8Array(CLEAR + 1).fill(255);
  opacities[CLEAR] = 0;
  // Each row begins with the number of its filter: none, which is best for palettes.
  const rows = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row++) {
    rows.set(indices.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  const chunks = [
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("tRNS", opacities),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  ];
  const out = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of chunks) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Returns a chunk: its length, type, data and checksum. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 12);
  const fields = new DataView(out.buffer);
  fields.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) out[4 + i] = type.charCodeAt(i);
  out.set(data, 8);
  fields.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}
