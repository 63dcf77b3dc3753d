import { assertEquals, assertThrows } from "@std/assert";
import { decodedPng } from "./decoded_png.ts";
import { plainRows, pngFile } from "./png_file.ts";

Deno.test("pngFile writes what it is given, and no chunk beyond that", () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const colours = decodedPng(pngFile({ width: 1, height: 2, rows: plainRows(bytes, 3) }));
  assertEquals([...colours.chunks.keys()], ["IHDR", "IDAT", "IEND"]);
  assertEquals([...colours.pixels], [1, 2, 3, 255, 4, 5, 6, 255]);
  const palette = { colours: Uint8Array.of(9, 8, 7, 6, 5, 4), opacities: Uint8Array.of(255, 0) };
  const indices = decodedPng(
    pngFile({ width: 2, height: 1, rows: plainRows(Uint8Array.of(1, 0), 2), palette, dots: 72 }),
  );
  assertEquals([...indices.chunks.keys()], ["IHDR", "pHYs", "PLTE", "tRNS", "IDAT", "IEND"]);
  assertEquals([...indices.pixels], [6, 5, 4, 0, 9, 8, 7, 255]);
});

Deno.test("pngFile refuses rows that are not all there", () => {
  assertThrows(
    () => pngFile({ width: 2, height: 2, rows: new Uint8Array(13) }),
    RangeError,
    "13 bytes for 2 rows of 7",
  );
});
