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
  const words = wordsOf(pixels), indices = new Uint8Array(words.length);
  const known = new Map<number, number>();
  let last: number | undefined, index = 0;
  // Little is done for a pixel like the one before, as most are: when a chart is drawn V8 has not had the time to compile this.
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word !== last) {
      index = known.get(word) ?? known.size;
      if (index === MOST_COLOURS) return undefined;
      if (index === known.size) {
        assertOpaque(pixels, i, width);
        known.set(word, index);
      }
      last = word;
    }
    indices[i] = index;
  }
  const colours = Uint8Array.from([...known.keys()].flatMap((word) => [word & 255, word >> 8 & 255, word >> 16 & 255]));
  return pngFile({ width, height, rows: plainRows(indices, width), palette: { colours }, dots });
}

/** Returns pixels as one number each, the red in its lowest byte, as all processors have it that Deno runs on. */
function wordsOf(pixels: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = pixels.byteOffset % RGBA === 0 ? pixels : pixels.slice();
  return new Uint32Array(buffer, byteOffset, length / RGBA);
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
    if (pixels[from + 3] !== 255) assertOpaque(pixels, from / RGBA, width);
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

function assertOpaque(pixels: Uint8Array, pixel: number, width: number): void {
  const opacity = pixels[RGBA * pixel + 3];
  if (opacity === 255) return;
  throw new RangeError(
    `Cannot write a picture: the pixel at ${pixel % width}, ${
      Math.floor(pixel / width)
    } has the opacity ${opacity} of 255. ` +
      `Draw on an opaque background.`,
  );
}
