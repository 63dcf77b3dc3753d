/**
 * The characteristic polynomial of a tridiagonal matrix at many abscissas at a time, with the number of eigenvalues below each where that is asked for (Sturm).
 *
 * p_{i+1} = (d_i − x) p_i − e_i² p_{i−1}. A change of sign from p_i to p_{i+1} is an eigenvalue below x. No division is needed, hence no guard; but p grows or
 * shrinks by orders of magnitude over hundreds of rows, so that a power of two is split off now and then; at 50 sites, hardly ever.
 *
 * @module
 */
import { get, pauses, rows, scaled } from "./memory.ts";
import { both, minus } from "./lanes.ts";

/** Squared sub-diagonal elements are raised to this, a perturbation by 1e-15 of the spectrum: at zero, p could vanish for good, and the count with it. */
const LEAST_SQUARE: f64 = 1e-30;

/** 2^52. */
const TWO_52: f64 = 4503599627370496;

/** 2^-400. */
const LEAST_SHRUNK: f64 = 3.872591914849318e-121;

let middle: f64 = 0;
let factor: f64 = 0;

/** Abscissas at a time: with counts, and without, where twelve hide the latency of products and sums, and their p just fit into sixteen registers. */
export const COUNTED: i32 = 16, EVALUATED: i32 = 12;

/** Where it is evaluated; and what that gave: mantissas, exponents of 2, counts of eigenvalues below. */
export const abscissa: usize = memory.data(128, 16);
export const mantissa: usize = memory.data(128, 16);
export const exponent: usize = memory.data(128, 16);
export const count: usize = memory.data(128, 16);

/** Where loops store what nobody reads. No compiler moves a load across a store, which keeps V8 from working on both rows of a step at a time, short of registers. */
const fence: usize = memory.data(16, 16);

/** Takes a tridiagonal matrix and scales its spectrum, which lies within [least, largest], to [−2, 2]. */
export function scale(diagonal: usize, subdiagonal: usize, least: f64, largest: f64): void {
  middle = 0.5 * (least + largest);
  factor = 4 / (largest - least);
  let square: f64 = 0, shrunk: f64 = 1, next = pauses;
  for (let i = 0, began = 0; i < rows; i++) {
    const row = scaled + (<usize> i << 4);
    store<f64>(row, (get(diagonal, i) - middle) * factor);
    store<f64>(row, square, 8);
    // A pause wherever p may have grown by 2^400, or shrunk by as much, since the last one: from row to row, the larger of two
    // neighbours grows by 8 and shrinks by e²/8 at most.
    if (i > 0) shrunk *= square / 8;
    if ((i & 1) == 0 && (i - began >= 132 || shrunk < LEAST_SHRUNK)) {
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

/** Evaluates at the first EVALUATED abscissas. */
export function evaluate(): void {
  const zero = f64x2.splat(0), one = f64x2.splat(1);
  // p_i for an even i, and for an odd one.
  let p0 = one, p1 = one, p2 = one, p3 = one, p4 = one, p5 = one;
  let q0 = zero, q1 = zero, q2 = zero, q3 = zero, q4 = zero, q5 = zero;
  memory.fill(exponent, 0, 8 * EVALUATED);
  const end = scaled + (<usize> rows << 4);
  for (let row = scaled, stop = pauses; row < end; stop += sizeof<usize>()) {
    for (const pause = load<usize>(stop); row < pause; row += 32) {
      let d = both(row), e = v128.load_splat<f64>(row, 8);
      q0 = minus(e, q0, f64x2.mul(f64x2.sub(d, v128.load(abscissa)), p0));
      q1 = minus(e, q1, f64x2.mul(f64x2.sub(d, v128.load(abscissa, 16)), p1));
      q2 = minus(e, q2, f64x2.mul(f64x2.sub(d, v128.load(abscissa, 32)), p2));
      q3 = minus(e, q3, f64x2.mul(f64x2.sub(d, v128.load(abscissa, 48)), p3));
      q4 = minus(e, q4, f64x2.mul(f64x2.sub(d, v128.load(abscissa, 64)), p4));
      q5 = minus(e, q5, f64x2.mul(f64x2.sub(d, v128.load(abscissa, 80)), p5));
      v128.store(fence, q5);
      d = v128.load_splat<f64>(row, 16);
      e = v128.load_splat<f64>(row, 24);
      p0 = minus(e, p0, f64x2.mul(f64x2.sub(d, v128.load(abscissa)), q0));
      p1 = minus(e, p1, f64x2.mul(f64x2.sub(d, v128.load(abscissa, 16)), q1));
      p2 = minus(e, p2, f64x2.mul(f64x2.sub(d, v128.load(abscissa, 32)), q2));
      p3 = minus(e, p3, f64x2.mul(f64x2.sub(d, v128.load(abscissa, 48)), q3));
      p4 = minus(e, p4, f64x2.mul(f64x2.sub(d, v128.load(abscissa, 64)), q4));
      p5 = minus(e, p5, f64x2.mul(f64x2.sub(d, v128.load(abscissa, 80)), q5));
      v128.store(fence, p5);
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
  }
  v128.store(mantissa, p0);
  v128.store(mantissa, p1, 16);
  v128.store(mantissa, p2, 32);
  v128.store(mantissa, p3, 48);
  v128.store(mantissa, p4, 64);
  v128.store(mantissa, p5, 80);
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
      v128.store(fence, q3);
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

/** The inverse of the power of two in the larger of two neighbours, which is noted in the exponents. */
function splitOff(p: v128, q: v128, exponents: usize): v128 {
  const power = v128.and(f64x2.pmax(f64x2.abs(p), f64x2.abs(q)), i64x2.splat(0x7ff0000000000000));
  // An integer in the low bits of 2^52 is that number.
  const biased = v128.or(i64x2.shr_u(power, 52), f64x2.splat(TWO_52));
  v128.store(exponents, f64x2.add(v128.load(exponents), f64x2.sub(biased, f64x2.splat(TWO_52 + 1023))));
  return i64x2.sub(i64x2.splat(0x7fe0000000000000), power);
}

/** 2 to integers between −1022 and 1023. */
export function powerOfTwo(integers: v128): v128 {
  return i64x2.shl(f64x2.add(integers, f64x2.splat(TWO_52 + 1023)), 52);
}
