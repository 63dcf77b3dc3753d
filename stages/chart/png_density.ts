/**
 * Writes into a PNG how many dots it has to the inch, without which LaTeX and word processors take it for four times its size.
 *
 * @module
 */
import { crc32 } from "node:zlib";

/** The bytes of the signature and of the IHDR chunk, after which a pHYs chunk may stand. */
const HEADER = 8 + 25;

/**
 * Returns a PNG with a pHYs chunk that gives its density. Throws an Error if the bytes are not those of a PNG.
 *
 * @param png The bytes of a PNG without such a chunk.
 * @param dots The dots to the inch.
 */
export function withDensity(png: Uint8Array, dots: number): Uint8Array {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (png.length < HEADER || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) {
    throw new Error("Cannot set the density of a picture: it does not begin as a PNG does. Give the bytes of a PNG.");
  }
  const dotsPerMetre = Math.round(dots / 0.0254);
  const chunk = new Uint8Array(21);
  const fields = new DataView(chunk.buffer);
  fields.setUint32(0, 9);
  fields.setUint32(4, 0x70485973);
  fields.setUint32(8, dotsPerMetre);
  fields.setUint32(12, dotsPerMetre);
  fields.setUint8(16, 1);
  fields.setUint32(17, crc32(chunk.subarray(4, 17)));
  const out = new Uint8Array(png.length + chunk.length);
  out.set(png.subarray(0, HEADER));
  out.set(chunk, HEADER);
  out.set(png.subarray(HEADER), HEADER + chunk.length);
  return out;
}
