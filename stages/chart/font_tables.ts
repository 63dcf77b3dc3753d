/**
 * The tables that a TrueType font is made of, for those who need a few of them.
 *
 * @module
 */

/** Bytes of the font's header, and of an entry of its list of tables. */
const HEADER = 12, ENTRY = 16;

/**
 * Returns the tables of a font by their tags, as views of its bytes.
 *
 * @param font The bytes of a TrueType font.
 */
export function fontTables(font: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  return new Map(
    Array.from({ length: view.getUint16(4) }, (_, i) => {
      const entry = HEADER + ENTRY * i;
      const tag = String.fromCharCode(...font.subarray(entry, entry + 4));
      const offset = view.getUint32(entry + 8);
      return [tag, font.subarray(offset, offset + view.getUint32(entry + 12))] as const;
    }),
  );
}
