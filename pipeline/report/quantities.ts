/**
 * Amounts of bytes and lengths of time as people write and read them.
 *
 * @module
 */

const UNITS = ["B", "kB", "MB", "GB", "TB"];
const BYTES = /^([0-9]+(?:\.[0-9]+)?)\s*(?:([kmgt])(i?))?b?$/i;
const TIME = /^([0-9]+(?:\.[0-9]+)?)\s*([mhdw])$/;
const MILLISECONDS: Readonly<Record<string, number>> = { m: 6e4, h: 3.6e6, d: 8.64e7, w: 6.048e8 };

/**
 * An amount of bytes for people.
 *
 * @param bytes How many.
 * @returns For example `312 B`, `4.5 kB` or `1.2 GB`; a kB is 1000 bytes.
 */
export function bytesText(bytes: number): string {
  let value = bytes, unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/**
 * Reads an amount of bytes.
 *
 * @param text For example `2GB`, `1.5 TB`, `300MiB` or `1000`.
 * @returns How many bytes, or undefined if it is none.
 */
export function readBytes(text: string): number | undefined {
  const [, number, letter = "", binary] = BYTES.exec(text) ?? [];
  if (number === undefined) return undefined;
  return Number(number) * (binary ? 1024 : 1000) ** (letter === "" ? 0 : " kmgt".indexOf(letter.toLowerCase()));
}

/**
 * Reads a length of time.
 *
 * @param text For example `90m`, `12h`, `30d` or `2w`.
 * @returns Milliseconds, or undefined if it is none.
 */
export function readTime(text: string): number | undefined {
  const [, number, unit] = TIME.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * MILLISECONDS[unit];
}

/**
 * A number with the noun that it counts.
 *
 * @param count The number.
 * @param noun The noun, in the singular.
 * @returns For example `1 artifact` or `3 artifacts`.
 */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
