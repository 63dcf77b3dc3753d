// deno-fmt-ignore-file: see block.ts
/**
 * The innermost loops of Eq. (6), the sums over modes of W_n(l) / (cosh β_l ε_n + cosh β_l μ_l), on vectors of two sites. The same operations in the same order as in
 * `stages/current/plain_occupation_sums.ts`, so that both give the same bits; `stages/current/occupation_sums.ts` says what they are for.
 *
 * Four sites and two modes at a time, and one bath setting: with more, numbers do not fit into the registers. The host says where the tables start. `unit` is 1, which
 * a compiler that knows it makes anew at every use.
 *
 * @module
 */
import { put } from "./block.ts";

/** Bytes of four sites; terms of an expansion; bytes of the moments of four sites. */
const QUAD: usize = 32, TERMS: i32 = 11, MOMENTS: usize = 64 * <usize> TERMS;

/** Where the moments of four sites are added up. */
const HERE: usize = 1024;

/** Memory that is laid out when the kernel is compiled ends here. */
export function firstAddress(): usize {
  return HERE + MOMENTS;
}

/**
 * Expands the modes `from` … `order` − 1, whose levels are far above a bound of the baths' cosh, in powers of the two's ratio: moments
 * Σ_n W_n/C_n (bound/C_n)^k, for the energy current with the modes' sinh, shape `[four sites][term][charge, energy][4]`.
 */
export function expand(
  isProfile: i32,
  from: i32,
  order: i32,
  stride: i32,
  bound: f64,
  unit: f64,
  weighted: usize,
  cosh: usize,
  sinh: usize,
  terms: usize,
  moments: usize,
): void {
  const row = (<usize> stride) << 3, one = f64x2.splat(unit), scale = f64x2.splat(bound), zero = f64x2.splat(0);
  // From mode to mode, and from a site to the next: two numbers a mode where they are the same everywhere.
  const mode = isProfile ? row : 16, first = <usize> from * mode;
  for (let l: usize = 0, end = weighted + <usize> order * row; l < row; l += QUAD, end += QUAD, moments += MOMENTS) {
    for (let k: usize = 0; k < MOMENTS; k += 32) put(HERE + k, zero, zero);
    let level = cosh + first, gain = sinh + first, count = terms + (<usize> from << 3);
    if (isProfile) {
      level += l;
      gain += l;
    }
    for (let at = weighted + <usize> from * row + l; at < end; at += 2 * row, level += 2 * mode, gain += 2 * mode, count += 16) {
      let inverseA0 = zero, inverseB0 = zero, inverseA1 = zero, inverseB1 = zero;
      let gainA0 = zero, gainB0 = zero, gainA1 = zero, gainB1 = zero;
      const level1 = level + mode, gain1 = gain + mode, at1 = at + row;
      if (isProfile) {
        inverseA0 = f64x2.div(one, v128.load(level));
        inverseB0 = f64x2.div(one, v128.load(level, 16));
        inverseA1 = f64x2.div(one, v128.load(level1));
        inverseB1 = f64x2.div(one, v128.load(level1, 16));
        gainA0 = v128.load(gain);
        gainB0 = v128.load(gain, 16);
        gainA1 = v128.load(gain1);
        gainB1 = v128.load(gain1, 16);
      } else {
        inverseA0 = inverseB0 = f64x2.div(one, v128.load_splat<f64>(level));
        inverseA1 = inverseB1 = f64x2.div(one, v128.load_splat<f64>(level1));
        gainA0 = gainB0 = v128.load_splat<f64>(gain);
        gainA1 = gainB1 = v128.load_splat<f64>(gain1);
      }
      let a0 = f64x2.mul(v128.load(at), inverseA0), b0 = f64x2.mul(v128.load(at, 16), inverseB0);
      let a1 = f64x2.mul(v128.load(at1), inverseA1), b1 = f64x2.mul(v128.load(at1, 16), inverseB1);
      const ratioA0 = f64x2.mul(scale, inverseA0), ratioB0 = f64x2.mul(scale, inverseB0);
      const ratioA1 = f64x2.mul(scale, inverseA1), ratioB1 = f64x2.mul(scale, inverseB1);
      const last = HERE + (<usize> load<f64>(count) << 6);
      for (let to = HERE; to < last; to += 64) {
        v128.store(to, f64x2.add(v128.load(to), f64x2.add(a0, a1)));
        v128.store(to, f64x2.add(v128.load(to, 16), f64x2.add(b0, b1)), 16);
        v128.store(to, f64x2.add(v128.load(to, 32), f64x2.add(f64x2.mul(a0, gainA0), f64x2.mul(a1, gainA1))), 32);
        v128.store(to, f64x2.add(v128.load(to, 48), f64x2.add(f64x2.mul(b0, gainB0), f64x2.mul(b1, gainB1))), 48);
        a0 = f64x2.mul(a0, ratioA0);
        b0 = f64x2.mul(b0, ratioB0);
        a1 = f64x2.mul(a1, ratioA1);
        b1 = f64x2.mul(b1, ratioB1);
      }
    }
    for (let k: usize = 0; k < MOMENTS; k += 32) put(moments + k, v128.load(HERE + k), v128.load(HERE + k, 16));
  }
}

/** For a temperature that is the same everywhere: `levels` has two numbers a mode. `inverseBound` is that of the expansion, or 0 if there is none. */
export function uniform(
  order: i32,
  stride: i32,
  first: i32,
  end: i32,
  weight: f64,
  inverseBound: f64,
  unit: f64,
  weighted: usize,
  levels: usize,
  bathCosh: usize,
  bathSinh: usize,
  charge: usize,
  energy: usize,
  totals: usize,
  moments: usize,
): void {
  const row = (<usize> stride) << 3, one = f64x2.splat(unit), share = f64x2.splat(weight), modes = <usize> order * row;
  const scale = f64x2.splat(inverseBound);
  for (let member = first, l = <usize> first * row; member < end; member++) {
    let chargeA = f64x2.splat(0), chargeB = chargeA, energyA = chargeA, energyB = chargeA, moment = moments;
    for (let table = weighted, last = l + row; l < last; l += QUAD, table += QUAD, moment += MOMENTS) {
      const bathA = v128.load(bathCosh + l), bathB = v128.load(bathCosh + l, 16);
      let a = f64x2.splat(0), b = a, heatA = a, heatB = a;
      for (let at = table, end = table + modes, mode = levels; at < end; at += 2 * row, mode += 32) {
        const next = at + row;
        const level0 = v128.load_splat<f64>(mode), level1 = v128.load_splat<f64>(mode, 16);
        const sumA0 = f64x2.add(level0, bathA), sumA1 = f64x2.add(level1, bathA);
        const inverseA = f64x2.div(one, f64x2.mul(sumA0, sumA1));
        const sumB0 = f64x2.add(level0, bathB), sumB1 = f64x2.add(level1, bathB);
        const inverseB = f64x2.div(one, f64x2.mul(sumB0, sumB1));
        const gain0 = v128.load_splat<f64>(mode, 8), gain1 = v128.load_splat<f64>(mode, 24);
        const A0 = f64x2.mul(v128.load(at), sumA1), A1 = f64x2.mul(v128.load(next), sumA0);
        a = f64x2.add(a, f64x2.mul(f64x2.add(A0, A1), inverseA));
        heatA = f64x2.sub(heatA, f64x2.mul(f64x2.add(f64x2.mul(A0, gain0), f64x2.mul(A1, gain1)), inverseA));
        const B0 = f64x2.mul(v128.load(at, 16), sumB1), B1 = f64x2.mul(v128.load(next, 16), sumB0);
        b = f64x2.add(b, f64x2.mul(f64x2.add(B0, B1), inverseB));
        heatB = f64x2.sub(heatB, f64x2.mul(f64x2.add(f64x2.mul(B0, gain0), f64x2.mul(B1, gain1)), inverseB));
      }
      if (inverseBound !== 0) {
        const x = f64x2.mul(bathA, scale), y = f64x2.mul(bathB, scale);
        let at = moment + MOMENTS - 64;
        let p = v128.load(at), q = v128.load(at, 16), heatP = v128.load(at, 32), heatQ = v128.load(at, 48);
        for (at -= 64; at >= moment; at -= 64) {
          p = f64x2.sub(v128.load(at), f64x2.mul(x, p));
          q = f64x2.sub(v128.load(at, 16), f64x2.mul(y, q));
          heatP = f64x2.sub(v128.load(at, 32), f64x2.mul(x, heatP));
          heatQ = f64x2.sub(v128.load(at, 48), f64x2.mul(y, heatQ));
        }
        a = f64x2.add(a, p);
        b = f64x2.add(b, q);
        heatA = f64x2.sub(heatA, heatP);
        heatB = f64x2.sub(heatB, heatQ);
      }
      a = f64x2.mul(a, v128.load(bathSinh + l));
      b = f64x2.mul(b, v128.load(bathSinh + l, 16));
      add(charge + l, share, a, b);
      add(energy + l, share, heatA, heatB);
      chargeA = f64x2.add(chargeA, a);
      chargeB = f64x2.add(chargeB, b);
      energyA = f64x2.add(energyA, heatA);
      energyB = f64x2.add(energyB, heatB);
    }
    record(totals + (<usize> member << 4), f64x2.add(chargeA, chargeB), f64x2.add(energyA, energyB));
  }
}

/** For a temperature at each site: `cosh` and `sinh` have the shape of `weighted`. */
export function profile(
  order: i32,
  stride: i32,
  first: i32,
  end: i32,
  weight: f64,
  inverseBound: f64,
  unit: f64,
  weighted: usize,
  cosh: usize,
  sinh: usize,
  bathCosh: usize,
  bathSinh: usize,
  charge: usize,
  energy: usize,
  totals: usize,
  moments: usize,
): void {
  const row = (<usize> stride) << 3, one = f64x2.splat(unit), share = f64x2.splat(weight), modes = <usize> order * row;
  const scale = f64x2.splat(inverseBound);
  for (let member = first, l = <usize> first * row; member < end; member++) {
    let chargeA = f64x2.splat(0), chargeB = chargeA, energyA = chargeA, energyB = chargeA, moment = moments;
    for (let table: usize = 0, last = l + row; l < last; l += QUAD, table += QUAD, moment += MOMENTS) {
      const bathA = v128.load(bathCosh + l), bathB = v128.load(bathCosh + l, 16);
      let a = f64x2.splat(0), b = a, heatA = a, heatB = a;
      for (let at = table, end = table + modes; at < end; at += 2 * row) {
        const level = cosh + at, gain = sinh + at, from = weighted + at, level1 = level + row, gain1 = gain + row, from1 = from + row;
        const sumA0 = f64x2.add(v128.load(level), bathA), sumA1 = f64x2.add(v128.load(level1), bathA);
        const inverseA = f64x2.div(one, f64x2.mul(sumA0, sumA1));
        const sumB0 = f64x2.add(v128.load(level, 16), bathB), sumB1 = f64x2.add(v128.load(level1, 16), bathB);
        const inverseB = f64x2.div(one, f64x2.mul(sumB0, sumB1));
        const A0 = f64x2.mul(v128.load(from), sumA1), A1 = f64x2.mul(v128.load(from1), sumA0);
        const heatA0 = f64x2.mul(A0, v128.load(gain)), heatA1 = f64x2.mul(A1, v128.load(gain1));
        a = f64x2.add(a, f64x2.mul(f64x2.add(A0, A1), inverseA));
        heatA = f64x2.sub(heatA, f64x2.mul(f64x2.add(heatA0, heatA1), inverseA));
        const B0 = f64x2.mul(v128.load(from, 16), sumB1), B1 = f64x2.mul(v128.load(from1, 16), sumB0);
        const heatB0 = f64x2.mul(B0, v128.load(gain, 16)), heatB1 = f64x2.mul(B1, v128.load(gain1, 16));
        b = f64x2.add(b, f64x2.mul(f64x2.add(B0, B1), inverseB));
        heatB = f64x2.sub(heatB, f64x2.mul(f64x2.add(heatB0, heatB1), inverseB));
      }
      if (inverseBound !== 0) {
        const x = f64x2.mul(bathA, scale), y = f64x2.mul(bathB, scale);
        let at = moment + MOMENTS - 64;
        let p = v128.load(at), q = v128.load(at, 16), heatP = v128.load(at, 32), heatQ = v128.load(at, 48);
        for (at -= 64; at >= moment; at -= 64) {
          p = f64x2.sub(v128.load(at), f64x2.mul(x, p));
          q = f64x2.sub(v128.load(at, 16), f64x2.mul(y, q));
          heatP = f64x2.sub(v128.load(at, 32), f64x2.mul(x, heatP));
          heatQ = f64x2.sub(v128.load(at, 48), f64x2.mul(y, heatQ));
        }
        a = f64x2.add(a, p);
        b = f64x2.add(b, q);
        heatA = f64x2.sub(heatA, heatP);
        heatB = f64x2.sub(heatB, heatQ);
      }
      a = f64x2.mul(a, v128.load(bathSinh + l));
      b = f64x2.mul(b, v128.load(bathSinh + l, 16));
      add(charge + l, share, a, b);
      add(energy + l, share, heatA, heatB);
      chargeA = f64x2.add(chargeA, a);
      chargeB = f64x2.add(chargeB, b);
      energyA = f64x2.add(energyA, heatA);
      energyB = f64x2.add(energyB, heatB);
    }
    record(totals + (<usize> member << 4), f64x2.add(chargeA, chargeB), f64x2.add(energyA, energyB));
  }
}

/** Adds a momentum's share to four sites of a sum. */
// @ts-ignore: decorator
@inline
function add(to: usize, weight: v128, a: v128, b: v128): void {
  v128.store(to, f64x2.add(v128.load(to), f64x2.mul(weight, a)));
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(weight, b)), 16);
}

/** Records the sums over the sites. */
// @ts-ignore: decorator
@inline
function record(to: usize, charge: v128, energy: v128): void {
  store<f64>(to, f64x2.extract_lane(charge, 0) + f64x2.extract_lane(charge, 1));
  store<f64>(to, f64x2.extract_lane(energy, 0) + f64x2.extract_lane(energy, 1), 8);
}
