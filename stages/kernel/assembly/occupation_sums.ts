/**
 * The innermost loops of Eq. (6), the sums over modes of W_n(l) / (cosh β_l ε_n + cosh β_l μ_l), on vectors of two sites. The same operations in the same order as in
 * `stages/current/occupation_sums.ts`, which says what they are for, so that both give the same bits.
 *
 * All tables are rows of sites, padded to a multiple of four; the host says where they start.
 *
 * @module
 */

/** For a temperature that is the same everywhere: `cosh` and `sinh` have one number a mode. */
export function uniform(
  order: i32,
  stride: i32,
  weighted: usize,
  cosh: usize,
  sinh: usize,
  bathCosh: usize,
  bathSinh: usize,
  charge: usize,
  energy: usize,
): void {
  const row = (<usize> stride) << 3, one = f64x2.splat(1);
  for (let l: usize = 0; l < row; l += 32) {
    const bathA = v128.load(bathCosh + l), bathB = v128.load(bathCosh + l, 16);
    let chargeA = f64x2.splat(0), chargeB = chargeA, energyA = chargeA, energyB = chargeA;
    let at = weighted + l, mode = cosh, heat = sinh;
    for (let n = 0; n < order; n++) {
      const level = v128.load_splat<f64>(mode), gain = v128.load_splat<f64>(heat);
      const sumA = f64x2.add(level, bathA), sumB = f64x2.add(level, bathB);
      const inverse = f64x2.div(one, f64x2.mul(sumA, sumB));
      const shareA = f64x2.mul(v128.load(at), f64x2.mul(sumB, inverse));
      const shareB = f64x2.mul(v128.load(at, 16), f64x2.mul(sumA, inverse));
      chargeA = f64x2.add(chargeA, shareA);
      chargeB = f64x2.add(chargeB, shareB);
      energyA = f64x2.sub(energyA, f64x2.mul(shareA, gain));
      energyB = f64x2.sub(energyB, f64x2.mul(shareB, gain));
      at += row;
      mode += 8;
      heat += 8;
    }
    v128.store(charge + l, f64x2.mul(chargeA, v128.load(bathSinh + l)));
    v128.store(charge + l, f64x2.mul(chargeB, v128.load(bathSinh + l, 16)), 16);
    v128.store(energy + l, energyA);
    v128.store(energy + l, energyB, 16);
  }
}

/** For a temperature at each site: `cosh` and `sinh` are rows of sites, one a mode. */
export function profile(
  order: i32,
  stride: i32,
  weighted: usize,
  cosh: usize,
  sinh: usize,
  bathCosh: usize,
  bathSinh: usize,
  charge: usize,
  energy: usize,
): void {
  const row = (<usize> stride) << 3, one = f64x2.splat(1);
  for (let l: usize = 0; l < row; l += 32) {
    const bathA = v128.load(bathCosh + l), bathB = v128.load(bathCosh + l, 16);
    let chargeA = f64x2.splat(0), chargeB = chargeA, energyA = chargeA, energyB = chargeA;
    let at = weighted + l, level = cosh + l, gain = sinh + l;
    for (let n = 0; n < order; n++) {
      const sumA = f64x2.add(v128.load(level), bathA), sumB = f64x2.add(v128.load(level, 16), bathB);
      const inverse = f64x2.div(one, f64x2.mul(sumA, sumB));
      const shareA = f64x2.mul(v128.load(at), f64x2.mul(sumB, inverse));
      const shareB = f64x2.mul(v128.load(at, 16), f64x2.mul(sumA, inverse));
      chargeA = f64x2.add(chargeA, shareA);
      chargeB = f64x2.add(chargeB, shareB);
      energyA = f64x2.sub(energyA, f64x2.mul(shareA, v128.load(gain)));
      energyB = f64x2.sub(energyB, f64x2.mul(shareB, v128.load(gain, 16)));
      at += row;
      level += row;
      gain += row;
    }
    v128.store(charge + l, f64x2.mul(chargeA, v128.load(bathSinh + l)));
    v128.store(charge + l, f64x2.mul(chargeB, v128.load(bathSinh + l, 16)), 16);
    v128.store(energy + l, energyA);
    v128.store(energy + l, energyB, 16);
  }
}
