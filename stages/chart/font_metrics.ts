/**
 * How wide a font sets a text, read from the font's own tables: all that laying out a chart asks of a font, where a library that can shape every script costs more to load
 * than the chart to draw.
 *
 * @module
 */
import { fontTables } from "./font_tables.ts";

/** A font, as far as widths go. */
export interface FontMetrics {
  /**
   * Returns the advance of a line of text in em, with kerning and ligatures if it is Latin. Scripts whose letters change with their neighbours, as Arabic, are
   * measured letter by letter.
   */
  advance(text: string): number;
}

/** The ligatures of DejaVu Sans, which it also has as characters of their own. */
const LIGATURES: Readonly<Record<string, string>> = { ff: "ﬀ", fi: "ﬁ", fl: "ﬂ", ffi: "ﬃ", ffl: "ﬄ" };

/** A text has the script of its first character that has one; DejaVu Sans has kerning and ligatures for Latin only. */
const SCRIPTED = /[^\p{Script=Common}\p{Script=Inherited}]/u, LATIN = /\p{Script=Latin}/u;

/** What has no width, such as a soft hyphen, whatever the font says of it. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Returns the metrics of a font. Throws an Error if the font lacks a table that is needed, or has its characters in a form that is not known here.
 *
 * @param font The bytes of a TrueType font with its kerning in a `kern` table.
 */
export function fontMetrics(font: Uint8Array): FontMetrics {
  const tables = fontTables(font);
  const table = (tag: string): DataView => {
    const bytes = tables.get(tag);
    if (bytes === undefined) throw new Error(`Cannot measure text: the font has no table ${tag}. Give another font.`);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const em = table("head").getUint16(18), glyphOf = characterMap(table("cmap"));
  const advances = table("hmtx"), lastAdvance = table("hhea").getUint16(34) - 1;
  const kerning = kerningOf(table("kern"));
  const advance = (text: string): number => {
    const isLatin = LATIN.test(SCRIPTED.exec(text)?.[0] ?? "");
    const joined = isLatin ? text.replace(/ff[il]?|f[il]/g, (letters) => LIGATURES[letters]) : text;
    let sum = 0, before = -1;
    for (const character of joined.replace(INVISIBLE, "")) {
      const glyph = glyphOf(character.codePointAt(0)!);
      sum += advances.getUint16(4 * Math.min(glyph, lastAdvance));
      if (isLatin && before >= 0) sum += kerning(before, glyph);
      before = glyph;
    }
    return sum / em;
  };
  return { advance };
}

/** Returns the glyph of a character, 0 if there is none: by a map of all of Unicode, in segments (OpenType `cmap`, format 12). */
function characterMap(cmap: DataView): (character: number) => number {
  const records = Array.from({ length: cmap.getUint16(2) }, (_, i) => cmap.getUint32(4 + 8 * i + 4));
  const start = records.find((offset) => cmap.getUint16(offset) === 12);
  if (start === undefined) {
    throw new Error(
      "Cannot measure text: the font has no map of all characters. Give a font with a cmap of format 12.",
    );
  }
  const count = cmap.getUint32(start + 12);
  const field = (group: number, index: number) => cmap.getUint32(start + 16 + 12 * group + 4 * index);
  return (character) => {
    const group = lowest(count, (i) => field(i, 1) >= character);
    return group < count && field(group, 0) <= character ? field(group, 2) + character - field(group, 0) : 0;
  };
}

/** Returns by how much a pair of glyphs is moved apart, in units of the font: by a sorted list of pairs (OpenType `kern`, format 0). */
function kerningOf(kern: DataView): (left: number, right: number) => number {
  if (kern.getUint16(2) !== 1 || kern.getUint16(8) !== 1) {
    throw new Error("Cannot measure text: the font's kerning is not one list of horizontal pairs. Give another font.");
  }
  const count = kern.getUint16(10);
  const pair = (i: number) => kern.getUint32(18 + 6 * i);
  return (left, right) => {
    const wanted = left * 0x10000 + right;
    const i = lowest(count, (i) => pair(i) >= wanted);
    return i < count && pair(i) === wanted ? kern.getInt16(18 + 6 * i + 4) : 0;
  };
}

/** Returns the lowest number below a count for which something holds that holds for all greater ones too; the count if it holds for none. */
function lowest(count: number, holds: (i: number) => boolean): number {
  let low = 0, high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
