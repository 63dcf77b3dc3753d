/**
 * From right vectors to what is wanted of them: u = B v/σ, σ, u·v and the densities; with a look at every residual, since nothing wrong may pass.
 *
 * @module
 */
import {
  field,
  get,
  leftDensity,
  lowestLeft,
  lowestRight,
  overlap,
  paddedRows,
  pairLeft,
  pairRight,
  rightDensity,
  rows,
  set,
  sigma,
  sites,
} from "./memory.ts";
import { backward, forward } from "./gram.ts";
import { both, minus, plus } from "./lanes.ts";

/** ‖(BᵀB − σ²) v‖ of the two lanes, v of norm 1. */
export let residual: v128 = f64x2.splat(0);

/**
 * Writes the two modes `first` and `first + 1` from the vectors at `pair`: D_n(l) into `leftDensity`, or both densities.
 */
export function observePair(pair: usize, first: i32, mass: f64, coupling: f64, shift: v128, densities: bool): void {
  const next = f64x2.splat(forward), previous = f64x2.splat(backward), s = f64x2.splat(coupling), M = f64x2.splat(mass);
  const zero = f64x2.splat(0), one = f64x2.splat(1), right = pair + 16 * <usize> (paddedRows - rows);
  let zz = zero, ww = zero, zw = zero;
  let before0 = zero, before1 = zero, z0 = v128.load(right), z1 = v128.load(right, 16);
  let from = right + 32, to = pairLeft;
  v128.store(right + 16 * <usize> rows, zero);
  v128.store(right + 16 * <usize> rows, zero, 16);
  for (let a = field, end = field + (<usize> sites << 3); a < end; a += 8, from += 32, to += 32) {
    const after0 = v128.load(from), after1 = v128.load(from, 16), A = both(a);
    const w0 = f64x2.add(plus(f64x2.sub(M, A), z0, f64x2.mul(s, z1)), plus(next, after0, f64x2.mul(previous, before0)));
    const w1 = f64x2.add(
      minus(s, z0, f64x2.mul(f64x2.add(M, A), z1)),
      plus(previous, after1, f64x2.mul(next, before1)),
    );
    v128.store(to, w0);
    v128.store(to, w1, 16);
    zz = f64x2.add(zz, plus(z0, z0, f64x2.mul(z1, z1)));
    ww = f64x2.add(ww, plus(w0, w0, f64x2.mul(w1, w1)));
    zw = f64x2.add(zw, plus(z0, w0, f64x2.mul(z1, w1)));
    before0 = z0;
    before1 = z1;
    z0 = after0;
    z1 = after1;
  }
  v128.store(to, zero);
  v128.store(to, zero, 16);
  const inverseZ = f64x2.div(one, zz), inverseW = f64x2.div(one, ww);
  v128.store(sigma + (<usize> first << 3), f64x2.sqrt(f64x2.mul(ww, inverseZ)));
  v128.store(overlap + (<usize> first << 3), f64x2.mul(zw, f64x2.sqrt(f64x2.mul(inverseZ, inverseW))));

  // Bᵀ w − σ² z, site by site, and the densities, two sites at a time.
  let rr = zero, z = right, w = pairLeft;
  let w0 = v128.load(w), w1 = v128.load(w, 16);
  before0 = zero;
  before1 = zero;
  let u = leftDensity + 8 * <usize> (first * sites), v = rightDensity + 8 * <usize> (first * sites);
  const stride = <usize> sites << 3;
  let a = field;
  for (let l = 0; l < sites; l += 2, a += 16, z += 64, w += 64, u += 16, v += 16) {
    const w2 = v128.load(w, 32), w3 = v128.load(w, 48), A = both(a), x0 = v128.load(z), x1 = v128.load(z, 16);
    let r0 = f64x2.add(minus(s, w1, f64x2.mul(f64x2.sub(M, A), w0)), plus(previous, w2, f64x2.mul(next, before0)));
    let r1 = f64x2.add(plus(s, w0, f64x2.mul(f64x2.add(M, A), w1)), plus(next, w3, f64x2.mul(previous, before1)));
    r0 = minus(shift, x0, r0);
    r1 = minus(shift, x1, r1);
    rr = f64x2.add(rr, plus(r0, r0, f64x2.mul(r1, r1)));
    const u0 = f64x2.mul(plus(w0, w0, f64x2.mul(w1, w1)), inverseW),
      v0 = f64x2.mul(plus(x0, x0, f64x2.mul(x1, x1)), inverseZ);
    if (l + 1 == sites) {
      const d = f64x2.sub(u0, v0);
      v128.store64_lane(u, densities ? u0 : d, 0);
      v128.store64_lane(u + stride, densities ? u0 : d, 1);
      if (densities) {
        v128.store64_lane(v, v0, 0);
        v128.store64_lane(v + stride, v0, 1);
      }
      break;
    }
    const w4 = v128.load(w, 64),
      w5 = v128.load(w, 80),
      A1 = v128.load_splat<f64>(a, 8),
      x2 = v128.load(z, 32),
      x3 = v128.load(z, 48);
    let r2 = f64x2.add(minus(s, w3, f64x2.mul(f64x2.sub(M, A1), w2)), plus(previous, w4, f64x2.mul(next, w0)));
    let r3 = f64x2.add(plus(s, w2, f64x2.mul(f64x2.add(M, A1), w3)), plus(next, w5, f64x2.mul(previous, w1)));
    r2 = minus(shift, x2, r2);
    r3 = minus(shift, x3, r3);
    rr = f64x2.add(rr, plus(r2, r2, f64x2.mul(r3, r3)));
    const u1 = f64x2.mul(plus(w2, w2, f64x2.mul(w3, w3)), inverseW),
      v1 = f64x2.mul(plus(x2, x2, f64x2.mul(x3, x3)), inverseZ);
    if (densities) {
      v128.store(u, v128.shuffle<f64>(u0, u1, 0, 2));
      v128.store(u + stride, v128.shuffle<f64>(u0, u1, 1, 3));
      v128.store(v, v128.shuffle<f64>(v0, v1, 0, 2));
      v128.store(v + stride, v128.shuffle<f64>(v0, v1, 1, 3));
    } else {
      const d0 = f64x2.sub(u0, v0), d1 = f64x2.sub(u1, v1);
      v128.store(u, v128.shuffle<f64>(d0, d1, 0, 2));
      v128.store(u + stride, v128.shuffle<f64>(d0, d1, 1, 3));
    }
    before0 = w2;
    before1 = w3;
    w0 = w4;
    w1 = w5;
  }
  residual = f64x2.sqrt(f64x2.mul(rr, inverseZ));
}

/** Writes both densities of the lowest mode, if the pair in hand holds it in lane 0. */
export function observeLowest(): void {
  let zz: f64 = 0, ww: f64 = 0, z = pairRight + 16 * <usize> (paddedRows - rows), w = pairLeft;
  for (let l = 0; l < sites; l++, z += 32, w += 32) {
    const left = load<f64>(w) * load<f64>(w) + load<f64>(w, 16) * load<f64>(w, 16);
    const right = load<f64>(z) * load<f64>(z) + load<f64>(z, 16) * load<f64>(z, 16);
    set(lowestLeft, l, left);
    set(lowestRight, l, right);
    ww += left;
    zz += right;
  }
  for (let l = 0; l < sites; l++) {
    set(lowestLeft, l, get(lowestLeft, l) / ww);
    set(lowestRight, l, get(lowestRight, l) / zz);
  }
}

/** Writes one mode from its two vectors, each of norm 1; σ is there already. */
export function observeOne(mode: i32, u: usize, v: usize, densities: bool): void {
  let sum: f64 = 0;
  for (let l = 0; l < sites; l++) {
    const u0 = get(u, 2 * l), u1 = get(u, 2 * l + 1), v0 = get(v, 2 * l), v1 = get(v, 2 * l + 1);
    const left = u0 * u0 + u1 * u1, right = v0 * v0 + v1 * v1;
    set(leftDensity, mode * sites + l, densities ? left : left - right);
    if (densities) set(rightDensity, mode * sites + l, right);
    if (mode == 0) {
      set(lowestLeft, l, left);
      set(lowestRight, l, right);
    }
    sum += u0 * v0 + u1 * v1;
  }
  set(overlap, mode, sum);
}
