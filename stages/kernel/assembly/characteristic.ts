/**
 * The characteristic polynomial of a tridiagonal matrix at eight abscissas at a time, with the number of eigenvalues below each (Sturm).
 *
 * p_{i+1} = (d_i − x) p_i − e_i² p_{i−1}. A change of sign from p_i to p_{i+1} is an eigenvalue below x. No division is needed, hence no guard; but p grows or
 * shrinks by orders of magnitude over hundreds of rows, so that a power of two is split off now and then.
 *
 * @module
 */
import { rows, scaled } from "./memory.ts";
import { both, minus } from "./lanes.ts";

/** The power of two that is split off. */
export const SPLIT: f64 = 1.6069380442589903e60; // 2^200

/** Rows between two looks at the size of p: within them it grows by 2^128 at most, since the spectrum is scaled to −2 … 2. */
let stride: i32 = 64;

/** Squared sub-diagonal elements are raised to this, a perturbation by 1e-15 of the spectrum: at zero, p could vanish for good, and the count with it. */
const LEAST_SQUARE: f64 = 1e-30;

let middle: f64 = 0;
let factor: f64 = 0;

/** What the last evaluation gave: mantissas, exponents in units of SPLIT, and counts of eigenvalues, for eight abscissas. */
export const mantissa: usize = memory.data(64, 16);
export const exponent: usize = memory.data(64, 16);
export const count: usize = memory.data(64, 16);
/** Where it is evaluated. */
export const abscissa: usize = memory.data(64, 16);

/** Takes a tridiagonal matrix and scales its spectrum, which lies within [least, largest], to [−2, 2]. */
export function scale(diagonal: usize, subdiagonal: usize, least: f64, largest: f64): void {
  middle = 0.5 * (least + largest);
  factor = 4 / (largest - least);
  let smallest = Infinity, square: f64 = 0;
  for (let i: usize = 0, end = <usize> rows << 3; i < end; i += 8) {
    store<f64>(scaled + 2 * i, (load<f64>(diagonal + i) - middle) * factor);
    store<f64>(scaled + 2 * i, square, 8);
    if (i > 0) smallest = min(smallest, square);
    const e = load<f64>(subdiagonal + i) * factor;
    square = max(e * e, LEAST_SQUARE);
  }
  stride = smallest > 1e-12 ? 64 : 16;
}

/** From an eigenvalue to its place in [−2, 2]. */
export function toScaled(value: f64): f64 {
  return (value - middle) * factor;
}

/** And back. */
export function fromScaled(x: f64): f64 {
  return x / factor + middle;
}

/** Evaluates at the eight abscissas, and counts. */
export function evaluateAndCount(): void {
  const xa = v128.load(abscissa),
    xb = v128.load(abscissa, 16),
    xc = v128.load(abscissa, 32),
    xd = v128.load(abscissa, 48);
  const zero = f64x2.splat(0);
  let p = f64x2.splat(1), q = p, r = p, s = p; // p_i for an even i …
  let t = zero, u = zero, v = zero, w = zero; // … and for an odd one
  let ca = i64x2.splat(0), cb = ca, cc = ca, cd = ca;
  memory.fill(exponent, 0, 64);
  let row = scaled;
  const end = scaled + (<usize> rows << 4);
  while (row < end) {
    const pause = min(row + (<usize> stride << 4), end);
    for (; row < pause; row += 32) {
      let d = both(row), e = v128.load_splat<f64>(row, 8);
      t = minus(e, t, f64x2.mul(f64x2.sub(d, xa), p));
      u = minus(e, u, f64x2.mul(f64x2.sub(d, xb), q));
      v = minus(e, v, f64x2.mul(f64x2.sub(d, xc), r));
      w = minus(e, w, f64x2.mul(f64x2.sub(d, xd), s));
      ca = i64x2.add(ca, i64x2.shr_u(v128.xor(t, p), 63));
      cb = i64x2.add(cb, i64x2.shr_u(v128.xor(u, q), 63));
      cc = i64x2.add(cc, i64x2.shr_u(v128.xor(v, r), 63));
      cd = i64x2.add(cd, i64x2.shr_u(v128.xor(w, s), 63));
      d = v128.load_splat<f64>(row, 16);
      e = v128.load_splat<f64>(row, 24);
      p = minus(e, p, f64x2.mul(f64x2.sub(d, xa), t));
      q = minus(e, q, f64x2.mul(f64x2.sub(d, xb), u));
      r = minus(e, r, f64x2.mul(f64x2.sub(d, xc), v));
      s = minus(e, s, f64x2.mul(f64x2.sub(d, xd), w));
      ca = i64x2.add(ca, i64x2.shr_u(v128.xor(p, t), 63));
      cb = i64x2.add(cb, i64x2.shr_u(v128.xor(q, u), 63));
      cc = i64x2.add(cc, i64x2.shr_u(v128.xor(r, v), 63));
      cd = i64x2.add(cd, i64x2.shr_u(v128.xor(s, w), 63));
    }
    if (row < end) {
      let f = splitOff(p, t);
      p = f64x2.mul(p, f);
      t = f64x2.mul(t, f);
      note(0, f);
      f = splitOff(q, u);
      q = f64x2.mul(q, f);
      u = f64x2.mul(u, f);
      note(16, f);
      f = splitOff(r, v);
      r = f64x2.mul(r, f);
      v = f64x2.mul(v, f);
      note(32, f);
      f = splitOff(s, w);
      s = f64x2.mul(s, f);
      w = f64x2.mul(w, f);
      note(48, f);
    }
  }
  v128.store(mantissa, p);
  v128.store(mantissa, q, 16);
  v128.store(mantissa, r, 32);
  v128.store(mantissa, s, 48);
  v128.store(count, ca);
  v128.store(count, cb, 16);
  v128.store(count, cc, 32);
  v128.store(count, cd, 48);
}

/** Evaluates at the eight abscissas. */
export function evaluate(): void {
  const xa = v128.load(abscissa),
    xb = v128.load(abscissa, 16),
    xc = v128.load(abscissa, 32),
    xd = v128.load(abscissa, 48);
  const zero = f64x2.splat(0);
  let p = f64x2.splat(1), q = p, r = p, s = p; // p_i for an even i …
  let t = zero, u = zero, v = zero, w = zero; // … and for an odd one
  memory.fill(exponent, 0, 64);
  let row = scaled;
  const end = scaled + (<usize> rows << 4);
  while (row < end) {
    const pause = min(row + (<usize> stride << 4), end);
    for (; row < pause; row += 32) {
      let d = both(row), e = v128.load_splat<f64>(row, 8);
      t = minus(e, t, f64x2.mul(f64x2.sub(d, xa), p));
      u = minus(e, u, f64x2.mul(f64x2.sub(d, xb), q));
      v = minus(e, v, f64x2.mul(f64x2.sub(d, xc), r));
      w = minus(e, w, f64x2.mul(f64x2.sub(d, xd), s));
      d = v128.load_splat<f64>(row, 16);
      e = v128.load_splat<f64>(row, 24);
      p = minus(e, p, f64x2.mul(f64x2.sub(d, xa), t));
      q = minus(e, q, f64x2.mul(f64x2.sub(d, xb), u));
      r = minus(e, r, f64x2.mul(f64x2.sub(d, xc), v));
      s = minus(e, s, f64x2.mul(f64x2.sub(d, xd), w));
    }
    if (row < end) {
      let f = splitOff(p, t);
      p = f64x2.mul(p, f);
      t = f64x2.mul(t, f);
      note(0, f);
      f = splitOff(q, u);
      q = f64x2.mul(q, f);
      u = f64x2.mul(u, f);
      note(16, f);
      f = splitOff(r, v);
      r = f64x2.mul(r, f);
      v = f64x2.mul(v, f);
      note(32, f);
      f = splitOff(s, w);
      s = f64x2.mul(s, f);
      w = f64x2.mul(w, f);
      note(48, f);
    }
  }
  v128.store(mantissa, p);
  v128.store(mantissa, q, 16);
  v128.store(mantissa, r, 32);
  v128.store(mantissa, s, 48);
}

/** By what to multiply so that the larger of two neighbours is of moderate size again. */
function splitOff(p: v128, t: v128): v128 {
  const size = f64x2.max(f64x2.abs(p), f64x2.abs(t));
  const large = f64x2.gt(size, f64x2.splat(SPLIT)), tiny = f64x2.lt(size, f64x2.splat(1 / SPLIT));
  return v128.bitselect(
    f64x2.splat(1 / SPLIT),
    v128.bitselect(f64x2.splat(SPLIT), f64x2.splat(1), tiny),
    large,
  );
}

/** Adds to the exponents of two abscissas: +1 where 1/SPLIT was multiplied, −1 where SPLIT was. */
function note(at: usize, factorOfP: v128): void {
  const one = f64x2.splat(1);
  const change = f64x2.sub(v128.and(f64x2.lt(factorOfP, one), one), v128.and(f64x2.gt(factorOfP, one), one));
  v128.store(exponent + at, f64x2.add(v128.load(exponent + at), change));
}
