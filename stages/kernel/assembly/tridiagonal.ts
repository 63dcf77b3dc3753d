/**
 * Band to tridiagonal, two momenta in the two lanes: Householder reflections of length four chase the bulge of each column out of the matrix.
 *
 * A reflection begins with a square root and two divisions one after the other, during which a processor would wait. Several neighbouring sweeps are therefore chased
 * at a time, each three reflections behind the one before: there they touch different elements, so that the result is that of one after the other, to the last bit.
 *
 * @module
 */
import { chase, CHASE_ROW, GRAM_ROW, rows, tridiagonal } from "./memory.ts";
import { fourth, gramMatrix, realRows } from "./gram.ts";
import { minus, plus } from "./lanes.ts";

/** How many sweeps are chased at a time, and how many reflections each stays behind the one before. */
const SWEEPS: i32 = 3, LAG: i32 = 3;

/** The reflections at hand, 1 − τ w wᵀ with w = (1, w1, w2, w3): w1, w2, w3, τ of each sweep. */
const reflection: usize = memory.data(192, 16);

/** Reduces both Gram matrices; leaves the tridiagonal ones in `tridiagonal`. */
export function reduceToTridiagonal(): void {
  loadPair();
  for (let sweep = 0; sweep < rows - 2; sweep += SWEEPS) {
    const count = min(SWEEPS, rows - 2 - sweep);
    for (let step = 0, active = true; active; step++) {
      active = false;
      for (let k = 0; k < count; k++) {
        const behind = step - LAG * k, row = sweep + k + 1 + 4 * behind;
        if (behind >= 0 && row < rows - 1) findReflection(k, behind == 0 ? row - 1 : row - 4, row);
      }
      for (let k = 0; k < count; k++) {
        const behind = step - LAG * k, row = sweep + k + 1 + 4 * behind;
        if (row >= rows - 1) continue;
        active = true;
        if (behind >= 0) reflect(k, behind == 0 ? row - 1 : row - 4, row, behind > 0);
      }
    }
  }
  for (let lane = 0; lane < 2; lane++) {
    const to = tridiagonal + 16 * <usize> (rows * lane);
    for (let i = 0; i < rows; i++) {
      const from = chase + CHASE_ROW * <usize> i + 8 * <usize> lane;
      store<f64>(to + 8 * <usize> i, load<f64>(from));
      store<f64>(to + 8 * <usize> (rows + i), i < rows - 1 ? load<f64>(from, 16) : 0);
    }
  }
}

/** Writes both matrices side by side; rows of zeros behind them serve reflections that reach beyond the matrix. */
function loadPair(): void {
  const zero = f64x2.splat(0), constant = f64x2.splat(fourth);
  let a = realRows(gramMatrix(0)), b = realRows(gramMatrix(1)), to = chase;
  for (let i = 0; i < rows + 16; i++, a += GRAM_ROW, b += GRAM_ROW, to += CHASE_ROW) {
    const inside = i < rows;
    v128.store(to, inside ? v128.load64_lane(b, v128.load64_zero(a), 1) : zero);
    v128.store(to, inside ? v128.load64_lane(b, v128.load64_zero(a, 8), 1, 8) : zero, 16);
    v128.store(to, inside ? v128.load64_lane(b, v128.load64_zero(a, 16), 1, 16) : zero, 32);
    v128.store(to, zero, 48);
    v128.store(to, i + 4 < rows ? constant : zero, 64);
    v128.store(to, zero, 80);
    v128.store(to, zero, 96);
    v128.store(to, zero, 112);
  }
}

/** Finds the reflection that clears the elements (row + 1 … row + 3, column), and clears them. */
function findReflection(k: i32, column: i32, row: i32): void {
  const head = chase + CHASE_ROW * <usize> column + (<usize> (row - column) << 4), to = reflection + (<usize> k << 6);
  const x0 = v128.load(head), x1 = v128.load(head, 16), x2 = v128.load(head, 32), x3 = v128.load(head, 48);
  const zero = f64x2.splat(0), one = f64x2.splat(1), sign = f64x2.splat(-0.0);
  const norm = f64x2.sqrt(f64x2.add(plus(x0, x0, f64x2.mul(x1, x1)), plus(x2, x2, f64x2.mul(x3, x3))));
  const beta = v128.xor(v128.or(norm, v128.and(x0, sign)), sign); // the sign that does not cancel
  const pivot = f64x2.sub(x0, beta);
  const some = f64x2.gt(norm, zero); // lanes with nothing at all in the column stay as they are
  const inverse = v128.and(f64x2.div(one, pivot), some);
  v128.store(to, f64x2.mul(x1, inverse));
  v128.store(to, f64x2.mul(x2, inverse), 16);
  v128.store(to, f64x2.mul(x3, inverse), 32);
  v128.store(to, v128.and(f64x2.div(f64x2.neg(pivot), beta), some), 48);
  v128.store(head, v128.and(beta, some));
  v128.store(head, zero, 16);
  v128.store(head, zero, 32);
  v128.store(head, zero, 48);
}

/** Applies a reflection to the rows and columns row … row + 3, in place. */
function reflect(k: i32, column: i32, row: i32, bulge: bool): void {
  const head = chase + CHASE_ROW * <usize> column + (<usize> (row - column) << 4), from = reflection + (<usize> k << 6);
  const w1 = v128.load(from), w2 = v128.load(from, 16), w3 = v128.load(from, 32), tau = v128.load(from, 48);
  const tau1 = f64x2.mul(tau, w1), tau2 = f64x2.mul(tau, w2), tau3 = f64x2.mul(tau, w3);

  if (bulge) { // the rest of the bulge, from the left
    let at = head + CHASE_ROW - 16;
    for (let k = 0; k < 3; k++, at += CHASE_ROW - 16) {
      const a0 = v128.load(at), a1 = v128.load(at, 16), a2 = v128.load(at, 32), a3 = v128.load(at, 48);
      const y = f64x2.add(plus(w1, a1, a0), plus(w3, a3, f64x2.mul(w2, a2)));
      v128.store(at, minus(tau, y, a0));
      v128.store(at, minus(tau1, y, a1), 16);
      v128.store(at, minus(tau2, y, a2), 32);
      v128.store(at, minus(tau3, y, a3), 48);
    }
  }

  // The rows below the diagonal block, from the right: this makes the next bulge.
  const d0 = chase + CHASE_ROW * <usize> row;
  for (let k: usize = 0; k < 64; k += 16) {
    const at = d0 + k;
    const b0 = v128.load(at, 64), b1 = v128.load(at, 176), b2 = v128.load(at, 288), b3 = v128.load(at, 400);
    const y = f64x2.add(plus(w1, b1, b0), plus(w3, b3, f64x2.mul(w2, b2)));
    v128.store(at, minus(tau, y, b0), 64);
    v128.store(at, minus(tau1, y, b1), 176);
    v128.store(at, minus(tau2, y, b2), 288);
    v128.store(at, minus(tau3, y, b3), 400);
  }

  // The diagonal block A, from both sides: A − w pᵀ − p wᵀ with p = τ A w − ½ τ (wᵀ τ A w) w.
  const a00 = v128.load(d0), a10 = v128.load(d0, 16), a20 = v128.load(d0, 32), a30 = v128.load(d0, 48);
  const a11 = v128.load(d0, 128), a21 = v128.load(d0, 144), a31 = v128.load(d0, 160);
  const a22 = v128.load(d0, 256), a32 = v128.load(d0, 272), a33 = v128.load(d0, 384);
  const y0 = f64x2.add(plus(a10, w1, a00), plus(a20, w2, f64x2.mul(a30, w3)));
  const y1 = f64x2.add(plus(a11, w1, a10), plus(a21, w2, f64x2.mul(a31, w3)));
  const y2 = f64x2.add(plus(a21, w1, a20), plus(a22, w2, f64x2.mul(a32, w3)));
  const y3 = f64x2.add(plus(a31, w1, a30), plus(a32, w2, f64x2.mul(a33, w3)));
  const half = f64x2.mul(
    f64x2.mul(f64x2.splat(0.5), tau),
    f64x2.add(plus(y1, w1, y0), plus(y2, w2, f64x2.mul(y3, w3))),
  );
  const p0 = f64x2.mul(tau, f64x2.sub(y0, half)), p1 = f64x2.mul(tau, minus(half, w1, y1));
  const p2 = f64x2.mul(tau, minus(half, w2, y2)), p3 = f64x2.mul(tau, minus(half, w3, y3));
  v128.store(d0, f64x2.sub(a00, f64x2.add(p0, p0)));
  v128.store(d0, f64x2.sub(minus(w1, p0, a10), p1), 16);
  v128.store(d0, f64x2.sub(minus(w2, p0, a20), p2), 32);
  v128.store(d0, f64x2.sub(minus(w3, p0, a30), p3), 48);
  v128.store(d0, minus(f64x2.add(w1, w1), p1, a11), 128);
  v128.store(d0, minus(w2, p1, minus(w1, p2, a21)), 144);
  v128.store(d0, minus(w3, p1, minus(w1, p3, a31)), 160);
  v128.store(d0, minus(f64x2.add(w2, w2), p2, a22), 256);
  v128.store(d0, minus(w3, p2, minus(w2, p3, a32)), 272);
  v128.store(d0, minus(f64x2.add(w3, w3), p3, a33), 384);
}
