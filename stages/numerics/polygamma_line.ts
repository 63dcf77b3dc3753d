/**
 * The digamma function, or its derivative, on one vertical line of the complex plane, tabulated: baths of one temperature ask for it at a few million energies and at one real part.
 *
 * Between evenly spaced nodes it is a polynomial that interpolates in Chebyshev points. Its poles are at least ½ away, 32 times the half width of an interval, so that
 * each coefficient is 64 times smaller than the one before and nine leave rounding only.
 *
 * @module
 */

/** Coefficients of an interval's polynomial. */
const COEFFICIENTS = 9;

/** Intervals a unit of the imaginary part. */
const DENSITY = 32;

/** Intervals of a table, up to y = 32. Beyond that the function itself is asked: it takes no shifts there, and tables would outgrow the processor's cache. */
const INTERVALS = 32 * DENSITY;

/** Numbers of one interval: coefficients from the lowest power up, of the real and of the imaginary part in turn. */
const STRIDE = 2 * COEFFICIENTS;

/** Row j holds what the value in Chebyshev point j adds to each coefficient. */
const WEIGHTS: readonly Float64Array[] = interpolationWeights();

/** A function of the complex plane, real on the real axis, with no poles but at 0 and the negative integers: `digamma` or `trigamma`. */
export type Polygamma = (x: number, y: number, result: Float64Array) => void;

/** ψ(x + iy) or ψ′(x + iy) for one x. Intervals are tabulated when they are first asked for, so that what comes out does not depend on what was asked before. */
export class PolygammaLine {
  readonly #of: Polygamma;
  readonly #x: number;
  readonly #table = new Float64Array(INTERVALS * STRIDE);
  readonly #known = new Uint8Array(INTERVALS);
  readonly #value = new Float64Array(2);

  /**
   * An empty table.
   *
   * @param of The function.
   * @param x The real part, ½ or above.
   * @throws {RangeError} If x is below ½.
   */
  constructor(of: Polygamma, x: number) {
    if (!(x >= 0.5)) {
      throw new RangeError(`Cannot tabulate a polygamma function at the real part ${x}: it is below 1/2`);
    }
    this.#of = of;
    this.#x = x;
  }

  /**
   * The function at one y, to 1e-14 of the modulus or of 1, whichever is more.
   *
   * @param y The imaginary part.
   * @param result Receives the real part at 0 and the imaginary part at 1.
   */
  at(y: number, result: Float64Array): void {
    const place = Math.abs(y) * DENSITY;
    if (!(place < INTERVALS)) return this.#of(this.#x, y, result);
    const interval = place | 0, t = 2 * (place - interval) - 1, table = this.#table, c = interval * STRIDE;
    if (this.#known[interval] === 0) this.#tabulate(interval);
    let re = table[c + STRIDE - 2], im = table[c + STRIDE - 1];
    for (let k = c + STRIDE - 4; k >= c; k -= 2) {
      re = re * t + table[k];
      im = im * t + table[k + 1];
    }
    result[0] = re;
    result[1] = y < 0 ? -im : im;
  }

  #tabulate(interval: number): void {
    const table = this.#table, at = interval * STRIDE, value = this.#value;
    this.#of(this.#x, (interval + 0.5) / DENSITY, value);
    const [re, im] = value;
    // What is interpolated is the difference from the centre: on the way to powers of t, digits are lost relative to the values.
    WEIGHTS.forEach((weights, j) => {
      this.#of(this.#x, (interval + 0.5 + 0.5 * chebyshevPoint(j)) / DENSITY, value);
      for (let k = 0; k < COEFFICIENTS; k++) {
        table[at + 2 * k] += weights[k] * (value[0] - re);
        table[at + 2 * k + 1] += weights[k] * (value[1] - im);
      }
    });
    table[at] += re;
    table[at + 1] += im;
    this.#known[interval] = 1;
  }
}

function chebyshevPoint(j: number): number {
  return Math.cos(Math.PI * (j + 0.5) / COEFFICIENTS);
}

/** Values in Chebyshev points → coefficients of powers: Σ_m (2 − δ_m0)/N T_m(t_j) T_m(t), with the T_m written out in powers. */
function interpolationWeights(): Float64Array[] {
  const powers = [Float64Array.of(1), Float64Array.of(0, 1)];
  for (let m = 2; m < COEFFICIENTS; m++) {
    const next = new Float64Array(m + 1);
    powers[m - 1].forEach((value, k) => next[k + 1] += 2 * value);
    powers[m - 2].forEach((value, k) => next[k] -= value);
    powers.push(next);
  }
  return Array.from({ length: COEFFICIENTS }, (_, j) => {
    const weights = new Float64Array(COEFFICIENTS);
    powers.forEach((polynomial, m) => {
      const share = (m === 0 ? 1 : 2) / COEFFICIENTS * Math.cos(m * Math.PI * (j + 0.5) / COEFFICIENTS);
      polynomial.forEach((value, k) => weights[k] += share * value);
    });
    return weights;
  });
}
