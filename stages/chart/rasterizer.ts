/**
 * The one module that loads resvg and its fonts: `png.ts` imports it when there is a picture to make and not before.
 *
 * @module
 */
import oblique from "dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf" with { type: "bytes" };
import regular from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf" with { type: "bytes" };
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { opaquePng } from "./opaque_png.ts";
import wasm from "@resvg/resvg-wasm/index_bg.wasm" with { type: "bytes" };

/** Dots an inch of the picture, and px an inch of the SVG. */
const DOTS = 300;
const PIXELS = 72;

/** Set while resvg starts and from then on. Not awaited at the top of the module: with that, Deno 2.9.6 aborts or hands the module out half made when it loads another one at the time. */
let started: Promise<void> | undefined;

/**
 * Returns the bytes of a PNG of an SVG.
 *
 * @param svg An SVG whose texts are in DejaVu Sans.
 */
export async function rasterize(svg: string): Promise<Uint8Array> {
  started ??= initWasm(wasm);
  await started;
  // resvg knows the older of Vega's two words for pictures with sharp pixels, and takes the newer one for "smooth".
  const picture = new Resvg(svg.replaceAll(" image-rendering: pixelated;", ""), {
    fitTo: { mode: "zoom", value: DOTS / PIXELS },
    background: "white",
    font: { fontBuffers: [regular, oblique], defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" },
  });
  try {
    const image = picture.render();
    try {
      // Not `asPng`: its code is slow until V8 has compiled it, which takes longer than the picture.
      return opaquePng(image.width, image.height, image.pixels, DOTS);
    } finally {
      image.free();
    }
  } finally {
    picture.free();
  }
}
