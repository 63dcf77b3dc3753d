/**
 * Sums over modes for the moments of a flow spectrum: the innermost loop of `stages/current/moment_sums.ts`, with the same operations in the same order, so
 * that both give the same bits.
 *
 * @module
 */

/** Moments of a panel; that of `stages/current/energy_panels.ts`. */
const MOMENTS: usize = 12;

/** Before this the compiler may put something of its own. */
export function firstAddress(): usize {
  return 1024;
}

/**
 * Adds Σ_n share_nk D_n(l) to the moments of a panel. Four sites and six moments at a time stay in registers while the modes go by.
 *
 * @param modes How many modes.
 * @param sites L.
 * @param share Rows of moments, one a mode.
 * @param density Rows of sites, one a mode; behind the last there is room for four numbers.
 * @param moments Rows of sites with their padding, one a moment; what gets into the padding means nothing.
 */
export function addModes(modes: i32, sites: i32, share: usize, density: usize, moments: usize): void {
  const row = (<usize> sites) << 3, stride = (row + 31) & ~31, end = density + row;
  for (; density < end; density += 32, moments += 32) {
    addPart(modes, row, stride, share, density, moments);
    addPart(modes, row, stride, share + 4 * MOMENTS, density, moments + 6 * stride);
  }
}

/** Six moments at four sites. */
function addPart(modes: i32, row: usize, stride: usize, share: usize, density: usize, moments: usize): void {
  let a0 = v128.load(moments), b0 = v128.load(moments, 16), at = moments + stride;
  let a1 = v128.load(at), b1 = v128.load(at, 16);
  at += stride;
  let a2 = v128.load(at), b2 = v128.load(at, 16);
  at += stride;
  let a3 = v128.load(at), b3 = v128.load(at, 16);
  at += stride;
  let a4 = v128.load(at), b4 = v128.load(at, 16);
  at += stride;
  let a5 = v128.load(at), b5 = v128.load(at, 16);
  for (; modes > 0; modes--, density += row, share += 8 * MOMENTS) {
    const a = v128.load(density), b = v128.load(density, 16);
    let own = v128.load_splat<f64>(share);
    a0 = f64x2.add(a0, f64x2.mul(own, a));
    b0 = f64x2.add(b0, f64x2.mul(own, b));
    own = v128.load_splat<f64>(share, 8);
    a1 = f64x2.add(a1, f64x2.mul(own, a));
    b1 = f64x2.add(b1, f64x2.mul(own, b));
    own = v128.load_splat<f64>(share, 16);
    a2 = f64x2.add(a2, f64x2.mul(own, a));
    b2 = f64x2.add(b2, f64x2.mul(own, b));
    own = v128.load_splat<f64>(share, 24);
    a3 = f64x2.add(a3, f64x2.mul(own, a));
    b3 = f64x2.add(b3, f64x2.mul(own, b));
    own = v128.load_splat<f64>(share, 32);
    a4 = f64x2.add(a4, f64x2.mul(own, a));
    b4 = f64x2.add(b4, f64x2.mul(own, b));
    own = v128.load_splat<f64>(share, 40);
    a5 = f64x2.add(a5, f64x2.mul(own, a));
    b5 = f64x2.add(b5, f64x2.mul(own, b));
  }
  at = moments;
  v128.store(at, a0);
  v128.store(at, b0, 16);
  at += stride;
  v128.store(at, a1);
  v128.store(at, b1, 16);
  at += stride;
  v128.store(at, a2);
  v128.store(at, b2, 16);
  at += stride;
  v128.store(at, a3);
  v128.store(at, b3, 16);
  at += stride;
  v128.store(at, a4);
  v128.store(at, b4, 16);
  at += stride;
  v128.store(at, a5);
  v128.store(at, b5, 16);
}
