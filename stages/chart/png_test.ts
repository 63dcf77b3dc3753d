import { assert, assertEquals, assertThrows } from "@std/assert";
import { renderPng } from "./png.ts";
import { withDensity } from "./png_density.ts";

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36">` +
  `<text x="4" y="20" font-size="12px" font-family="DejaVu Sans, Verdana, sans-serif">⟨J⟩ −1</text></svg>`;

Deno.test("renderPng gives 300 dots an inch, and says so", async () => {
  const png = await renderPng(svg);
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  assertEquals([view.getUint32(16), view.getUint32(20)], [300, 150]);
  assertEquals(new TextDecoder().decode(png.subarray(37, 41)), "pHYs");
  assertEquals(view.getUint32(41), 11811);
});

Deno.test("renderPng gives the same bytes twice, and the font's shapes", async () => {
  const first = await renderPng(svg);
  assertEquals(await renderPng(svg), first);
  assert(first.length > (await renderPng(svg.replace("⟨J⟩ −1", ""))).length);
});

Deno.test("withDensity refuses what is no PNG", () => {
  assertThrows(() => withDensity(new Uint8Array(100), 300), Error, "does not begin as a PNG does");
});
