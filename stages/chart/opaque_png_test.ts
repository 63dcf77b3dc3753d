import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodedPng } from "./decoded_png.ts";
import { opaquePng } from "./opaque_png.ts";

/** Returns opaque pixels, of which each has the colour 0xbbggrr that a function gives. */
function pixelsOf(width: number, height: number, colourOf: (column: number, row: number) => number): Uint8Array {
  const pixels = new Uint8Array(4 * width * height);
  const view = new DataView(pixels.buffer);
  for (let i = 0; i < width * height; i++) {
    view.setUint32(4 * i, (colourOf(i % width, Math.floor(i / width)) | 0xff000000) >>> 0, true);
  }
  return pixels;
}

/** Returns a number from 0 to 2³² − 1 that shows no pattern. */
function scrambled(value: number): number {
  const mixed = Math.imul(value ^ value >>> 15, 0x2c1b3c6d);
  return Math.imul(mixed ^ mixed >>> 12, 0x297a2d39) >>> 0;
}

Deno.test("any pixels come out as they went in, with a palette as long as it has room", () => {
  const sizes = fc.record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    colours: fc.constantFrom(1, 2, 255, 256, 257, 2000),
    seed: fc.nat(),
  });
  const check = (
    { width, height, colours, seed }: { width: number; height: number; colours: number; seed: number },
  ) => {
    const pixels = pixelsOf(width, height, (x, y) => scrambled(scrambled(seed + x + width * y) % colours));
    const png = opaquePng(width, height, pixels, 300);
    const decoded = decodedPng(png);
    assertEquals([decoded.width, decoded.height], [width, height]);
    assertEquals(decoded.pixels, pixels);
    const found = new Set(new Uint32Array(pixels.buffer)).size;
    assertEquals(decoded.chunks.get("PLTE")?.length, found <= 256 ? 3 * found : undefined);
    assertEquals(opaquePng(width, height, pixels, 300), png);
  };
  fc.assert(fc.property(sizes, check), { seed: 3, numRuns: 100 });
});

Deno.test("256 colours have a palette, one more has none", () => {
  for (const [count, hasPalette] of [[256, true], [257, false]] as const) {
    const decoded = decodedPng(opaquePng(count, 2, pixelsOf(count, 2, (x) => x), 300));
    assertEquals(decoded.chunks.has("PLTE"), hasPalette);
    assertEquals(decoded.pixels, pixelsOf(count, 2, (x) => x));
  }
});

Deno.test("rows are filtered where that helps: in a photograph, not in a chart", () => {
  const [width, height] = [200, 200];
  // Smooth, with a little noise in the last bits, as cameras have it.
  const photograph = pixelsOf(width, height, (x, y) => {
    const noise = scrambled(x + width * y);
    const channel = (i: number): number =>
      60 + Math.round(50 * Math.sin(x / 40 + i) + 50 * Math.sin(y / 30)) + (noise >> 8 * i & 3) + 40;
    return channel(0) | channel(1) << 8 | channel(2) << 16;
  });
  const decoded = decodedPng(opaquePng(width, height, photograph, 300));
  assertEquals([...decoded.filters], [4]);
  assertEquals(decoded.pixels, photograph);
  assert(decoded.chunks.get("IDAT")!.length < 0.7 * 3 * width * height);
  const chart = pixelsOf(width, height, (x, y) => x % 20 === 0 ? scrambled(y) : 0xffffff);
  assertEquals([...decodedPng(opaquePng(width, height, chart, 300)).filters], [0]);
});

Deno.test("the density stands before the pixels, in dots to the metre", () => {
  for (const colours of [2, 300]) {
    const { chunks } = decodedPng(opaquePng(300, 1, pixelsOf(300, 1, (x) => x % colours), 300));
    const names = [...chunks.keys()];
    assert(names.indexOf("pHYs") > names.indexOf("IHDR") && names.indexOf("pHYs") < names.indexOf("IDAT"));
    assertEquals([...chunks.get("pHYs")!], [0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1]); // 11811
  }
});

Deno.test("what is not opaque, or not four bytes a pixel, is refused", () => {
  const pixels = pixelsOf(300, 2, (x) => x);
  pixels[4 * (300 + 7) + 3] = 254;
  assertThrows(() => opaquePng(300, 2, pixels, 300), RangeError, "the pixel at 7, 1 has the opacity 254 of 255");
  pixels[4 * 5 + 3] = 0;
  assertThrows(() => opaquePng(300, 2, pixels, 300), RangeError, "the pixel at 5, 0 has the opacity 0 of 255");
  assertThrows(() => opaquePng(300, 1, pixels, 300), RangeError, "2400 bytes for 300 by 1 pixels");
});
