/**
 * Random numbers that are a function of where they are used: Philox4x32-10 of Salmon, Moraes, Dror and Shaw, _Parallel random numbers: as easy as 1, 2, 3_ (2011).
 *
 * A generator that counts through a state would tie every number to all that was drawn before it, and so to the order in which tasks are done and to the size of the system.
 *
 * @module
 */

const MULTIPLIER_A = 0xd2511f53, MULTIPLIER_B = 0xcd9e8d57, WEYL_A = 0x9e3779b9, WEYL_B = 0xbb67ae85;

const ROUNDS = 10;

/** Four words of 32 bits. */
export type Counter = readonly [number, number, number, number];

/**
 * Four random words for a counter and a key.
 *
 * @param counter Which words of the stream.
 * @param key Which stream.
 * @returns The words, each from 0 to 2³² − 1.
 */
export function philox(counter: Counter, key: readonly [number, number]): [number, number, number, number] {
  let [a, b, c, d] = counter.map((word) => word >>> 0);
  let [k, m] = key.map((word) => word >>> 0);
  for (let round = 0; round < ROUNDS; round++) {
    const highA = highWord(MULTIPLIER_A, a), lowA = Math.imul(MULTIPLIER_A, a) >>> 0;
    const highB = highWord(MULTIPLIER_B, c), lowB = Math.imul(MULTIPLIER_B, c) >>> 0;
    [a, b, c, d] = [(highB ^ b ^ k) >>> 0, lowB, (highA ^ d ^ m) >>> 0, lowA];
    k = (k + WEYL_A) >>> 0;
    m = (m + WEYL_B) >>> 0;
  }
  return [a, b, c, d];
}

/** The upper 32 bits of a product of two words. */
function highWord(x: number, y: number): number {
  const low = (x & 0xffff) * (y & 0xffff), cross = (x >>> 16) * (y & 0xffff) + (low >>> 16);
  const other = (x & 0xffff) * (y >>> 16) + (cross % 0x10000);
  return (x >>> 16) * (y >>> 16) + Math.floor(cross / 0x10000) + Math.floor(other / 0x10000);
}

/**
 * Two independent normal numbers of mean 0 and variance 1 (Box and Muller).
 *
 * @param words Four random words.
 * @returns The numbers.
 */
export function normalPair([a, b, c, d]: Counter): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - fraction(a, b))), angle = 2 * Math.PI * fraction(c, d);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** A number in [0, 1) with 53 random bits. */
function fraction(high: number, low: number): number {
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}
