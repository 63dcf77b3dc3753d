import { assertEquals, assertThrows } from "@std/assert";
import oblique from "dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf" with { type: "bytes" };
import regular from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf" with { type: "bytes" };
import fc from "fast-check";
import { create } from "fontkit";
import { fontMetrics } from "./font_metrics.ts";

/** What is used of a font as fontkit reads it: the twin, which shapes as the renderers do. */
interface ShapedFont {
  readonly unitsPerEm: number;
  layout(text: string): { readonly advanceWidth: number };
}

const fonts = [regular, oblique].map((bytes) => ({ metrics: fontMetrics(bytes), shaped: create(bytes) as ShapedFont }));

/** Checks that a text is as wide as shaping makes it: both add whole units of the font, so that there is nothing to round. */
function assertSameWidth(text: string): void {
  for (const { metrics, shaped } of fonts) {
    assertEquals(metrics.advance(text) * shaped.unitsPerEm, shaped.layout(text).advanceWidth, JSON.stringify(text));
  }
}

Deno.test("texts are as wide as a library that shapes them sets them", () => {
  const texts = [
    "",
    " ",
    "−0.5",
    "Fermi level (ħv/a)",
    "AVATAR: To Yo, P.",
    "1.0×10⁻³",
    "⟨J⟩",
    "Im⟨Σ⟩",
    "naïve Łódź",
    "日本",
    "𝒥",
  ];
  const ligatures = ["office", "waffle", "ffi.", "fflffi", "fT ff", "Tf"];
  // What a text begins with decides: no kerning and no ligatures after Greek.
  const mixed = ["μF:", "Ω fi", "θ-To", "Tμ fi", "(μTo)", "Привет, To"];
  const invisible = ["soft\u00adhyphen", "a\u200bb", "e\u0302x", "e\u0301\u0323"];
  for (const text of [...texts, ...ligatures, ...mixed, ...invisible]) assertSameWidth(text);
});

Deno.test("so are any words of Latin and Greek letters", () => {
  const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.,:;()/ éÄßłŤαβμΩΦΣ"];
  const texts = fc.array(fc.constantFrom(...letters), { maxLength: 6 }).map((characters) => characters.join(""));
  fc.assert(fc.property(texts, assertSameWidth), { seed: 1, numRuns: 3000 });
});

Deno.test("a font without what is needed is refused", () => {
  const unnamed = regular.slice();
  // The first letter of the tag of each table.
  for (let i = 0; i < 18; i++) unnamed[12 + 16 * i] = 0;
  assertThrows(() => fontMetrics(unnamed), Error, "Cannot measure text: the font has no table");
});
