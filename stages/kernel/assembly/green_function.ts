/**
 * The recursive Green function of `stages/spectral/green_function.ts` at two momenta at a time, one in each lane: the same operations in the same order, the same bits.
 *
 * A block is complex symmetric 4 × 4 in two halves, [[U, C], [Cᵀ, V]]: u00, u01, u11, c00, c01, c10, c11, v00, v01, v11, each as real part, imaginary part, 16 bytes for
 * the two lanes.
 *
 * @module
 */
import { im, less, re, sum, times } from "./complex.ts";

/** Bytes of a block, and of what a site reads of the self-energy, which both lanes share. */
const BLOCK: usize = 20 * 16, DRESSING: usize = 8 * 8;

/** Bytes of a site's diagonal: four orbitals, real and imaginary part, two lanes. */
const DIAGONAL: usize = 8 * 16;

/** Before this the compiler may put something of its own. */
const FIRST: usize = 1024;

let sites: i32 = 0;
let dressing: usize = 0, field: usize = 0, left: usize = 0, right: usize = 0, block: usize = 0, diagonal: usize = 0;

/** Lays memory out for L sites; the host writes A⁵(l) and the dressing, and reads the diagonal. */
export function prepare(count: i32): void {
  sites = count;
  const n = <usize> count;
  dressing = FIRST;
  field = dressing + n * DRESSING;
  left = (field + n * 8 + 15) & ~15;
  right = left + n * BLOCK;
  block = right + BLOCK;
  diagonal = block + BLOCK;
  const missing = <i32> ((diagonal + n * DIAGONAL + 0xffff) >> 16) - memory.size();
  if (missing > 0) memory.grow(missing);
}

/** Where Σ^R goes: eight numbers a site, real and imaginary parts of what stands before 1, τ_z, σ_z and τ_z σ_z. */
export function dressingAddress(): usize {
  return dressing;
}

/** Where A⁵(l) goes. */
export function fieldAddress(): usize {
  return field;
}

/** Where G_{lν,lν} is: by site and orbital real and imaginary part, each for both lanes. */
export function diagonalAddress(): usize {
  return diagonal;
}

let omega: v128 = f64x2.splat(0), broadening: v128 = f64x2.splat(0), mass: v128 = f64x2.splat(0);
let drift: v128 = f64x2.splat(0), coupling: v128 = f64x2.splat(0), turn: v128 = f64x2.splat(0);
let forward: v128 = f64x2.splat(0), backward: v128 = f64x2.splat(0);

/**
 * Solves at two momenta: M(q), v sin q_y and v sin q_z of each. The sector in which a chiral state would be at ω is the pivot; to exchange the sectors (turn −1) is to
 * transpose B and to reverse q_y, τ_z and τ_z σ_z.
 */
export function solve(
  frequency: f64,
  eta: f64,
  velocity: f64,
  hopping: f64,
  massA: f64,
  driftA: f64,
  couplingA: f64,
  massB: f64,
  driftB: f64,
  couplingB: f64,
): void {
  const turnA: f64 = frequency * driftA < 0 ? -1 : 1, turnB: f64 = frequency * driftB < 0 ? -1 : 1;
  omega = f64x2.splat(frequency);
  broadening = f64x2.splat(eta);
  mass = f64x2(massA, massB);
  turn = f64x2(turnA, turnB);
  drift = times(turn, f64x2(driftA, driftB));
  coupling = times(turn, f64x2(couplingA, couplingB));
  const half = f64x2.div(times(turn, f64x2.splat(velocity)), f64x2.splat(2)), bond = f64x2.splat(-hopping);
  forward = sum(bond, half);
  backward = less(bond, half);

  let at = left;
  for (let l = 0; l + 1 < sites; l++, at += BLOCK) {
    siteBlock(l);
    if (l > 0) subtractNeighbour(block, at - BLOCK, backward, forward);
    invert(block, at);
  }
  for (let l = sites - 1; l >= 0; l--) {
    siteBlock(l);
    if (l + 1 < sites) subtractNeighbour(block, right, forward, backward);
    if (l > 0) {
      invert(block, right);
      subtractNeighbour(block, left + <usize> (l - 1) * BLOCK, backward, forward);
    }
    invert(block, block);
    record(l);
  }
}

/** Im Tr G^R of the first momentum and of the second. */
export function imaginaryTrace(lane: i32): f64 {
  let total = f64x2.splat(0), at = diagonal + 16;
  for (let i = 0; i < 4 * sites; i++, at += 32) total = sum(total, v128.load(at));
  return lane === 0 ? f64x2.extract_lane(total, 0) : f64x2.extract_lane(total, 1);
}

/** Fills the block at work with ω + iη − h_l − Σ_l. */
function siteBlock(l: i32): void {
  const s = dressing + <usize> l * DRESSING, a5 = v128.load_splat<f64>(field + (<usize> l << 3));
  const real = less(omega, v128.load_splat<f64>(s)), imag = less(broadening, v128.load_splat<f64>(s, 8));
  const tau = times(turn, v128.load_splat<f64>(s, 16)), taui = times(turn, v128.load_splat<f64>(s, 24));
  const spin = v128.load_splat<f64>(s, 32), spini = v128.load_splat<f64>(s, 40);
  const both = times(turn, v128.load_splat<f64>(s, 48)), bothi = times(turn, v128.load_splat<f64>(s, 56));
  const u = less(real, drift), v = sum(real, drift), cross = less(both, coupling);
  put(0, u, imag);
  put(1, tau, taui);
  put(2, u, imag);
  put(3, sum(less(a5, mass), spin), spini);
  put(4, cross, bothi);
  put(5, less(coupling, both), f64x2.neg(bothi));
  put(6, less(less(f64x2.neg(a5), mass), spin), f64x2.neg(spini));
  put(7, v, imag);
  put(8, f64x2.neg(tau), f64x2.neg(taui));
  put(9, v, imag);
}

// @ts-ignore: decorator

function put(entry: usize, real: v128, imag: v128): void {
  v128.store(block + entry * 32, real);
  v128.store(block + entry * 32 + 16, imag);
}

/** Subtracts from a block what a neighbour, eliminated, leaves of itself; a and b are the bond's entries from u to v and from v to u. */
function subtractNeighbour(target: usize, g: usize, a: v128, b: v128): void {
  const aa = times(a, a), ab = times(a, b), bb = times(b, b);
  take(target, 0, g, 7, aa);
  take(target, 1, g, 8, ab);
  take(target, 2, g, 9, bb);
  take(target, 3, g, 3, ab);
  take(target, 4, g, 5, aa);
  take(target, 5, g, 4, bb);
  take(target, 6, g, 6, ab);
  take(target, 7, g, 0, bb);
  take(target, 8, g, 1, ab);
  take(target, 9, g, 2, aa);
}

// @ts-ignore: decorator

function take(target: usize, entry: usize, g: usize, from: usize, factor: v128): void {
  const to = target + entry * 32, at = g + from * 32;
  v128.store(to, less(v128.load(to), times(factor, v128.load(at))));
  v128.store(to + 16, less(v128.load(to + 16), times(factor, v128.load(at + 16))));
}

/** Inverts a block by way of its Schur complement: X = U⁻¹C, Q = (V − CᵀX)⁻¹, R = XQ; the inverse is [[U⁻¹ + R Xᵀ, −R], [−Rᵀ, Q]]. */
function invert(from: usize, to: usize): void {
  const u00 = v128.load(from), u00i = v128.load(from, 16), u01 = v128.load(from, 32), u01i = v128.load(from, 48);
  const u11 = v128.load(from, 64), u11i = v128.load(from, 80);
  const c00 = v128.load(from, 96), c00i = v128.load(from, 112), c01 = v128.load(from, 128), c01i = v128.load(from, 144);
  const c10 = v128.load(from, 160),
    c10i = v128.load(from, 176),
    c11 = v128.load(from, 192),
    c11i = v128.load(from, 208);
  const one = f64x2.splat(1);

  // P = U⁻¹
  const det = less(re(u00, u00i, u11, u11i), re(u01, u01i, u01, u01i));
  const deti = less(im(u00, u00i, u11, u11i), im(u01, u01i, u01, u01i));
  const size = f64x2.div(one, sum(times(det, det), times(deti, deti)));
  const d = times(det, size), di = times(f64x2.neg(deti), size);
  const p00 = re(u11, u11i, d, di), p00i = im(u11, u11i, d, di);
  const p01 = f64x2.neg(re(u01, u01i, d, di)), p01i = f64x2.neg(im(u01, u01i, d, di));
  const p11 = re(u00, u00i, d, di), p11i = im(u00, u00i, d, di);

  // X = P C
  const x00 = sum(re(p00, p00i, c00, c00i), re(p01, p01i, c10, c10i));
  const x00i = sum(im(p00, p00i, c00, c00i), im(p01, p01i, c10, c10i));
  const x01 = sum(re(p00, p00i, c01, c01i), re(p01, p01i, c11, c11i));
  const x01i = sum(im(p00, p00i, c01, c01i), im(p01, p01i, c11, c11i));
  const x10 = sum(re(p01, p01i, c00, c00i), re(p11, p11i, c10, c10i));
  const x10i = sum(im(p01, p01i, c00, c00i), im(p11, p11i, c10, c10i));
  const x11 = sum(re(p01, p01i, c01, c01i), re(p11, p11i, c11, c11i));
  const x11i = sum(im(p01, p01i, c01, c01i), im(p11, p11i, c11, c11i));

  // Y = V − Cᵀ X
  const y00 = less(less(v128.load(from, 224), re(c00, c00i, x00, x00i)), re(c10, c10i, x10, x10i));
  const y00i = less(less(v128.load(from, 240), im(c00, c00i, x00, x00i)), im(c10, c10i, x10, x10i));
  const y01 = less(less(v128.load(from, 256), re(c00, c00i, x01, x01i)), re(c10, c10i, x11, x11i));
  const y01i = less(less(v128.load(from, 272), im(c00, c00i, x01, x01i)), im(c10, c10i, x11, x11i));
  const y11 = less(less(v128.load(from, 288), re(c01, c01i, x01, x01i)), re(c11, c11i, x11, x11i));
  const y11i = less(less(v128.load(from, 304), im(c01, c01i, x01, x01i)), im(c11, c11i, x11, x11i));

  // Q = Y⁻¹
  const minor = less(re(y00, y00i, y11, y11i), re(y01, y01i, y01, y01i));
  const minori = less(im(y00, y00i, y11, y11i), im(y01, y01i, y01, y01i));
  const share = f64x2.div(one, sum(times(minor, minor), times(minori, minori)));
  const e = times(minor, share), ei = times(f64x2.neg(minori), share);
  const q00 = re(y11, y11i, e, ei), q00i = im(y11, y11i, e, ei);
  const q01 = f64x2.neg(re(y01, y01i, e, ei)), q01i = f64x2.neg(im(y01, y01i, e, ei));
  const q11 = re(y00, y00i, e, ei), q11i = im(y00, y00i, e, ei);

  // R = X Q
  const r00 = sum(re(x00, x00i, q00, q00i), re(x01, x01i, q01, q01i));
  const r00i = sum(im(x00, x00i, q00, q00i), im(x01, x01i, q01, q01i));
  const r01 = sum(re(x00, x00i, q01, q01i), re(x01, x01i, q11, q11i));
  const r01i = sum(im(x00, x00i, q01, q01i), im(x01, x01i, q11, q11i));
  const r10 = sum(re(x10, x10i, q00, q00i), re(x11, x11i, q01, q01i));
  const r10i = sum(im(x10, x10i, q00, q00i), im(x11, x11i, q01, q01i));
  const r11 = sum(re(x10, x10i, q01, q01i), re(x11, x11i, q11, q11i));
  const r11i = sum(im(x10, x10i, q01, q01i), im(x11, x11i, q11, q11i));

  v128.store(to, sum(sum(p00, re(r00, r00i, x00, x00i)), re(r01, r01i, x01, x01i)));
  v128.store(to, sum(sum(p00i, im(r00, r00i, x00, x00i)), im(r01, r01i, x01, x01i)), 16);
  v128.store(to, sum(sum(p01, re(r00, r00i, x10, x10i)), re(r01, r01i, x11, x11i)), 32);
  v128.store(to, sum(sum(p01i, im(r00, r00i, x10, x10i)), im(r01, r01i, x11, x11i)), 48);
  v128.store(to, sum(sum(p11, re(r10, r10i, x10, x10i)), re(r11, r11i, x11, x11i)), 64);
  v128.store(to, sum(sum(p11i, im(r10, r10i, x10, x10i)), im(r11, r11i, x11, x11i)), 80);
  v128.store(to, f64x2.neg(r00), 96);
  v128.store(to, f64x2.neg(r00i), 112);
  v128.store(to, f64x2.neg(r01), 128);
  v128.store(to, f64x2.neg(r01i), 144);
  v128.store(to, f64x2.neg(r10), 160);
  v128.store(to, f64x2.neg(r10i), 176);
  v128.store(to, f64x2.neg(r11), 192);
  v128.store(to, f64x2.neg(r11i), 208);
  v128.store(to, q00, 224);
  v128.store(to, q00i, 240);
  v128.store(to, q01, 256);
  v128.store(to, q01i, 272);
  v128.store(to, q11, 288);
  v128.store(to, q11i, 304);
}

/** Turns the block at work, G_ll, back to orbitals: G_{τσ} = ¼ Tr (1 ± τ_z)(1 ± σ_z) G_ll. */
function record(l: i32): void {
  const to = diagonal + <usize> l * DIAGONAL;
  recordPart(to, 0);
  recordPart(to + 16, 16);
}

// @ts-ignore: decorator

function recordPart(to: usize, part: usize): void {
  const g = block + part, two = f64x2.splat(2);
  const diagonalSum = sum(sum(v128.load(g), v128.load(g, 64)), sum(v128.load(g, 224), v128.load(g, 288)));
  const one = f64x2.div(diagonalSum, f64x2.splat(4));
  const tau = f64x2.div(times(turn, less(v128.load(g, 256), v128.load(g, 32))), two);
  const spin = f64x2.div(less(v128.load(g, 192), v128.load(g, 96)), two);
  const both = f64x2.div(times(turn, less(v128.load(g, 160), v128.load(g, 128))), two);
  v128.store(to, sum(sum(one, tau), sum(spin, both)));
  v128.store(to, less(sum(one, tau), sum(spin, both)), 32);
  v128.store(to, sum(less(one, tau), less(spin, both)), 64);
  v128.store(to, less(less(one, tau), less(spin, both)), 96);
}
