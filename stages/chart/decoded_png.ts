/**
 * Reads the PNGs that this folder writes, for its tests: by the book and with every checksum looked at, where viewers forgive.
 *
 * @module
 */
import { crc32, inflateSync } from "node:zlib";

/** A PNG that was read. */
export interface DecodedPng {
  /** The pixels of a row. */
  readonly width: number;
  /** The rows. */
  readonly height: number;
  /** The data of its chunks by type. */
  readonly chunks: ReadonlyMap<string, Uint8Array>;
  /** The filters of its rows, each once. */
  readonly filters: ReadonlySet<number>;
  /** Its samples without filters, row by row from the top: an index a pixel if there is a palette, red, green and blue otherwise. */
  readonly samples: Uint8Array;
  /** Red, green, blue and opacity of each pixel. */
  readonly pixels: Uint8Array;
}

/**
 * Returns what is in a PNG. Throws an Error if it is not one, if a checksum is wrong, or if its pixels are of a kind that this folder does not write.
 *
 * @param png The bytes of a PNG.
 */
export function decodedPng(png: Uint8Array): DecodedPng {
  const chunks = chunksOf(png);
  const header = new DataView(chunks.get("IHDR")!.buffer, chunks.get("IHDR")!.byteOffset, 13);
  const width = header.getUint32(0), height = header.getUint32(4);
  const [depth, type, ...methods] = chunks.get("IHDR")!.subarray(8);
  const palette = chunks.get("PLTE");
  if (depth !== 8 || type !== (palette === undefined ? 2 : 3) || methods.some((method) => method !== 0)) {
    throw new Error(`a PNG of depth ${depth}, type ${type} and methods ${methods}`);
  }
  const size = palette === undefined ? 3 : 1;
  const rows = inflateSync(chunks.get("IDAT")!), rowBytes = size * width + 1;
  if (rows.length !== rowBytes * height) throw new Error(`${rows.length} bytes in ${height} rows of ${rowBytes}`);
  const filters = new Set(Array.from({ length: height }, (_, row) => rows[row * rowBytes]));
  const samples = unfiltered(rows, rowBytes, size);
  const pixels = new Uint8Array(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) {
    const colour = palette === undefined ? samples.subarray(3 * i) : palette.subarray(3 * samples[i]);
    if (colour.length < 3) throw new Error(`the palette has no colour ${samples[i]}`);
    pixels.set(colour.subarray(0, 3), 4 * i);
    if (palette !== undefined) pixels[4 * i + 3] = chunks.get("tRNS")?.[samples[i]] ?? 255;
  }
  return { width, height, chunks, filters, samples, pixels };
}

function chunksOf(png: Uint8Array): Map<string, Uint8Array> {
  const signature = String.fromCharCode(...png.subarray(0, 8));
  if (signature !== "\x89PNG\r\n\x1a\n") throw new Error(`the signature ${JSON.stringify(signature)}`);
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength), chunks = new Map<string, Uint8Array>();
  let at = 8;
  while (at < png.length) {
    const length = view.getUint32(at), type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (view.getUint32(at + 8 + length) !== crc32(png.subarray(at + 4, at + 8 + length))) {
      throw new Error(`the checksum of ${type}`);
    }
    if (chunks.has(type)) throw new Error(`two chunks ${type}`);
    chunks.set(type, png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  if ([...chunks.keys()].at(-1) !== "IEND") throw new Error("no end");
  return chunks;
}

/** Returns samples from rows without a filter (0) and rows by Paeth's (4), as the specification of PNG has them. */
function unfiltered(rows: Uint8Array, rowBytes: number, size: number): Uint8Array {
  const height = rows.length / rowBytes, width = rowBytes - 1, out = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const filter = rows[row * rowBytes];
    if (filter !== 0 && filter !== 4) throw new Error(`filter ${filter}`);
    for (let i = 0; i < width; i++) {
      const a = i < size ? 0 : out[row * width + i - size], b = row === 0 ? 0 : out[(row - 1) * width + i];
      const c = i < size || row === 0 ? 0 : out[(row - 1) * width + i - size];
      out[row * width + i] = rows[row * rowBytes + 1 + i] + (filter === 4 ? paeth(a, b, c) : 0);
    }
  }
  return out;
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c, pa = Math.abs(p - a), pb = Math.abs(p - b), pc = Math.abs(p - c);
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}
