/**
 * A font without what most charts do not use of it: pdfkit reads every table that it finds with a general and slow reader, and for each PDF anew, which took half of the time
 * of printing a chart.
 *
 * @module
 */
import { fontTables } from "./font_tables.ts";

/** What shapes text beyond the pairs of the `kern` table: substitution and placement of glyphs. */
const SHAPING = new Set(["GDEF", "GPOS", "GSUB"]);

/** The table with the names of all glyphs, its first part that has none, and the version that says so. */
const POST = "post", POST_HEADER = 32, NAMELESS = 0x00030000;

const LIGATURE = /f[fil]/;

/** Words of which each character is set by itself, but for kerning: Latin alone or Greek alone, with signs. In a word of both, what comes first decides on kerning. */
const PLAIN = /^(?:[\p{Script=Common}\p{Script=Latin}]*|[\p{Script=Common}\p{Script=Greek}]*)$/u;
const MARK = /[\p{M}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Returns whether a font without shaping sets all texts of an SVG as the whole font does.
 *
 * @param svg An SVG of `renderSvg`.
 */
export function isPlainText(svg: string): boolean {
  const words = svg.replaceAll(/<[^>]*>/g, " ").split(/[ \t\r\n]+/);
  return words.every((word) => PLAIN.test(word) && !MARK.test(word) && !LIGATURE.test(word));
}

/**
 * Returns a TrueType font that has no shaping beyond kerning, and no names of glyphs.
 *
 * @param font The bytes of a TrueType font with its kerning in a `kern` table.
 */
export function plainFont(font: Uint8Array): Uint8Array {
  const tables = [...fontTables(font)].filter(([tag]) => !SHAPING.has(tag)).map(([tag, table]) =>
    [tag, tag === POST ? nameless(table) : table] as const
  );
  const start = 12 + 16 * tables.length;
  const out = new Uint8Array(tables.reduce((size, [, { length }]) => size + padded(length), start));
  const view = new DataView(out.buffer);
  out.set(font.subarray(0, 4)); // the version; what follows the number of tables helps a search that nobody does
  view.setUint16(4, tables.length);
  let offset = start;
  tables.forEach(([tag, table], i) => {
    const entry = 12 + 16 * i;
    for (let letter = 0; letter < 4; letter++) out[entry + letter] = tag.charCodeAt(letter);
    view.setUint32(entry + 8, offset);
    view.setUint32(entry + 12, table.length);
    out.set(table, offset);
    offset += padded(table.length);
  });
  return out;
}

function nameless(post: Uint8Array): Uint8Array {
  const out = post.slice(0, POST_HEADER);
  new DataView(out.buffer).setUint32(0, NAMELESS);
  return out;
}

/** Tables begin at multiples of four bytes. */
function padded(length: number): number {
  return (length + 3) & ~3;
}
