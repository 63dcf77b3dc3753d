// deno-fmt-ignore-file: see block.ts
/**
 * The innermost loops of Eq. (6), the sums over modes of W_n(l) / (cosh β_l ε_n + cosh β_l μ_l), on vectors of two sites. The same operations in the same order as in
 * `stages/current/occupation_sums.ts`, which says what they are for, so that both give the same bits.
 *
 * Four sites and two modes at a time, and one bath setting: with more, numbers do not fit into the registers. All tables are in fours of sites, the host says where.
 *
 * @module
 */

/** Bytes of four sites. */
const QUAD: usize = 32;

/** For a temperature that is the same everywhere: `levels` has two numbers a mode. `unit` is 1, which a compiler that knows it makes anew at every use. */
export function uniform(
  order: i32,
  stride: i32,
  first: i32,
  end: i32,
  weight: f64,
  unit: f64,
  weighted: usize,
  levels: usize,
  bathCosh: usize,
  bathSinh: usize,
  charge: usize,
  energy: usize,
  totals: usize,
): void {
  const row = (<usize> stride) << 3, one = f64x2.splat(unit), share = f64x2.splat(weight);
  const modes = <usize> order * row;
  for (let member = first, l = <usize> first * row; member < end; member++) {
    let chargeA = f64x2.splat(0), chargeB = chargeA, energyA = chargeA, energyB = chargeA;
    for (let table = weighted, last = l + row; l < last; l += QUAD, table += QUAD) {
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
  unit: f64,
  weighted: usize,
  cosh: usize,
  sinh: usize,
  bathCosh: usize,
  bathSinh: usize,
  charge: usize,
  energy: usize,
  totals: usize,
): void {
  const row = (<usize> stride) << 3, one = f64x2.splat(unit), share = f64x2.splat(weight);
  const modes = <usize> order * row;
  for (let member = first, l = <usize> first * row; member < end; member++) {
    let chargeA = f64x2.splat(0), chargeB = chargeA, energyA = chargeA, energyB = chargeA;
    for (let table: usize = 0, last = l + row; l < last; l += QUAD, table += QUAD) {
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
