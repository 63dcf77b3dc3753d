/**
 * The trigamma function ψ′ of a complex argument: what is left of the derivative of a Fermi function that is integrated against the Lorentzians of levels broadened by baths.
 *
 * For |z| ≥ 8.5 it is 1/z + 1/2z² + Σ_k B_2k/z^(2k+1), of which nine terms are left to rounding; smaller z are moved there by ψ′(z) = ψ′(z + 1) + 1/z². It has no zero in the
 * right half plane about which that would leave rounding only.
 *
 * @module
 */

/** B_2k for k = 1, 2, …, 9. */
const BERNOULLI: readonly number[] = [
  1 / 6,
  -1 / 30,
  1 / 42,
  -1 / 30,
  5 / 66,
  -691 / 2730,
  7 / 6,
  -3617 / 510,
  43867 / 798,
];

/** |z|² from which on the asymptotic series is good to rounding. */
const FAR = 72.25;

/**
 * ψ′(x + iy) in the right half plane.
 *
 * @param x The real part, 0 or above.
 * @param y The imaginary part; any if x is above 0, else not 0.
 * @param result Receives the real part at 0 and the imaginary part at 1, both good to 1e-14 of the modulus. ψ′(x − iy) is the conjugate to the last bit.
 */
export function trigamma(x: number, y: number, result: Float64Array): void {
  const square = y * y;
  let re = 0, im = 0, shifted = x;
  while (shifted * shifted + square < FAR) {
    const inverse = 1 / (shifted * shifted + square);
    const zr = shifted * inverse, zi = -y * inverse;
    re += zr * zr - zi * zi;
    im += 2 * zr * zi;
    shifted += 1;
  }
  const inverse = 1 / (shifted * shifted + square);
  const zr = shifted * inverse, zi = -y * inverse; // 1/z
  const wr = zr * zr - zi * zi, wi = 2 * zr * zi; // 1/z²
  let sr = BERNOULLI[BERNOULLI.length - 1], si = 0;
  for (let k = BERNOULLI.length - 2; k >= 0; k--) {
    const next = sr * wr - si * wi + BERNOULLI[k];
    si = sr * wi + si * wr;
    sr = next;
  }
  // (1/z)(1 + s/z²) + ½/z²
  const tr = 1 + sr * wr - si * wi, ti = sr * wi + si * wr;
  result[0] = re + (zr * tr - zi * ti + wr / 2);
  result[1] = im + (zr * ti + zi * tr + wi / 2);
}
