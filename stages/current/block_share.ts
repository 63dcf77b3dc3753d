/**
 * What a block of momenta adds to the currents of many bath settings, as the one array that goes from worker to worker: numbers of the settings, and moments of flow spectra for those
 * whose numbers are worked out of the spectra of all blocks together.
 *
 * @module
 */

/** A block's share. */
export interface BlockShare {
  /** What the terms of the charge current would add up to if none cancelled. */
  readonly magnitude: number;
  /** Shape `[setting][number]`. */
  readonly numbers: Float64Array;
  /** For each width of panels the spectra's moments, shape `[spectrum][panel][moment][site]`; from zero energy up to as many panels as the block needs, or none. */
  readonly spectra: readonly Float64Array[];
}

/** Spectra of each width. */
export const SPECTRA = 4;

/** What stands first: how many numbers there are, how many widths, and the magnitude; then comes the length of each width's moments. */
const HEADER = 3;

/**
 * Puts a share into one array.
 *
 * @param share The share.
 * @returns A new array.
 */
export function packShare({ magnitude, numbers, spectra }: BlockShare): Float64Array {
  const parts = [numbers, ...spectra], lengths = spectra.map(({ length }) => length);
  const packed = new Float64Array(HEADER + parts.reduce((sum, { length }) => sum + length, lengths.length));
  packed.set([numbers.length, lengths.length, magnitude, ...lengths]);
  let at = HEADER + lengths.length;
  for (const part of parts) {
    packed.set(part, at);
    at += part.length;
  }
  return packed;
}

/**
 * Takes a share out of its array again.
 *
 * @param packed What {@linkcode packShare} gave.
 * @returns The share, in the memory of the array.
 */
export function unpackShare(packed: Float64Array): BlockShare {
  const [count, widths, magnitude] = packed, lengths = packed.subarray(HEADER, HEADER + widths);
  let at = HEADER + widths + count;
  const numbers = packed.subarray(at - count, at);
  const spectra = Array.from(lengths, (length) => packed.subarray(at, at += length));
  return { magnitude, numbers, spectra };
}

/**
 * Adds shares.
 *
 * @param total The shares so far, which may be overwritten.
 * @param packed The share of the next block.
 * @returns The sum; blocks that need fewer panels than others have nothing in those above.
 */
export function addShares(total: Float64Array, packed: Float64Array): Float64Array {
  const one = unpackShare(total), other = unpackShare(packed);
  if (one.spectra.every(({ length }, i) => length === other.spectra[i].length)) {
    const first = HEADER + one.spectra.length;
    for (let i = first; i < total.length; i++) total[i] += packed[i];
    total[2] += packed[2];
    return total;
  }
  return packShare({
    magnitude: one.magnitude + other.magnitude,
    numbers: one.numbers.map((value, i) => value + other.numbers[i]),
    spectra: one.spectra.map((own, i) => addSpectra(own, other.spectra[i])),
  });
}

function addSpectra(one: Float64Array, other: Float64Array): Float64Array {
  const [short, long] = one.length < other.length ? [one, other] : [other, one], sum = long.slice();
  const part = short.length / SPECTRA, stride = long.length / SPECTRA;
  for (let i = 0; i < short.length; i++) sum[Math.floor(i / part) * stride + i % part] += short[i];
  return sum;
}
