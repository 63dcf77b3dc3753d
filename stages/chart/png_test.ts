import { assert, assertEquals } from "@std/assert";
import { Resvg } from "@resvg/resvg-wasm";
import oblique from "dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf" with { type: "bytes" };
import regular from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf" with { type: "bytes" };
import { decodedPng } from "./decoded_png.ts";
import { renderPng } from "./png.ts";

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36">` +
  `<text x="4" y="20" font-size="12px" font-family="DejaVu Sans, Verdana, sans-serif">⟨J⟩ −1</text></svg>`;

Deno.test("renderPng gives 300 dots an inch, and says so", async () => {
  const { width, height, chunks } = decodedPng(await renderPng(svg));
  assertEquals([width, height], [300, 150]);
  const density = chunks.get("pHYs")!;
  assertEquals(new DataView(density.buffer, density.byteOffset).getUint32(0), 11811);
});

Deno.test("renderPng gives the same bytes twice, and the font's shapes", async () => {
  const first = await renderPng(svg);
  assertEquals(await renderPng(svg), first);
  assert(first.length > (await renderPng(svg.replace("⟨J⟩ −1", ""))).length);
});

Deno.test("renderPng gives the pixels of resvg, of few colours and of many", async () => {
  const rainbow = svg.replace(
    "<text",
    `<linearGradient id="g"><stop stop-color="#a00"/><stop offset="1" stop-color="#0af"/></linearGradient>` +
      `<rect width="70" height="30" fill="url(#g)"/><text`,
  );
  for (const [drawing, hasPalette] of [[svg, true], [rainbow, false]] as const) {
    const { pixels, chunks } = decodedPng(await renderPng(drawing));
    const picture = new Resvg(drawing, {
      fitTo: { mode: "width", value: 300 },
      background: "white",
      font: { fontBuffers: [regular, oblique], defaultFontFamily: "DejaVu Sans" },
    });
    const image = picture.render();
    assertEquals(pixels, image.pixels);
    assertEquals(chunks.has("PLTE"), hasPalette);
    assert((await renderPng(drawing)).length < image.asPng().length);
    image.free();
    picture.free();
  }
});
