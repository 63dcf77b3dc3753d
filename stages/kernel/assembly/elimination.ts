/**
 * Elimination of C − μ from the top and from the bottom, for two shifts μ in the two lanes: the factors of which `twisted.ts` makes eigenvectors.
 *
 * Each row waits for the division of the one before. The two directions are independent of each other, so that a processor works on both at a time.
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
  windowsDown,
  windowsUp,
} from "./memory.ts";
import { fourth } from "./gram.ts";
import { both, minus } from "./lanes.ts";

// The lower triangle of what is left of a window, as it is stored: from the side of the elimination, so that the next pivot comes first.
// 00, 10, 11, 20, 21, 22, 30, 31, 32, 33 at 0, 16, …, 144.

/** Eliminates so many windows of four rows from the top, and so many from the bottom, keeping multipliers and what is left of each window. */
export function eliminate(fromTop: i32, fromBottom: i32, matrix: usize, shift: v128): void {
  let down = matrix, up = matrix + GRAM_ROW * <usize> (paddedRows - 4);
  let w = windowsDown, wUp = windowsUp + WINDOW * <usize> (windows - 1);
  let m = multipliersDown, mUp = multipliersUp + MULTIPLIERS * <usize> (paddedRows - 4);
  firstWindows(w, wUp, down, up, shift);
  for (let above = fromTop, below = fromBottom; above > 0 || below > 0; above--, below--) {
    if (above > 0) {
      eliminateDown(down, shift, w, w + WINDOW, m);
      down += 4 * GRAM_ROW;
      w += WINDOW;
      m += 4 * MULTIPLIERS;
    }
    if (below > 0) {
      up -= 4 * GRAM_ROW;
      eliminateUp(up, shift, wUp, wUp - WINDOW, mUp);
      wUp -= WINDOW;
      mUp -= 4 * MULTIPLIERS;
    }
  }
}

/** Eliminates a window's four rows, from `row` on, from what is left of it (`from`); leaves that of the next (`to`), and multipliers (`m`). */
function eliminateDown(row: usize, shift: v128, from: usize, to: usize, m: usize): void {
  const one = f64x2.splat(1), c4 = f64x2.splat(fourth), minusC4 = f64x2.splat(-fourth);
  let t00 = v128.load(from),
    t10 = v128.load(from, 16),
    t11 = v128.load(from, 32),
    t20 = v128.load(from, 48),
    t21 = v128.load(from, 64);
  let t22 = v128.load(from, 80),
    t30 = v128.load(from, 96),
    t31 = v128.load(from, 112),
    t32 = v128.load(from, 128),
    t33 = v128.load(from, 144);

  let r = f64x2.div(one, t00),
    m1 = f64x2.mul(t10, r),
    m2 = f64x2.mul(t20, r),
    m3 = f64x2.mul(t30, r),
    m4 = f64x2.mul(c4, r);
  v128.store(m, m1);
  v128.store(m, m2, 16);
  v128.store(m, m3, 32);
  v128.store(m, m4, 48);
  t00 = minus(f64x2.mul(t10, t10), r, t11);
  t10 = minus(m1, t20, t21);
  t11 = minus(m2, t20, t22);
  t20 = minus(m1, t30, t31);
  t21 = minus(m2, t30, t32);
  t22 = minus(m3, t30, t33);
  t30 = f64x2.mul(m1, minusC4);
  t31 = minus(m2, c4, v128.load_splat<f64>(row, 80));
  t32 = f64x2.mul(m3, minusC4);
  t33 = minus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 128), shift));

  r = f64x2.div(one, t00);
  m1 = f64x2.mul(t10, r);
  m2 = f64x2.mul(t20, r);
  m3 = f64x2.mul(t30, r);
  m4 = f64x2.mul(c4, r);
  v128.store(m, m1, 64);
  v128.store(m, m2, 80);
  v128.store(m, m3, 96);
  v128.store(m, m4, 112);
  t00 = minus(f64x2.mul(t10, t10), r, t11);
  t10 = minus(m1, t20, t21);
  t11 = minus(m2, t20, t22);
  t20 = minus(m1, t30, t31);
  t21 = minus(m2, t30, t32);
  t22 = minus(m3, t30, t33);
  t30 = f64x2.mul(m1, minusC4);
  t31 = minus(m2, c4, v128.load_splat<f64>(row, 112));
  t32 = minus(m3, c4, v128.load_splat<f64>(row, 136));
  t33 = minus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 160), shift));

  r = f64x2.div(one, t00);
  m1 = f64x2.mul(t10, r);
  m2 = f64x2.mul(t20, r);
  m3 = f64x2.mul(t30, r);
  m4 = f64x2.mul(c4, r);
  v128.store(m, m1, 128);
  v128.store(m, m2, 144);
  v128.store(m, m3, 160);
  v128.store(m, m4, 176);
  t00 = minus(f64x2.mul(t10, t10), r, t11);
  t10 = minus(m1, t20, t21);
  t11 = minus(m2, t20, t22);
  t20 = minus(m1, t30, t31);
  t21 = minus(m2, t30, t32);
  t22 = minus(m3, t30, t33);
  t30 = f64x2.mul(m1, minusC4);
  t31 = minus(m2, c4, v128.load_splat<f64>(row, 144));
  t32 = f64x2.mul(m3, minusC4);
  t33 = minus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 192), shift));

  r = f64x2.div(one, t00);
  m1 = f64x2.mul(t10, r);
  m2 = f64x2.mul(t20, r);
  m3 = f64x2.mul(t30, r);
  m4 = f64x2.mul(c4, r);
  v128.store(m, m1, 192);
  v128.store(m, m2, 208);
  v128.store(m, m3, 224);
  v128.store(m, m4, 240);
  t00 = minus(f64x2.mul(t10, t10), r, t11);
  t10 = minus(m1, t20, t21);
  t11 = minus(m2, t20, t22);
  t20 = minus(m1, t30, t31);
  t21 = minus(m2, t30, t32);
  t22 = minus(m3, t30, t33);
  t30 = f64x2.mul(m1, minusC4);
  t31 = minus(m2, c4, v128.load_splat<f64>(row, 176));
  t32 = minus(m3, c4, v128.load_splat<f64>(row, 200));
  t33 = minus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 224), shift));
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

/** The same upwards: the four rows that come in start at `row`, and the multipliers of the first row of the window at `m`. */
function eliminateUp(row: usize, shift: v128, from: usize, to: usize, m: usize): void {
  const one = f64x2.splat(1), c4 = f64x2.splat(fourth), minusC4 = f64x2.splat(-fourth);
  let b00 = v128.load(from),
    b10 = v128.load(from, 16),
    b11 = v128.load(from, 32),
    b20 = v128.load(from, 48),
    b21 = v128.load(from, 64);
  let b22 = v128.load(from, 80),
    b30 = v128.load(from, 96),
    b31 = v128.load(from, 112),
    b32 = v128.load(from, 128),
    b33 = v128.load(from, 144);

  let r = f64x2.div(one, b00),
    m1 = f64x2.mul(b10, r),
    m2 = f64x2.mul(b20, r),
    m3 = f64x2.mul(b30, r),
    m4 = f64x2.mul(c4, r);
  v128.store(m, m1, 192);
  v128.store(m, m2, 208);
  v128.store(m, m3, 224);
  v128.store(m, m4, 240);
  b00 = minus(f64x2.mul(b10, b10), r, b11);
  b10 = minus(m1, b20, b21);
  b11 = minus(m2, b20, b22);
  b20 = minus(m1, b30, b31);
  b21 = minus(m2, b30, b32);
  b22 = minus(m3, b30, b33);
  b30 = f64x2.mul(m1, minusC4);
  b31 = minus(m2, c4, v128.load_splat<f64>(row, 112));
  b32 = f64x2.mul(m3, minusC4);
  b33 = minus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 96), shift));

  r = f64x2.div(one, b00);
  m1 = f64x2.mul(b10, r);
  m2 = f64x2.mul(b20, r);
  m3 = f64x2.mul(b30, r);
  m4 = f64x2.mul(c4, r);
  v128.store(m, m1, 128);
  v128.store(m, m2, 144);
  v128.store(m, m3, 160);
  v128.store(m, m4, 176);
  b00 = minus(f64x2.mul(b10, b10), r, b11);
  b10 = minus(m1, b20, b21);
  b11 = minus(m2, b20, b22);
  b20 = minus(m1, b30, b31);
  b21 = minus(m2, b30, b32);
  b22 = minus(m3, b30, b33);
  b30 = f64x2.mul(m1, minusC4);
  b31 = minus(m2, c4, v128.load_splat<f64>(row, 80));
  b32 = minus(m3, c4, v128.load_splat<f64>(row, 72));
  b33 = minus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 64), shift));

  r = f64x2.div(one, b00);
  m1 = f64x2.mul(b10, r);
  m2 = f64x2.mul(b20, r);
  m3 = f64x2.mul(b30, r);
  m4 = f64x2.mul(c4, r);
  v128.store(m, m1, 64);
  v128.store(m, m2, 80);
  v128.store(m, m3, 96);
  v128.store(m, m4, 112);
  b00 = minus(f64x2.mul(b10, b10), r, b11);
  b10 = minus(m1, b20, b21);
  b11 = minus(m2, b20, b22);
  b20 = minus(m1, b30, b31);
  b21 = minus(m2, b30, b32);
  b22 = minus(m3, b30, b33);
  b30 = f64x2.mul(m1, minusC4);
  b31 = minus(m2, c4, v128.load_splat<f64>(row, 48));
  b32 = f64x2.mul(m3, minusC4);
  b33 = minus(m4, c4, f64x2.sub(v128.load_splat<f64>(row, 32), shift));

  r = f64x2.div(one, b00);
  m1 = f64x2.mul(b10, r);
  m2 = f64x2.mul(b20, r);
  m3 = f64x2.mul(b30, r);
  m4 = f64x2.mul(c4, r);
  v128.store(m, m1);
  v128.store(m, m2, 16);
  v128.store(m, m3, 32);
  v128.store(m, m4, 48);
  b00 = minus(f64x2.mul(b10, b10), r, b11);
  b10 = minus(m1, b20, b21);
  b11 = minus(m2, b20, b22);
  b20 = minus(m1, b30, b31);
  b21 = minus(m2, b30, b32);
  b22 = minus(m3, b30, b33);
  b30 = f64x2.mul(m1, minusC4);
  b31 = minus(m2, c4, v128.load_splat<f64>(row, 16));
  b32 = minus(m3, c4, v128.load_splat<f64>(row, 8));
  b33 = minus(m4, c4, f64x2.sub(both(row), shift));
  v128.store(to, b00);
  v128.store(to, b10, 16);
  v128.store(to, b11, 32);
  v128.store(to, b20, 48);
  v128.store(to, b21, 64);
  v128.store(to, b22, 80);
  v128.store(to, b30, 96);
  v128.store(to, b31, 112);
  v128.store(to, b32, 128);
  v128.store(to, b33, 144);
}

/** The windows at both ends before anything is eliminated. */
function firstWindows(w: usize, wUp: usize, down: usize, up: usize, shift: v128): void {
  const zero = f64x2.splat(0);
  v128.store(w, f64x2.sub(both(down), shift));
  v128.store(w, v128.load_splat<f64>(down, 8), 16);
  v128.store(w, f64x2.sub(v128.load_splat<f64>(down, 32), shift), 32);
  v128.store(w, v128.load_splat<f64>(down, 16), 48);
  v128.store(w, zero, 64);
  v128.store(w, f64x2.sub(v128.load_splat<f64>(down, 64), shift), 80);
  v128.store(w, zero, 96);
  v128.store(w, v128.load_splat<f64>(down, 48), 112);
  v128.store(w, v128.load_splat<f64>(down, 72), 128);
  v128.store(w, f64x2.sub(v128.load_splat<f64>(down, 96), shift), 144);
  v128.store(wUp, f64x2.sub(v128.load_splat<f64>(up, 96), shift));
  v128.store(wUp, v128.load_splat<f64>(up, 72), 16);
  v128.store(wUp, f64x2.sub(v128.load_splat<f64>(up, 64), shift), 32);
  v128.store(wUp, v128.load_splat<f64>(up, 48), 48);
  v128.store(wUp, zero, 64);
  v128.store(wUp, f64x2.sub(v128.load_splat<f64>(up, 32), shift), 80);
  v128.store(wUp, zero, 96);
  v128.store(wUp, v128.load_splat<f64>(up, 16), 112);
  v128.store(wUp, v128.load_splat<f64>(up, 8), 128);
  v128.store(wUp, f64x2.sub(both(up), shift), 144);
}
