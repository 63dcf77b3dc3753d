/**
 * The digamma function ψ = Γ′/Γ of a complex argument: what is left of a Fermi function that is integrated against the Lorentzians of levels broadened by baths.
 *
 * For |z| ≥ 8.5 it is ln z − 1/2z − Σ_k B_2k/(2k z^2k), of which eight terms are left to rounding; smaller z are moved there by ψ(z) = ψ(z + 1) − 1/z. About its
 * one zero in the right half plane, where that would leave rounding only, it is a Taylor series.
 *
 * @module
 */

/** B_2k/2k for k = 1, 2, …, 8. */
const BERNOULLI: readonly number[] = [
  1 / 12,
  -1 / 120,
  1 / 252,
  -1 / 240,
  1 / 132,
  -691 / 32760,
  1 / 12,
  -3617 / 8160,
];

/** |z|² from which on the asymptotic series is good to rounding. */
const FAR = 72.25;

/** The zero x₀ = 1.46163214496836234126265954232572…, in two parts. */
const ZERO = 1.4616321449683622, ZERO_REST = 9.549995429965697e-17;

/** Within this of the zero the Taylor series is used. */
const NEAR_ZERO = 0.25;

/** ψ^(k)(x₀)/k! for k = 1, 2, …, 22, to the last digit of a double (computed with 60 digits by mpmath 1.3). */
const TAYLOR: readonly number[] = [
  0.9676722454476212,
  -0.4427631689835921,
  0.258499760955651,
  -0.16394270544240652,
  0.10782405069126237,
  -0.07219956125645471,
  0.04880428816414311,
  -0.03316112647484736,
  0.022597648232218104,
  -0.01542476590494896,
  0.010538791616612175,
  -0.007204534386356869,
  0.004926781395729853,
  -0.003369801655439328,
  0.002305126326734928,
  -0.0015769367714301972,
  0.0010788252019162967,
  -0.0007380709389960052,
  0.000504953265834602,
  -0.0003454680251063077,
  0.00023635601564027053,
  -0.00016170622091974803,
];

/**
 * ψ(x + iy) in the right half plane.
 *
 * @param x The real part, 0 or above.
 * @param y The imaginary part; any if x is above 0, else not 0.
 * @param result Receives the real part at 0 and the imaginary part at 1, both good to 1e-14 of the modulus. ψ(x − iy) is the conjugate to the last bit.
 */
export function digamma(x: number, y: number, result: Float64Array): void {
  const fromZero = x - ZERO - ZERO_REST;
  if (fromZero * fromZero + y * y < NEAR_ZERO * NEAR_ZERO) return taylor(fromZero, y, result);
  const square = y * y;
  let re = 0, im = 0, shifted = x;
  while (shifted * shifted + square < FAR) {
    const inverse = 1 / (shifted * shifted + square);
    re -= shifted * inverse;
    im += y * inverse;
    shifted += 1;
  }
  const inverse = 1 / (shifted * shifted + square);
  const zr = shifted * inverse, zi = -y * inverse; // 1/z
  const wr = zr * zr - zi * zi, wi = 2 * zr * zi; // 1/z²
  let sr = BERNOULLI[7], si = 0;
  for (let k = 6; k >= 0; k--) {
    const next = sr * wr - si * wi + BERNOULLI[k];
    si = sr * wi + si * wr;
    sr = next;
  }
  result[0] = re - Math.log(inverse) / 2 - zr / 2 - (sr * wr - si * wi);
  result[1] = im + Math.atan2(y, shifted) - zi / 2 - (sr * wi + si * wr);
}

function taylor(x: number, y: number, result: Float64Array): void {
  let re = TAYLOR[TAYLOR.length - 1], im = 0;
  for (let k = TAYLOR.length - 2; k >= 0; k--) {
    const next = re * x - im * y + TAYLOR[k];
    im = re * y + im * x;
    re = next;
  }
  result[0] = re * x - im * y;
  result[1] = re * y + im * x;
}
