/**
 * What a block of momenta adds to the currents of many bath settings, as the one array that goes from worker to worker: numbers of the settings, and moments of
 * flow spectra for those whose numbers are worked out of the spectra of all blocks together.
 *
 * @module
 */

/** A block's share, as views of its array. */
export interface BlockShare {
  /** All of it. */
  readonly packed: Float64Array;
  /** What the terms of the charge current would add up to if none cancelled; one number. */
  readonly magnitude: Float64Array;
  /** Shape `[setting][number]`. */
  readonly numbers: Float64Array;
  /** Moments of spectra, each from zero energy up to as many panels as the block needs, or none; shape `[spectrum][panel][moment][site]`. */
  readonly moments: readonly Float64Array[];
}

/** Spectra of each table of moments. */
export const SPECTRA = 2;

/** What stands first: how many numbers there are, how many tables, and the magnitude; then comes the length of each table. */
const HEADER = 3;

/**
 * A share of zeros.
 *
 * @param numbers How many numbers it has.
 * @param lengths How long its tables of moments are.
 * @returns The share, in a new array.
 */
export function emptyShare(numbers: number, lengths: readonly number[]): BlockShare {
  const packed = new Float64Array(lengths.reduce((sum, length) => sum + length, HEADER + lengths.length + numbers));
  packed.set([numbers, lengths.length, 0, ...lengths]);
  return shareIn(packed);
}

/**
 * Finds the share in its array.
 *
 * @param packed The array.
 * @returns The share.
 */
export function shareIn(packed: Float64Array): BlockShare {
  const [count, tables] = packed, lengths = packed.subarray(HEADER, HEADER + tables);
  let at = HEADER + tables + count;
  const numbers = packed.subarray(at - count, at);
  const moments = Array.from(lengths, (length) => packed.subarray(at, at += length));
  return { packed, magnitude: packed.subarray(2, 3), numbers, moments };
}

/**
 * Adds shares.
 *
 * @param total The shares so far, which may be overwritten.
 * @param packed The share of the next block.
 * @returns The sum; blocks that need fewer panels than others have nothing in those above.
 */
export function addShares(total: Float64Array, packed: Float64Array): Float64Array {
  const one = shareIn(total), other = shareIn(packed);
  // The total itself has room for the sum, or a new array gets it.
  const lengths = one.moments.map(({ length }, i) => Math.max(length, other.moments[i].length));
  const sum = one.moments.every(({ length }, i) => length === lengths[i])
    ? one
    : emptyShare(one.numbers.length, lengths);
  sum.magnitude[0] = one.magnitude[0] + other.magnitude[0];
  putSum(sum.numbers, one.numbers, other.numbers);
  sum.moments.forEach((moments, i) => {
    for (let k = 0; k < SPECTRA; k++) {
      putSum(spectrum(moments, k), spectrum(one.moments[i], k), spectrum(other.moments[i], k));
    }
  });
  return sum.packed;
}

function spectrum(moments: Float64Array, k: number): Float64Array {
  const size = moments.length / SPECTRA;
  return moments.subarray(k * size, (k + 1) * size);
}

/** Writes a sum, of which the shorter one ends with zeros. New memory is written without being read: to be read first costs a page of it twice. */
function putSum(sum: Float64Array, one: Float64Array, other: Float64Array): void {
  const both = Math.min(one.length, other.length);
  for (let i = 0; i < both; i++) sum[i] = one[i] + other[i];
  sum.set((one.length > both ? one : other).subarray(both), both);
}
