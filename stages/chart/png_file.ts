/**
 * The one place that knows how a PNG is written: whoever has pixels, of a map or of a whole chart, says what they are and leaves chunks and checksums to this.
 *
 * @module
 */
import { crc32, deflateSync } from "node:zlib";

/** Colours as red, green and blue, a byte each from 0 to 255. */
export interface Palette {
  /** Three bytes a colour, at most 256 colours. */
  readonly colours: Uint8Array;
  /** The opacity of each colour, a byte from 0 to 255; all are opaque if left out. */
  readonly opacities?: Uint8Array;
}

/** A picture with its rows as a PNG has them. */
export interface FilteredPicture {
  /** The pixels of a row. */
  readonly width: number;
  /** The rows. */
  readonly height: number;
  /** One row after the other from the top, each the number of its filter and its filtered bytes: a pixel is an index into the palette, or red, green and blue. */
  readonly rows: Uint8Array;
  /** The palette; without one pixels are colours themselves. */
  readonly palette?: Palette;
  /** The dots to the inch, without which LaTeX and word processors guess. */
  readonly dots?: number;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Bits a sample, and the types of pixels that a PNG knows. */
const DEPTH = 8, TRUECOLOUR = 2, INDEXED = 3;

/** That the density is told in dots a metre. */
const METRE = 1, INCH = 0.0254;

/** The filter of rows that are left as they are. */
const NO_FILTER = 0;

/**
 * Returns the bytes of a PNG, the same for the same picture on every machine: at the highest level zlib looks for repetitions in one way, and at lower ones in the way
 * that is fastest for the processor.
 *
 * Throws a RangeError if there are not as many bytes as the picture's rows need.
 *
 * @param picture The picture.
 */
export function pngFile({ width, height, rows, palette, dots }: FilteredPicture): Uint8Array {
  const rowBytes = 1 + width * (palette === undefined ? 3 : 1);
  if (rows.length !== rowBytes * height) {
    throw new RangeError(
      `Cannot write a picture: ${rows.length} bytes for ${height} rows of ${rowBytes}. Give a filter's number and all pixels of each row.`,
    );
  }
  const header = new Uint8Array(13);
  const fields = new DataView(header.buffer);
  fields.setUint32(0, width);
  fields.setUint32(4, height);
  header.set([DEPTH, palette === undefined ? TRUECOLOUR : INDEXED], 8);
  const opacities = palette?.opacities;
  return concatenated([
    SIGNATURE,
    chunk("IHDR", header),
    ...dots === undefined ? [] : [chunk("pHYs", density(dots))],
    ...palette === undefined ? [] : [chunk("PLTE", palette.colours)],
    ...opacities === undefined ? [] : [chunk("tRNS", opacities)],
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/**
 * Returns rows as a PNG has them, none of them filtered: best for palettes, and for drawings of few flat colours.
 *
 * @param bytes The bytes of all pixels, row by row from the top.
 * @param rowBytes The bytes of a row.
 */
export function plainRows(bytes: Uint8Array, rowBytes: number): Uint8Array {
  const height = bytes.length / rowBytes;
  const rows = new Uint8Array((rowBytes + 1) * height);
  for (let row = 0; row < height; row++) {
    rows[row * (rowBytes + 1)] = NO_FILTER;
    rows.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return rows;
}

/** Returns what a pHYs chunk holds: dots across and up, to the metre. */
function density(dots: number): Uint8Array {
  const data = new Uint8Array(9);
  const fields = new DataView(data.buffer);
  fields.setUint32(0, Math.round(dots / INCH));
  fields.setUint32(4, Math.round(dots / INCH));
  fields.setUint8(8, METRE);
  return data;
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

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
