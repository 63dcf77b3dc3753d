/**
 * Elimination of C − μ from the top and from the bottom, for four shifts μ at a time, two pairs of two lanes: the factors of which `twisted.ts` makes eigenvectors.
 *
 * Each row waits for the division of the one before. The two pairs are independent of each other and take turns, site by site, so that a processor works on both at a
 * time.
 *
 * @module
 */
import {
  GRAM_ROW,
  MULTIPLIERS,
  multipliersDown,
  multipliersUp,
  paddedRows,
  WINDOW,
  windows,
  windowsBytes,
  windowsDown,
  windowsUp,
} from "./memory.ts";
import { fourth } from "./gram.ts";
import { both, plus } from "./lanes.ts";

// The lower triangle of what is left of a window, as it is stored: from the side of the elimination, so that the next pivot comes first.
// 00, 10, 11, 20, 21, 22, 30, 31, 32, 33 at 0, 16, …, 144.

/** What is left of the last window when everything above, or everything below it, is eliminated: that of the first pair, then that of the second. */
export const above: usize = memory.data(320, 16), below: usize = memory.data(320, 16);

/** −1 in both lanes, from memory: one instruction where a constant takes four. */
const minusOne: usize = memory.data<f64>([-1, -1], 16);

/**
 * Eliminates so many sites from the top, keeping multipliers with their signs turned; leaves what is left of the window behind them in `above`. If asked to, it
 * keeps that of each window on the way, too.
 */
export function eliminateDown(count: i32, matrix: usize, first: v128, second: v128, keep: bool): void {
  const c4 = f64x2.splat(fourth);
  let row = matrix, m = multipliersDown, to = windowsDown;
  let a00 = f64x2.sub(both(row), first),
    a10 = v128.load_splat<f64>(row, 8),
    a11 = f64x2.sub(v128.load_splat<f64>(row, 32), first),
    a20 = v128.load_splat<f64>(row, 16),
    a21 = f64x2.splat(0),
    a22 = f64x2.sub(v128.load_splat<f64>(row, 64), first),
    a30 = f64x2.splat(0),
    a31 = v128.load_splat<f64>(row, 48),
    a32 = v128.load_splat<f64>(row, 72),
    a33 = f64x2.sub(v128.load_splat<f64>(row, 96), first);
  let b00 = f64x2.sub(both(row), second),
    b10 = a10,
    b11 = f64x2.sub(v128.load_splat<f64>(row, 32), second),
    b20 = a20,
    b21 = f64x2.splat(0),
    b22 = f64x2.sub(v128.load_splat<f64>(row, 64), second),
    b30 = f64x2.splat(0),
    b31 = a31,
    b32 = a32,
    b33 = f64x2.sub(v128.load_splat<f64>(row, 96), second);
  for (let i = 0; i < count; i++) {
    if (keep && (i & 1) == 0) {
      storeWindow(to, a00, a10, a11, a20, a21, a22, a30, a31, a32, a33);
      storeWindow(to + windowsBytes, b00, b10, b11, b20, b21, b22, b30, b31, b32, b33);
      to += WINDOW;
    }
    let r = f64x2.div(v128.load(minusOne), a00);
    let m1 = f64x2.mul(a10, r);
    let m2 = f64x2.mul(a20, r);
    let m3 = f64x2.mul(a30, r);
    let m4 = f64x2.mul(c4, r);
    v128.store(m, m1);
    v128.store(m, m2, 16);
    v128.store(m, m3, 32);
    v128.store(m, m4, 48);
    a00 = plus(f64x2.mul(a10, a10), r, a11);
    a10 = plus(m1, a20, a21);
    a11 = plus(m2, a20, a22);
    a20 = plus(m1, a30, a31);
    a21 = plus(m2, a30, a32);
    a22 = plus(m3, a30, a33);
    a30 = f64x2.mul(m1, c4);
    a31 = plus(m2, c4, v128.load_splat<f64>(row, 80));
    a32 = f64x2.mul(m3, c4);
    a33 = plus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 128), first));
    r = f64x2.div(v128.load(minusOne), a00);
    m1 = f64x2.mul(a10, r);
    m2 = f64x2.mul(a20, r);
    m3 = f64x2.mul(a30, r);
    m4 = f64x2.mul(c4, r);
    v128.store(m, m1, 128);
    v128.store(m, m2, 144);
    v128.store(m, m3, 160);
    v128.store(m, m4, 176);
    a00 = plus(f64x2.mul(a10, a10), r, a11);
    a10 = plus(m1, a20, a21);
    a11 = plus(m2, a20, a22);
    a20 = plus(m1, a30, a31);
    a21 = plus(m2, a30, a32);
    a22 = plus(m3, a30, a33);
    a30 = f64x2.mul(m1, c4);
    a31 = plus(m2, c4, v128.load_splat<f64>(row, 112));
    a32 = plus(m3, c4, v128.load_splat<f64>(row, 136));
    a33 = plus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 160), first));

    r = f64x2.div(v128.load(minusOne), b00);
    m1 = f64x2.mul(b10, r);
    m2 = f64x2.mul(b20, r);
    m3 = f64x2.mul(b30, r);
    m4 = f64x2.mul(c4, r);
    v128.store(m, m1, 64);
    v128.store(m, m2, 80);
    v128.store(m, m3, 96);
    v128.store(m, m4, 112);
    b00 = plus(f64x2.mul(b10, b10), r, b11);
    b10 = plus(m1, b20, b21);
    b11 = plus(m2, b20, b22);
    b20 = plus(m1, b30, b31);
    b21 = plus(m2, b30, b32);
    b22 = plus(m3, b30, b33);
    b30 = f64x2.mul(m1, c4);
    b31 = plus(m2, c4, v128.load_splat<f64>(row, 80));
    b32 = f64x2.mul(m3, c4);
    b33 = plus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 128), second));
    r = f64x2.div(v128.load(minusOne), b00);
    m1 = f64x2.mul(b10, r);
    m2 = f64x2.mul(b20, r);
    m3 = f64x2.mul(b30, r);
    m4 = f64x2.mul(c4, r);
    v128.store(m, m1, 192);
    v128.store(m, m2, 208);
    v128.store(m, m3, 224);
    v128.store(m, m4, 240);
    b00 = plus(f64x2.mul(b10, b10), r, b11);
    b10 = plus(m1, b20, b21);
    b11 = plus(m2, b20, b22);
    b20 = plus(m1, b30, b31);
    b21 = plus(m2, b30, b32);
    b22 = plus(m3, b30, b33);
    b30 = f64x2.mul(m1, c4);
    b31 = plus(m2, c4, v128.load_splat<f64>(row, 112));
    b32 = plus(m3, c4, v128.load_splat<f64>(row, 136));
    b33 = plus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 160), second));
    row += 2 * GRAM_ROW;
    m += 2 * MULTIPLIERS;
  }
  if (keep) {
    storeWindow(to, a00, a10, a11, a20, a21, a22, a30, a31, a32, a33);
    storeWindow(to + windowsBytes, b00, b10, b11, b20, b21, b22, b30, b31, b32, b33);
  }
  storeWindow(above, a00, a10, a11, a20, a21, a22, a30, a31, a32, a33);
  storeWindow(above + WINDOW, b00, b10, b11, b20, b21, b22, b30, b31, b32, b33);
}

/**
 * Eliminates so many sites from the bottom, keeping multipliers with their signs turned; leaves what is left of the window behind them in `below`. If asked to,
 * it keeps that of each window on the way, too.
 */
export function eliminateUp(count: i32, matrix: usize, first: v128, second: v128, keep: bool): void {
  const c4 = f64x2.splat(fourth);
  let row = matrix + GRAM_ROW * <usize> (paddedRows - 4), m = multipliersUp + MULTIPLIERS * <usize> (paddedRows - 2);
  let to = windowsUp + WINDOW * <usize> (windows - 1);
  let a00 = f64x2.sub(v128.load_splat<f64>(row, 96), first),
    a10 = v128.load_splat<f64>(row, 72),
    a11 = f64x2.sub(v128.load_splat<f64>(row, 64), first),
    a20 = v128.load_splat<f64>(row, 48),
    a21 = f64x2.splat(0),
    a22 = f64x2.sub(v128.load_splat<f64>(row, 32), first),
    a30 = f64x2.splat(0),
    a31 = v128.load_splat<f64>(row, 16),
    a32 = v128.load_splat<f64>(row, 8),
    a33 = f64x2.sub(both(row), first);
  let b00 = f64x2.sub(v128.load_splat<f64>(row, 96), second),
    b10 = a10,
    b11 = f64x2.sub(v128.load_splat<f64>(row, 64), second),
    b20 = a20,
    b21 = f64x2.splat(0),
    b22 = f64x2.sub(v128.load_splat<f64>(row, 32), second),
    b30 = f64x2.splat(0),
    b31 = a31,
    b32 = a32,
    b33 = f64x2.sub(both(row), second);
  for (let i = 0; i < count; i++) {
    if (keep && (i & 1) == 0) {
      storeWindow(to, a00, a10, a11, a20, a21, a22, a30, a31, a32, a33);
      storeWindow(to + windowsBytes, b00, b10, b11, b20, b21, b22, b30, b31, b32, b33);
      to -= WINDOW;
    }
    row -= 2 * GRAM_ROW;
    let r = f64x2.div(v128.load(minusOne), a00);
    let m1 = f64x2.mul(a10, r);
    let m2 = f64x2.mul(a20, r);
    let m3 = f64x2.mul(a30, r);
    let m4 = f64x2.mul(c4, r);
    v128.store(m, m1, 128);
    v128.store(m, m2, 144);
    v128.store(m, m3, 160);
    v128.store(m, m4, 176);
    a00 = plus(f64x2.mul(a10, a10), r, a11);
    a10 = plus(m1, a20, a21);
    a11 = plus(m2, a20, a22);
    a20 = plus(m1, a30, a31);
    a21 = plus(m2, a30, a32);
    a22 = plus(m3, a30, a33);
    a30 = f64x2.mul(m1, c4);
    a31 = plus(m2, c4, v128.load_splat<f64>(row, 48));
    a32 = f64x2.mul(m3, c4);
    a33 = plus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 32), first));
    r = f64x2.div(v128.load(minusOne), a00);
    m1 = f64x2.mul(a10, r);
    m2 = f64x2.mul(a20, r);
    m3 = f64x2.mul(a30, r);
    m4 = f64x2.mul(c4, r);
    v128.store(m, m1);
    v128.store(m, m2, 16);
    v128.store(m, m3, 32);
    v128.store(m, m4, 48);
    a00 = plus(f64x2.mul(a10, a10), r, a11);
    a10 = plus(m1, a20, a21);
    a11 = plus(m2, a20, a22);
    a20 = plus(m1, a30, a31);
    a21 = plus(m2, a30, a32);
    a22 = plus(m3, a30, a33);
    a30 = f64x2.mul(m1, c4);
    a31 = plus(m2, c4, v128.load_splat<f64>(row, 16));
    a32 = plus(m3, c4, v128.load_splat<f64>(row, 8));
    a33 = plus(m4, c4, f64x2.sub(both(row), first));

    r = f64x2.div(v128.load(minusOne), b00);
    m1 = f64x2.mul(b10, r);
    m2 = f64x2.mul(b20, r);
    m3 = f64x2.mul(b30, r);
    m4 = f64x2.mul(c4, r);
    v128.store(m, m1, 192);
    v128.store(m, m2, 208);
    v128.store(m, m3, 224);
    v128.store(m, m4, 240);
    b00 = plus(f64x2.mul(b10, b10), r, b11);
    b10 = plus(m1, b20, b21);
    b11 = plus(m2, b20, b22);
    b20 = plus(m1, b30, b31);
    b21 = plus(m2, b30, b32);
    b22 = plus(m3, b30, b33);
    b30 = f64x2.mul(m1, c4);
    b31 = plus(m2, c4, v128.load_splat<f64>(row, 48));
    b32 = f64x2.mul(m3, c4);
    b33 = plus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 32), second));
    r = f64x2.div(v128.load(minusOne), b00);
    m1 = f64x2.mul(b10, r);
    m2 = f64x2.mul(b20, r);
    m3 = f64x2.mul(b30, r);
    m4 = f64x2.mul(c4, r);
    v128.store(m, m1, 64);
    v128.store(m, m2, 80);
    v128.store(m, m3, 96);
    v128.store(m, m4, 112);
    b00 = plus(f64x2.mul(b10, b10), r, b11);
    b10 = plus(m1, b20, b21);
    b11 = plus(m2, b20, b22);
    b20 = plus(m1, b30, b31);
    b21 = plus(m2, b30, b32);
    b22 = plus(m3, b30, b33);
    b30 = f64x2.mul(m1, c4);
    b31 = plus(m2, c4, v128.load_splat<f64>(row, 16));
    b32 = plus(m3, c4, v128.load_splat<f64>(row, 8));
    b33 = plus(m4, c4, f64x2.sub(both(row), second));
    m -= 2 * MULTIPLIERS;
  }
  if (keep) {
    storeWindow(to, a00, a10, a11, a20, a21, a22, a30, a31, a32, a33);
    storeWindow(to + windowsBytes, b00, b10, b11, b20, b21, b22, b30, b31, b32, b33);
  }
  storeWindow(below, a00, a10, a11, a20, a21, a22, a30, a31, a32, a33);
  storeWindow(below + WINDOW, b00, b10, b11, b20, b21, b22, b30, b31, b32, b33);
}

function storeWindow(
  to: usize,
  t00: v128,
  t10: v128,
  t11: v128,
  t20: v128,
  t21: v128,
  t22: v128,
  t30: v128,
  t31: v128,
  t32: v128,
  t33: v128,
): void {
  v128.store(to, t00);
  v128.store(to, t10, 16);
  v128.store(to, t11, 32);
  v128.store(to, t20, 48);
  v128.store(to, t21, 64);
  v128.store(to, t22, 80);
  v128.store(to, t30, 96);
  v128.store(to, t31, 112);
  v128.store(to, t32, 128);
  v128.store(to, t33, 144);
}
