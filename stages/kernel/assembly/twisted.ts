/**
 * Eigenvectors by twisted factorization, for two shifts in the two lanes: C − μ is eliminated from the top and from the bottom, both at once, and what is left of a
 * window of four rows in between tells whether a solution that starts there is an eigenvector. One factorization gives a vector to rounding; no iteration.
 *
 * C has half bandwidth four, so that a window of four rows separates what is above from what is below. Elimination without row exchanges can go wrong where a pivot
 * comes out tiny; whoever uses the vectors has to look at their residual.
 *
 * @module
 */
import {
  GRAM_ROW,
  MULTIPLIERS,
  multipliersDown,
  multipliersUp,
  pairRight,
  WINDOW,
  windows,
  windowsDown,
  windowsUp,
} from "./memory.ts";
import { eliminate } from "./elimination.ts";
import { both, minus, plus } from "./lanes.ts";

/** Finds the vectors to two shifts, not normalized; leaves them in `pairRight`. */
export function twistedVectors(matrix: usize, shift: v128): void {
  eliminate(windows - 1, windows - 1, matrix, shift);
  const twist = bestWindows(matrix, shift);
  solve(matrix, shift, <i32> i64x2.extract_lane(twist, 0), <i32> i64x2.extract_lane(twist, 1));
}

/**
 * The same with one given window for both, for half the work; good if neither vector is small there. Like `twistedVectors`, it leaves a judgement to the residual.
 */
export function twistedVectorsAt(window: i32, matrix: usize, shift: v128): void {
  eliminate(window, windows - 1 - window, matrix, shift);
  solve(matrix, shift, window, window);
}

/** The window in which both vectors in `pairRight` are large: where those of the next two eigenvalues are likely to be large, too. */
export function commonWindow(): i32 {
  let best = 0, most: f64 = -1, z = pairRight;
  for (let window = 0; window < windows; window++, z += 64) {
    const a = v128.load(z), b = v128.load(z, 16), c = v128.load(z, 32), d = v128.load(z, 48);
    const density = f64x2.add(plus(a, a, f64x2.mul(b, b)), plus(c, c, f64x2.mul(d, d)));
    const product = f64x2.extract_lane(density, 0) * f64x2.extract_lane(density, 1);
    if (product > most) {
      most = product;
      best = window;
    }
  }
  return best;
}

/** The windows, one a lane, in which the smallest of all residuals is left. */
function bestWindows(matrix: usize, shift: v128): v128 {
  let best = i64x2.splat(0), leastDeterminant = f64x2.splat(Infinity), leastTrace = f64x2.splat(1);
  let w = windowsDown, wUp = windowsUp, row = matrix;
  for (let window = 0; window < windows; window++, w += WINDOW, wUp += WINDOW, row += 4 * GRAM_ROW) {
    // What is left of the window: both eliminations, less C − μ itself, which is in both. Sites p = (0, 1) and q = (2, 3), coupled by f.
    const p00 = f64x2.add(v128.load(w), f64x2.sub(v128.load(wUp, 144), f64x2.sub(both(row), shift)));
    const p10 = f64x2.add(v128.load(w, 16), f64x2.sub(v128.load(wUp, 128), v128.load_splat<f64>(row, 8)));
    const p11 = f64x2.add(
      v128.load(w, 32),
      f64x2.sub(v128.load(wUp, 80), f64x2.sub(v128.load_splat<f64>(row, 32), shift)),
    );
    const f00 = f64x2.add(v128.load(w, 48), f64x2.sub(v128.load(wUp, 112), v128.load_splat<f64>(row, 16)));
    const f01 = f64x2.add(v128.load(w, 64), v128.load(wUp, 64));
    const f10 = f64x2.add(v128.load(w, 96), v128.load(wUp, 96));
    const f11 = f64x2.add(v128.load(w, 112), f64x2.sub(v128.load(wUp, 48), v128.load_splat<f64>(row, 48)));
    const q00 = f64x2.add(
      v128.load(w, 80),
      f64x2.sub(v128.load(wUp, 32), f64x2.sub(v128.load_splat<f64>(row, 64), shift)),
    );
    const q10 = f64x2.add(v128.load(w, 128), f64x2.sub(v128.load(wUp, 16), v128.load_splat<f64>(row, 72)));
    const q11 = f64x2.add(
      v128.load(w, 144),
      f64x2.sub(v128.load(wUp), f64x2.sub(v128.load_splat<f64>(row, 96), shift)),
    );
    // Of the two sites the one with the larger determinant is eliminated; the other one's Schur complement is y.
    const detP = minus(p10, p10, f64x2.mul(p00, p11)), detQ = minus(q10, q10, f64x2.mul(q00, q11));
    const swap = f64x2.lt(f64x2.abs(detP), f64x2.abs(detQ));
    const e00 = v128.bitselect(q00, p00, swap),
      e10 = v128.bitselect(q10, p10, swap),
      e11 = v128.bitselect(q11, p11, swap);
    const k00 = v128.bitselect(p00, q00, swap),
      k10 = v128.bitselect(p10, q10, swap),
      k11 = v128.bitselect(p11, q11, swap);
    const g01 = v128.bitselect(f10, f01, swap), g10 = v128.bitselect(f01, f10, swap);
    const inverse = f64x2.div(f64x2.splat(1), v128.bitselect(detQ, detP, swap));
    const x00 = f64x2.mul(minus(e10, g01, f64x2.mul(e11, f00)), inverse);
    const x10 = f64x2.mul(minus(e10, f00, f64x2.mul(e00, g01)), inverse);
    const x01 = f64x2.mul(minus(e10, f11, f64x2.mul(e11, g10)), inverse);
    const x11 = f64x2.mul(minus(e10, g10, f64x2.mul(e00, f11)), inverse);
    const y00 = f64x2.sub(k00, plus(f00, x00, f64x2.mul(g01, x10)));
    const y10 = f64x2.sub(k10, plus(f00, x01, f64x2.mul(g01, x11)));
    const y11 = f64x2.sub(k11, plus(g10, x01, f64x2.mul(f11, x11)));
    // The smaller eigenvalue of y is about det y / tr y; compared crosswise, which spares a division.
    const determinant = f64x2.abs(minus(y10, y10, f64x2.mul(y00, y11)));
    const trace = f64x2.add(f64x2.abs(y00), f64x2.abs(y11));
    const better = f64x2.lt(f64x2.mul(determinant, leastTrace), f64x2.mul(leastDeterminant, trace));
    leastDeterminant = v128.bitselect(determinant, leastDeterminant, better);
    leastTrace = v128.bitselect(trace, leastTrace, better);
    best = v128.bitselect(i64x2.splat(window), best, better);
  }
  return best;
}

/** The vector's elements in a window, row by row, for one lane each. */
const start: usize = memory.data(64, 16);

/** Solves from the windows to both ends. */
function solve(matrix: usize, shift: v128, window0: i32, window1: i32): void {
  startVector(matrix, f64x2.extract_lane(shift, 0), window0, 0);
  startVector(matrix, f64x2.extract_lane(shift, 1), window1, 8);
  const s0 = v128.load(start), s1 = v128.load(start, 16), s2 = v128.load(start, 32), s3 = v128.load(start, 48);
  const twist = i64x2.replace_lane(i64x2.splat(<i64> window0), 1, <i64> window1);
  const lower = max(window0, window1), upper = min(window0, window1), zero = f64x2.splat(0);

  // Upwards from the lower one of the two windows; the other lane is zero until its own.
  let x0 = zero, x1 = zero, x2 = zero, x3 = zero;
  let m = multipliersDown + 4 * MULTIPLIERS * <usize> lower, z = pairRight + 64 * <usize> lower;
  for (let window = lower; window >= 0; window--, m -= 4 * MULTIPLIERS, z -= 64) {
    if (window == lower || window == upper) {
      const here = i64x2.eq(i64x2.splat(window), twist);
      if (window < lower) {
        x3 = back(m + 3 * MULTIPLIERS, x0, x1, x2, x3);
        x2 = back(m + 2 * MULTIPLIERS, x3, x0, x1, x2);
        x1 = back(m + MULTIPLIERS, x2, x3, x0, x1);
        x0 = back(m, x1, x2, x3, x0);
      }
      x3 = v128.bitselect(s3, x3, here);
      x2 = v128.bitselect(s2, x2, here);
      x1 = v128.bitselect(s1, x1, here);
      x0 = v128.bitselect(s0, x0, here);
    } else {
      x3 = back(m + 3 * MULTIPLIERS, x0, x1, x2, x3);
      x2 = back(m + 2 * MULTIPLIERS, x3, x0, x1, x2);
      x1 = back(m + MULTIPLIERS, x2, x3, x0, x1);
      x0 = back(m, x1, x2, x3, x0);
    }
    v128.store(z, x0);
    v128.store(z, x1, 16);
    v128.store(z, x2, 32);
    v128.store(z, x3, 48);
  }

  // Downwards from the upper one; between the two windows one lane comes from above and the other from below.
  x0 = zero;
  x1 = zero;
  x2 = zero;
  x3 = zero;
  m = multipliersUp + 4 * MULTIPLIERS * <usize> upper;
  z = pairRight + 64 * <usize> upper;
  for (let window = upper; window < windows; window++, m += 4 * MULTIPLIERS, z += 64) {
    if (window <= lower) {
      const here = i64x2.eq(i64x2.splat(window), twist);
      if (window > upper) {
        x0 = back(m, x3, x2, x1, x0);
        x1 = back(m + MULTIPLIERS, x0, x3, x2, x1);
        x2 = back(m + 2 * MULTIPLIERS, x1, x0, x3, x2);
        x3 = back(m + 3 * MULTIPLIERS, x2, x1, x0, x3);
      }
      // What a lane has in its own window is there already.
      v128.store(z, f64x2.add(v128.load(z), v128.andnot(x0, here)));
      v128.store(z, f64x2.add(v128.load(z, 16), v128.andnot(x1, here)), 16);
      v128.store(z, f64x2.add(v128.load(z, 32), v128.andnot(x2, here)), 32);
      v128.store(z, f64x2.add(v128.load(z, 48), v128.andnot(x3, here)), 48);
      x0 = v128.bitselect(s0, x0, here);
      x1 = v128.bitselect(s1, x1, here);
      x2 = v128.bitselect(s2, x2, here);
      x3 = v128.bitselect(s3, x3, here);
    } else {
      x0 = back(m, x3, x2, x1, x0);
      x1 = back(m + MULTIPLIERS, x0, x3, x2, x1);
      x2 = back(m + 2 * MULTIPLIERS, x1, x0, x3, x2);
      x3 = back(m + 3 * MULTIPLIERS, x2, x1, x0, x3);
      v128.store(z, x0);
      v128.store(z, x1, 16);
      v128.store(z, x2, 32);
      v128.store(z, x3, 48);
    }
  }
}

/** The next element: −(m1 a + m2 b + m3 c + m4 d), of which a comes last. */
function back(m: usize, a: v128, b: v128, c: v128, d: v128): v128 {
  const rest = plus(v128.load(m, 16), b, plus(v128.load(m, 32), c, f64x2.mul(v128.load(m, 48), d)));
  return f64x2.neg(plus(v128.load(m), a, rest));
}

/** Puts together what is left of a lane's window; its vector of smallest residual starts the solution. */
function startVector(matrix: usize, shift: f64, window: i32, lane: usize): void {
  const w = windowsDown + WINDOW * <usize> window + lane, wUp = windowsUp + WINDOW * <usize> window + lane;
  const row = matrix + 4 * GRAM_ROW * <usize> window;
  const p00 = load<f64>(w) + (load<f64>(wUp, 144) - (load<f64>(row) - shift));
  const p10 = load<f64>(w, 16) + (load<f64>(wUp, 128) - load<f64>(row, 8));
  const p11 = load<f64>(w, 32) + (load<f64>(wUp, 80) - (load<f64>(row, 32) - shift));
  const f00 = load<f64>(w, 48) + (load<f64>(wUp, 112) - load<f64>(row, 16));
  const f01 = load<f64>(w, 64) + load<f64>(wUp, 64);
  const f10 = load<f64>(w, 96) + load<f64>(wUp, 96);
  const f11 = load<f64>(w, 112) + (load<f64>(wUp, 48) - load<f64>(row, 48));
  const q00 = load<f64>(w, 80) + (load<f64>(wUp, 32) - (load<f64>(row, 64) - shift));
  const q10 = load<f64>(w, 128) + (load<f64>(wUp, 16) - load<f64>(row, 72));
  const q11 = load<f64>(w, 144) + (load<f64>(wUp) - (load<f64>(row, 96) - shift));
  const swap = abs(p00 * p11 - p10 * p10) < abs(q00 * q11 - q10 * q10);
  const e00 = swap ? q00 : p00, e10 = swap ? q10 : p10, e11 = swap ? q11 : p11;
  const k00 = swap ? p00 : q00, k10 = swap ? p10 : q10, k11 = swap ? p11 : q11;
  const g01 = swap ? f10 : f01, g10 = swap ? f01 : f10;
  const inverse = 1 / (e00 * e11 - e10 * e10);
  const x00 = (e11 * f00 - e10 * g01) * inverse, x10 = (e00 * g01 - e10 * f00) * inverse;
  const x01 = (e11 * g10 - e10 * f11) * inverse, x11 = (e00 * f11 - e10 * g10) * inverse;
  const y00 = k00 - f00 * x00 - g01 * x10, y10 = k10 - f00 * x01 - g01 * x11, y11 = k11 - g10 * x01 - f11 * x11;
  // The eigenvector of y whose eigenvalue is the smaller one in size.
  const mean = 0.5 * (y00 + y11), half = 0.5 * (y00 - y11), radius = sqrt(half * half + y10 * y10);
  const least = mean >= 0 ? mean - radius : mean + radius;
  let a = y10, b = least - y00;
  if (abs(b) < abs(least - y11)) {
    a = least - y11;
    b = y10;
  }
  const norm = sqrt(a * a + b * b);
  if (norm > 0) {
    a /= norm;
    b /= norm;
  } else {
    a = 1;
    b = 0;
  }
  const e0 = -(x00 * a + x01 * b), e1 = -(x10 * a + x11 * b);
  store<f64>(start + lane, swap ? a : e0);
  store<f64>(start + lane, swap ? b : e1, 16);
  store<f64>(start + lane, swap ? e0 : a, 32);
  store<f64>(start + lane, swap ? e1 : b, 48);
}
