import { assert, assertEquals } from "@std/assert";
import oblique from "dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf" with { type: "bytes" };
import regular from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf" with { type: "bytes" };
import fc from "fast-check";
import { create } from "fontkit";
import { isPlainText, plainFont } from "./plain_font.ts";
import { print, WHOLE } from "./printer.ts";

/** What a PDF takes of a text as fontkit lays it out. */
interface LaidOut {
  readonly glyphs: readonly { readonly id: number }[];
  readonly positions: readonly object[];
}

const fonts = [regular, oblique].map((bytes) =>
  [bytes, plainFont(bytes)].map((font) => create(font) as { layout(text: string): LaidOut })
);

const svg = (text: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="30"><text y="20" fill="black">${text}` +
  `<tspan font-style="italic">μ</tspan></text></svg>`;

Deno.test("a font without shaping sets plain words as the whole font does", () => {
  const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.,:;()/éÄßłŤαβμΩΦΣ⟨⟩−"];
  const words = fc.array(fc.constantFrom(...letters), { maxLength: 6 }).map((characters) => characters.join(""));
  let plain = 0;
  const check = (word: string): void => {
    if (!isPlainText(`<text>${word}</text>`)) return;
    plain++;
    for (const [whole, part] of fonts) {
      const [expected, found] = [whole.layout(word), part.layout(word)];
      assertEquals(found.glyphs.map(({ id }) => id), expected.glyphs.map(({ id }) => id), word);
      assertEquals(
        found.positions.map((position) => ({ ...position })),
        expected.positions.map((position) => ({ ...position })),
        word,
      );
    }
  };
  fc.assert(fc.property(words, check), { seed: 2, numRuns: 2000 });
  assert(plain > 500);
});

Deno.test("and a PDF has the same bytes with it", async () => {
  const drawing = svg("Current ⟨J⟩ at To = −1, AV. &lt; ");
  assert(isPlainText(drawing));
  assertEquals(await print(drawing), await print(drawing, WHOLE));
});

Deno.test("ligatures, marks, words of two scripts, and scripts that shape are not plain", () => {
  for (const text of ["office", "e\u0302", "μF", "Tμ", "سلام", "soft\u00adhyphen"]) {
    assert(!isPlainText(svg(text)), text);
  }
  for (const text of ["Fermi level μ (1/a)", "⟨J⟩ − Ω²", "f = i"]) assert(isPlainText(svg(text)), text);
});
