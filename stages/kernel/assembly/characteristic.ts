/**
 * The characteristic polynomial of a tridiagonal matrix at sixteen abscissas at a time, with the number of eigenvalues below each where that is asked for (Sturm).
 *
 * p_{i+1} = (d_i − x) p_i − e_i² p_{i−1}. A change of sign from p_i to p_{i+1} is an eigenvalue below x. No division is needed, hence no guard; but p grows or
 * shrinks by orders of magnitude over hundreds of rows, so that a power of two is split off now and then.
 *
 * @module
 */
import { get, pauses, rows, scaled } from "./memory.ts";
import { both, minus } from "./lanes.ts";

/** The power of two that is split off. */
export const SPLIT: f64 = 1.6069380442589903e60; // 2^200

/** Between the inverse of this, 2^100, and this, p is left alone. */
const MODERATE: f64 = 1.2676506002282294e30;

/** Squared sub-diagonal elements are raised to this, a perturbation by 1e-15 of the spectrum: at zero, p could vanish for good, and the count with it. */
const LEAST_SQUARE: f64 = 1e-30;

let middle: f64 = 0;
let factor: f64 = 0;

/** Abscissas at a time. Sixteen hide the latency of products and sums. */
export const LANES: i32 = 16;

/** Where it is evaluated; and what that gave: mantissas, exponents in units of SPLIT, counts of eigenvalues below. */
export const abscissa: usize = memory.data(128, 16);
export const mantissa: usize = memory.data(128, 16);
export const exponent: usize = memory.data(128, 16);
export const count: usize = memory.data(128, 16);

/** Takes a tridiagonal matrix and scales its spectrum, which lies within [least, largest], to [−2, 2]. */
export function scale(diagonal: usize, subdiagonal: usize, least: f64, largest: f64): void {
  middle = 0.5 * (least + largest);
  factor = 4 / (largest - least);
  let square: f64 = 0, shrunk: f64 = 1, next = pauses;
  for (let i = 0, began = 0; i < rows; i++) {
    const row = scaled + (<usize> i << 4);
    store<f64>(row, (get(diagonal, i) - middle) * factor);
    store<f64>(row, square, 8);
    // A pause wherever p may have grown by 2^160 or shrunk by SPLIT² since the last one: from row to row, the larger of two neighbours shrinks by e²/8 at most.
    if (i > 0) shrunk *= square / 8;
    if ((i & 1) == 0 && (i - began >= 62 || shrunk * LEAST_SQUARE < 1 / (SPLIT * SPLIT))) {
      store<usize>(next, row);
      next += sizeof<usize>();
      began = i;
      shrunk = 1;
    }
    const e = get(subdiagonal, i) * factor;
    square = max(e * e, LEAST_SQUARE);
  }
  store<usize>(next, scaled + (<usize> rows << 4));
}

/** From an eigenvalue to its place in [−2, 2]. */
export function toScaled(value: f64): f64 {
  return (value - middle) * factor;
}

/** And back. */
export function fromScaled(x: f64): f64 {
  return x / factor + middle;
}

/** Evaluates at all abscissas. */
export function evaluate(): void {
  const zero = f64x2.splat(0), one = f64x2.splat(1);
  const x0 = v128.load(abscissa),
    x1 = v128.load(abscissa, 16),
    x2 = v128.load(abscissa, 32),
    x3 = v128.load(abscissa, 48);
  const x4 = v128.load(abscissa, 64),
    x5 = v128.load(abscissa, 80),
    x6 = v128.load(abscissa, 96),
    x7 = v128.load(abscissa, 112);
  // p_i for an even i, and for an odd one.
  let p0 = one, p1 = one, p2 = one, p3 = one, p4 = one, p5 = one, p6 = one, p7 = one;
  let q0 = zero, q1 = zero, q2 = zero, q3 = zero, q4 = zero, q5 = zero, q6 = zero, q7 = zero;
  memory.fill(exponent, 0, 128);
  const end = scaled + (<usize> rows << 4);
  for (let row = scaled, stop = pauses; row < end; stop += sizeof<usize>()) {
    for (const pause = load<usize>(stop); row < pause; row += 32) {
      let d = both(row), e = v128.load_splat<f64>(row, 8);
      q0 = minus(e, q0, f64x2.mul(f64x2.sub(d, x0), p0));
      q1 = minus(e, q1, f64x2.mul(f64x2.sub(d, x1), p1));
      q2 = minus(e, q2, f64x2.mul(f64x2.sub(d, x2), p2));
      q3 = minus(e, q3, f64x2.mul(f64x2.sub(d, x3), p3));
      q4 = minus(e, q4, f64x2.mul(f64x2.sub(d, x4), p4));
      q5 = minus(e, q5, f64x2.mul(f64x2.sub(d, x5), p5));
      q6 = minus(e, q6, f64x2.mul(f64x2.sub(d, x6), p6));
      q7 = minus(e, q7, f64x2.mul(f64x2.sub(d, x7), p7));
      d = v128.load_splat<f64>(row, 16);
      e = v128.load_splat<f64>(row, 24);
      p0 = minus(e, p0, f64x2.mul(f64x2.sub(d, x0), q0));
      p1 = minus(e, p1, f64x2.mul(f64x2.sub(d, x1), q1));
      p2 = minus(e, p2, f64x2.mul(f64x2.sub(d, x2), q2));
      p3 = minus(e, p3, f64x2.mul(f64x2.sub(d, x3), q3));
      p4 = minus(e, p4, f64x2.mul(f64x2.sub(d, x4), q4));
      p5 = minus(e, p5, f64x2.mul(f64x2.sub(d, x5), q5));
      p6 = minus(e, p6, f64x2.mul(f64x2.sub(d, x6), q6));
      p7 = minus(e, p7, f64x2.mul(f64x2.sub(d, x7), q7));
    }
    if (row == end) break;
    let f = splitOff(p0, q0, exponent);
    p0 = f64x2.mul(p0, f);
    q0 = f64x2.mul(q0, f);
    f = splitOff(p1, q1, exponent + 16);
    p1 = f64x2.mul(p1, f);
    q1 = f64x2.mul(q1, f);
    f = splitOff(p2, q2, exponent + 32);
    p2 = f64x2.mul(p2, f);
    q2 = f64x2.mul(q2, f);
    f = splitOff(p3, q3, exponent + 48);
    p3 = f64x2.mul(p3, f);
    q3 = f64x2.mul(q3, f);
    f = splitOff(p4, q4, exponent + 64);
    p4 = f64x2.mul(p4, f);
    q4 = f64x2.mul(q4, f);
    f = splitOff(p5, q5, exponent + 80);
    p5 = f64x2.mul(p5, f);
    q5 = f64x2.mul(q5, f);
    f = splitOff(p6, q6, exponent + 96);
    p6 = f64x2.mul(p6, f);
    q6 = f64x2.mul(q6, f);
    f = splitOff(p7, q7, exponent + 112);
    p7 = f64x2.mul(p7, f);
    q7 = f64x2.mul(q7, f);
  }
  v128.store(mantissa, p0);
  v128.store(mantissa, p1, 16);
  v128.store(mantissa, p2, 32);
  v128.store(mantissa, p3, 48);
  v128.store(mantissa, p4, 64);
  v128.store(mantissa, p5, 80);
  v128.store(mantissa, p6, 96);
  v128.store(mantissa, p7, 112);
}

/** Evaluates at all abscissas, and counts. */
export function evaluateAndCount(): void {
  countEight(0);
  countEight(64);
}

/** Evaluates and counts at eight abscissas, from the one at byte `at` on. */
function countEight(at: usize): void {
  const zero = f64x2.splat(0), one = f64x2.splat(1);
  const x0 = v128.load(abscissa + at),
    x1 = v128.load(abscissa + at, 16),
    x2 = v128.load(abscissa + at, 32),
    x3 = v128.load(abscissa + at, 48);
  // p_i for an even i, and for an odd one.
  let p0 = one, p1 = one, p2 = one, p3 = one;
  let q0 = zero, q1 = zero, q2 = zero, q3 = zero;
  let c0 = i64x2.splat(0), c1 = c0, c2 = c0, c3 = c0;
  memory.fill(exponent + at, 0, 64);
  const end = scaled + (<usize> rows << 4);
  for (let row = scaled, stop = pauses; row < end; stop += sizeof<usize>()) {
    for (const pause = load<usize>(stop); row < pause; row += 32) {
      let d = both(row), e = v128.load_splat<f64>(row, 8);
      q0 = minus(e, q0, f64x2.mul(f64x2.sub(d, x0), p0));
      q1 = minus(e, q1, f64x2.mul(f64x2.sub(d, x1), p1));
      q2 = minus(e, q2, f64x2.mul(f64x2.sub(d, x2), p2));
      q3 = minus(e, q3, f64x2.mul(f64x2.sub(d, x3), p3));
      c0 = i64x2.add(c0, i64x2.shr_u(v128.xor(p0, q0), 63));
      c1 = i64x2.add(c1, i64x2.shr_u(v128.xor(p1, q1), 63));
      c2 = i64x2.add(c2, i64x2.shr_u(v128.xor(p2, q2), 63));
      c3 = i64x2.add(c3, i64x2.shr_u(v128.xor(p3, q3), 63));
      d = v128.load_splat<f64>(row, 16);
      e = v128.load_splat<f64>(row, 24);
      p0 = minus(e, p0, f64x2.mul(f64x2.sub(d, x0), q0));
      p1 = minus(e, p1, f64x2.mul(f64x2.sub(d, x1), q1));
      p2 = minus(e, p2, f64x2.mul(f64x2.sub(d, x2), q2));
      p3 = minus(e, p3, f64x2.mul(f64x2.sub(d, x3), q3));
      c0 = i64x2.add(c0, i64x2.shr_u(v128.xor(p0, q0), 63));
      c1 = i64x2.add(c1, i64x2.shr_u(v128.xor(p1, q1), 63));
      c2 = i64x2.add(c2, i64x2.shr_u(v128.xor(p2, q2), 63));
      c3 = i64x2.add(c3, i64x2.shr_u(v128.xor(p3, q3), 63));
    }
    if (row == end) break;
    let f = splitOff(p0, q0, exponent + at + 0);
    p0 = f64x2.mul(p0, f);
    q0 = f64x2.mul(q0, f);
    f = splitOff(p1, q1, exponent + at + 16);
    p1 = f64x2.mul(p1, f);
    q1 = f64x2.mul(q1, f);
    f = splitOff(p2, q2, exponent + at + 32);
    p2 = f64x2.mul(p2, f);
    q2 = f64x2.mul(q2, f);
    f = splitOff(p3, q3, exponent + at + 48);
    p3 = f64x2.mul(p3, f);
    q3 = f64x2.mul(q3, f);
  }
  v128.store(mantissa + at, p0);
  v128.store(mantissa + at, p1, 16);
  v128.store(mantissa + at, p2, 32);
  v128.store(mantissa + at, p3, 48);
  v128.store(count + at, c0);
  v128.store(count + at, c1, 16);
  v128.store(count + at, c2, 32);
  v128.store(count + at, c3, 48);
}

/** By what to multiply so that the larger of two neighbours is of moderate size again; notes it in the exponents. */
function splitOff(p: v128, q: v128, exponents: usize): v128 {
  const size = f64x2.max(f64x2.abs(p), f64x2.abs(q)), one = f64x2.splat(1), two = f64x2.splat(2);
  const large = f64x2.gt(size, f64x2.splat(MODERATE)), small = f64x2.lt(size, f64x2.splat(1 / MODERATE));
  const tiny = f64x2.lt(size, f64x2.splat(1 / (SPLIT * MODERATE)));
  const up = v128.bitselect(two, v128.and(one, small), tiny);
  v128.store(exponents, f64x2.add(v128.load(exponents), f64x2.sub(v128.and(one, large), up)));
  const factorUp = v128.bitselect(
    f64x2.splat(SPLIT * SPLIT),
    v128.bitselect(f64x2.splat(SPLIT), one, small),
    tiny,
  );
  return v128.bitselect(f64x2.splat(1 / SPLIT), factorUp, large);
}
