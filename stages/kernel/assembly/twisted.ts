/**
 * Eigenvectors by twisted factorization, for four shifts at a time, two pairs of two lanes: C − μ is eliminated from the top and from the bottom, and what is left of
 * a window of four rows in between tells whether a solution that starts there is an eigenvector. One factorization gives a vector to rounding; no iteration.
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
  paddedRows,
  pairBytes,
  pairRight,
  product,
  WINDOW,
  windows,
  windowsBytes,
  windowsDown,
  windowsUp,
} from "./memory.ts";
import { above, below, eliminateDown, eliminateUp } from "./elimination.ts";
import { both, minus, plus } from "./lanes.ts";

/** Sites of a window. */
const SITES: i32 = 2;

/**
 * Finds the vectors to two pairs of shifts, not normalized, from one window for all: good if none of them is small there. Leaves them in `pairRight`, one pair behind
 * the other.
 */
export function twistedVectorsAt(window: i32, matrix: usize, first: v128, second: v128): void {
  eliminateDown(SITES * window, matrix, first, second, false);
  eliminateUp(SITES * (windows - 1 - window), matrix, first, second, false);
  const row = matrix + 4 * GRAM_ROW * <usize> window;
  startVectors(above, below, row, first, start);
  startVectors(above + WINDOW, below + WINDOW, row, second, start + 64);
  solve(window, pairRight);
}

/** The same from the window that is best for each shift, for one of the pairs or for both; for some three times the work. */
export function twistedVectors(matrix: usize, first: v128, second: v128, wantsFirst: bool, wantsSecond: bool): void {
  eliminateDown(SITES * (windows - 1), matrix, first, second, true);
  eliminateUp(SITES * (windows - 1), matrix, first, second, true);
  if (wantsFirst) solveFromBest(0, matrix, first);
  if (wantsSecond) solveFromBest(1, matrix, second);
}

/** Solves for pair 0 or 1, lane by lane, each from its own window. */
function solveFromBest(pair: usize, matrix: usize, shift: v128): void {
  const w = windowsDown + pair * windowsBytes, wUp = windowsUp + pair * windowsBytes;
  const best = bestWindows(w, wUp, matrix, shift);
  for (let lane: usize = 0; lane < 2; lane++) {
    const window = lane == 0 ? i64x2.extract_lane(best, 0) : i64x2.extract_lane(best, 1), at = WINDOW * <usize> window;
    startVectors(w + at, wUp + at, matrix + 4 * GRAM_ROW * <usize> window, shift, start + 64 * pair);
    solve(<i32> window, product);
    for (let i: i32 = 0; i < paddedRows; i++) {
      const z = pair * pairBytes + (<usize> i << 4) + 8 * lane;
      store<f64>(pairRight + z, load<f64>(product + z));
    }
  }
}

/** The window in which all vectors of two pairs are large: where those of the next eigenvalues are likely to be large, too. */
export function commonWindow(a: usize, b: usize): i32 {
  let best = 0, most: f64 = -1;
  for (let window = 0; window < windows; window++, a += 64, b += 64) {
    const density = f64x2.mul(densityOf(a), densityOf(b));
    const product = f64x2.extract_lane(density, 0) * f64x2.extract_lane(density, 1);
    if (product > most) {
      most = product;
      best = window;
    }
  }
  return best;
}

/** |z|² in a window. */
function densityOf(z: usize): v128 {
  const a = v128.load(z), b = v128.load(z, 16), c = v128.load(z, 32), d = v128.load(z, 48);
  return f64x2.add(plus(a, a, f64x2.mul(b, b)), plus(c, c, f64x2.mul(d, d)));
}

/** The windows, one a lane, in which the smallest of all residuals is left. */
function bestWindows(w: usize, wUp: usize, matrix: usize, shift: v128): v128 {
  let best = i64x2.splat(0), leastDeterminant = f64x2.splat(Infinity), leastTrace = f64x2.splat(1);
  let row = matrix;
  for (let window = 0; window < windows; window++, w += WINDOW, wUp += WINDOW, row += 4 * GRAM_ROW) {
    condense(w, wUp, row, shift);
    const y00 = v128.load(condensed, Y00), y10 = v128.load(condensed, Y10), y11 = v128.load(condensed, Y11);
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

/** A window's four rows, reduced to those of one site: Y, and X, which takes a vector of that site to −1 times that of the other; and whether it is the first site. */
const condensed: usize = memory.data(128, 16);
const X00: usize = 0,
  X10: usize = 16,
  X01: usize = 32,
  X11: usize = 48,
  Y00: usize = 64,
  Y10: usize = 80,
  Y11: usize = 96,
  SWAP: usize = 112;

/** Puts together what is left of a window, given by what is left from above, from below and by its first row; eliminates one of its sites. */
function condense(w: usize, wUp: usize, row: usize, shift: v128): void {
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
  v128.store(condensed, x00, X00);
  v128.store(condensed, x10, X10);
  v128.store(condensed, x01, X01);
  v128.store(condensed, x11, X11);
  v128.store(condensed, y00, Y00);
  v128.store(condensed, y10, Y10);
  v128.store(condensed, y11, Y11);
  v128.store(condensed, swap, SWAP);
}

/** The vectors' elements in a window, row by row, of two pairs. */
const start: usize = memory.data(128, 16);

/** The vectors of smallest residual in a window, which start the solution. */
function startVectors(w: usize, wUp: usize, row: usize, shift: v128, to: usize): void {
  condense(w, wUp, row, shift);
  const y00 = v128.load(condensed, Y00), y10 = v128.load(condensed, Y10), y11 = v128.load(condensed, Y11);
  // The eigenvector of y whose eigenvalue is the smaller one in size: of the two ways to write it, the one without cancellation.
  const zero = f64x2.splat(0), one = f64x2.splat(1), point5 = f64x2.splat(0.5), sign = f64x2.splat(-0.0);
  const mean = f64x2.mul(point5, f64x2.add(y00, y11)), half = f64x2.mul(point5, f64x2.sub(y00, y11));
  const radius = f64x2.sqrt(plus(half, half, f64x2.mul(y10, y10)));
  const least = f64x2.sub(mean, v128.or(radius, v128.and(mean, sign)));
  const to0 = f64x2.sub(least, y00), to1 = f64x2.sub(least, y11);
  const second = f64x2.lt(f64x2.abs(to0), f64x2.abs(to1));
  const a = v128.bitselect(to1, y10, second), b = v128.bitselect(y10, to0, second);
  const norm = f64x2.sqrt(plus(a, a, f64x2.mul(b, b))), some = f64x2.gt(norm, zero), inverse = f64x2.div(one, norm);
  const k0 = v128.bitselect(f64x2.mul(a, inverse), one, some), k1 = v128.and(f64x2.mul(b, inverse), some);
  const e0 = f64x2.neg(plus(v128.load(condensed, X00), k0, f64x2.mul(v128.load(condensed, X01), k1)));
  const e1 = f64x2.neg(plus(v128.load(condensed, X10), k0, f64x2.mul(v128.load(condensed, X11), k1)));
  const swap = v128.load(condensed, SWAP);
  v128.store(to, v128.bitselect(k0, e0, swap));
  v128.store(to, v128.bitselect(k1, e1, swap), 16);
  v128.store(to, v128.bitselect(e0, k0, swap), 32);
  v128.store(to, v128.bitselect(e1, k1, swap), 48);
}

/** Solves from one window to both ends, for both pairs, the second of which goes behind the first. */
function solve(window: i32, to: usize): void {
  const other = pairBytes;
  let a0 = v128.load(start), a1 = v128.load(start, 16), a2 = v128.load(start, 32), a3 = v128.load(start, 48);
  let b0 = v128.load(start, 64), b1 = v128.load(start, 80), b2 = v128.load(start, 96), b3 = v128.load(start, 112);
  let z = to + 64 * <usize> window, m = multipliersDown + 4 * MULTIPLIERS * <usize> window;
  keepWindow(z, a0, a1, a2, a3);
  keepWindow(z + other, b0, b1, b2, b3);
  for (let k = window; k > 0; k--) {
    m -= 4 * MULTIPLIERS;
    z -= 64;
    a3 = next(m + 3 * MULTIPLIERS, a0, a1, a2, a3);
    b3 = next(m + 3 * MULTIPLIERS + 64, b0, b1, b2, b3);
    a2 = next(m + 2 * MULTIPLIERS, a3, a0, a1, a2);
    b2 = next(m + 2 * MULTIPLIERS + 64, b3, b0, b1, b2);
    a1 = next(m + MULTIPLIERS, a2, a3, a0, a1);
    b1 = next(m + MULTIPLIERS + 64, b2, b3, b0, b1);
    a0 = next(m, a1, a2, a3, a0);
    b0 = next(m + 64, b1, b2, b3, b0);
    keepWindow(z, a0, a1, a2, a3);
    keepWindow(z + other, b0, b1, b2, b3);
  }
  a0 = v128.load(start);
  a1 = v128.load(start, 16);
  a2 = v128.load(start, 32);
  a3 = v128.load(start, 48);
  b0 = v128.load(start, 64);
  b1 = v128.load(start, 80);
  b2 = v128.load(start, 96);
  b3 = v128.load(start, 112);
  z = to + 64 * <usize> window;
  m = multipliersUp + 4 * MULTIPLIERS * <usize> window;
  for (let k = window + 1; k < windows; k++) {
    m += 4 * MULTIPLIERS;
    z += 64;
    a0 = next(m, a3, a2, a1, a0);
    b0 = next(m + 64, b3, b2, b1, b0);
    a1 = next(m + MULTIPLIERS, a0, a3, a2, a1);
    b1 = next(m + MULTIPLIERS + 64, b0, b3, b2, b1);
    a2 = next(m + 2 * MULTIPLIERS, a1, a0, a3, a2);
    b2 = next(m + 2 * MULTIPLIERS + 64, b1, b0, b3, b2);
    a3 = next(m + 3 * MULTIPLIERS, a2, a1, a0, a3);
    b3 = next(m + 3 * MULTIPLIERS + 64, b2, b1, b0, b3);
    keepWindow(z, a0, a1, a2, a3);
    keepWindow(z + other, b0, b1, b2, b3);
  }
}

function keepWindow(z: usize, x0: v128, x1: v128, x2: v128, x3: v128): void {
  v128.store(z, x0);
  v128.store(z, x1, 16);
  v128.store(z, x2, 32);
  v128.store(z, x3, 48);
}

/** The next element: m1 a + m2 b + m3 c + m4 d, of which a comes last. */
function next(m: usize, a: v128, b: v128, c: v128, d: v128): v128 {
  const rest = plus(v128.load(m, 16), b, plus(v128.load(m, 32), c, f64x2.mul(v128.load(m, 48), d)));
  return plus(v128.load(m), a, rest);
}
