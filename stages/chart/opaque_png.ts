/**
 * Writes the pixels of a whole chart as PNG: charts have few colours and large areas of one, which takes a tenth of the time and a third of the bytes that a library for
 * pictures of any kind takes.
 *
 * @module
 */
import { plainRows, pngFile } from "./png_file.ts";

/** What resvg gives, and what is written: red, green, blue and opacity, and the same without that. */
const RGBA = 4, RGB = 3;

/** The colours of a palette. */
const MOST_COLOURS = 256;

/** The filter by the neighbours' best guess. */
const PAETH = 4;

/** Beyond so many bytes a pixel a picture without filters may be a photograph. */
const MUCH = 0.25;

/**
 * Returns the bytes of a PNG with exactly these pixels: with a palette if there are at most 256 colours, of true colours otherwise. The same pixels give the same bytes.
 *
 * Throws a RangeError if there are not four bytes a pixel, or if a pixel is not opaque.
 *
 * @param width The pixels of a row.
 * @param height The rows.
 * @param pixels Red, green, blue and opacity of each pixel from 0 to 255, row by row from the top.
 * @param dots The dots to the inch.
 */
export function opaquePng(width: number, height: number, pixels: Uint8Array, dots: number): Uint8Array {
  if (pixels.length !== RGBA * width * height) {
    throw new RangeError(
      `Cannot write a picture: ${pixels.length} bytes for ${width} by ${height} pixels. Give four bytes a pixel.`,
    );
  }
  return palettePng(width, height, pixels, dots) ?? truecolourPng(width, height, pixels, dots);
}

/** Returns the PNG with a palette, in the order in which colours are met; undefined if there are too many. */
function palettePng(width: number, height: number, pixels: Uint8Array, dots: number): Uint8Array | undefined {
  const count = width * height;
  const indices = new Uint8Array(count), colours = new Uint8Array(RGB * MOST_COLOURS);
  const known = new Map<number, number>();
  let last = -1, index = 0;
  for (let i = 0, at = 0; i < count; i++, at += RGBA) {
    const colour = pixels[at] | pixels[at + 1] << 8 | pixels[at + 2] << 16;
    if (pixels[at + 3] !== 255) throw transparent(i % width, Math.floor(i / width), pixels[at + 3]);
    // Neighbours mostly have one colour.
    if (colour !== last) {
      const place = known.get(colour) ?? known.size;
      if (place === MOST_COLOURS) return undefined;
      if (place === known.size) {
        known.set(colour, place);
        colours.set(pixels.subarray(at, at + RGB), RGB * place);
      }
      last = colour;
      index = place;
    }
    indices[i] = index;
  }
  const palette = { colours: colours.subarray(0, RGB * known.size) };
  return pngFile({ width, height, rows: plainRows(indices, width), palette, dots });
}

/**
 * Returns the PNG of true colours. Filters hide repetitions, which charts are made of, heat maps with sharp cells included; so rows are filtered only where hardly
 * anything repeats and a filter makes the file smaller.
 */
function truecolourPng(width: number, height: number, pixels: Uint8Array, dots: number): Uint8Array {
  const colours = opaqueColours(width, pixels);
  const plain = pngFile({ width, height, rows: plainRows(colours, RGB * width), dots });
  if (plain.length <= MUCH * width * height) return plain;
  const filtered = pngFile({ width, height, rows: paethRows(colours, RGB * width), dots });
  return filtered.length < plain.length ? filtered : plain;
}

/** Returns red, green and blue of all pixels. */
function opaqueColours(width: number, pixels: Uint8Array): Uint8Array {
  const colours = new Uint8Array(pixels.length / RGBA * RGB);
  for (let from = 0, to = 0; from < pixels.length; from += RGBA, to += RGB) {
    colours[to] = pixels[from];
    colours[to + 1] = pixels[from + 1];
    colours[to + 2] = pixels[from + 2];
    if (pixels[from + 3] !== 255) {
      const pixel = from / RGBA;
      throw transparent(pixel % width, Math.floor(pixel / width), pixels[from + 3]);
    }
  }
  return colours;
}

/** Returns rows whose bytes are what is missing to the closest of the neighbours on the left, above, and left above to their plane (PNG, filter 4). */
function paethRows(bytes: Uint8Array, rowBytes: number): Uint8Array {
  const height = bytes.length / rowBytes;
  const rows = new Uint8Array((rowBytes + 1) * height);
  for (let row = 0, to = 0; row < height; row++) {
    rows[to++] = PAETH;
    for (let column = 0, at = row * rowBytes; column < rowBytes; column++, at++) {
      const left = column < RGB ? 0 : bytes[at - RGB];
      const above = row === 0 ? 0 : bytes[at - rowBytes];
      const corner = column < RGB || row === 0 ? 0 : bytes[at - rowBytes - RGB];
      const byLeft = Math.abs(above - corner), byAbove = Math.abs(left - corner);
      const byCorner = Math.abs(left + above - 2 * corner);
      const guess = byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
      rows[to++] = bytes[at] - guess;
    }
  }
  return rows;
}

function transparent(column: number, row: number, opacity: number): RangeError {
  return new RangeError(
    `Cannot write a picture: the pixel at ${column}, ${row} has the opacity ${opacity} of 255. Draw on an opaque background.`,
  );
}
