// deno-fmt-ignore-file: it drops decorators of functions, which TypeScript does not have; without @inline below the blocks would not be at constant addresses
/**
 * The site blocks of recursive Green functions, two momenta at a time, one in each lane: the operations of `stages/spectral/symmetric_block.ts` in the same order, so
 * that both give the same bits.
 *
 * A block is complex symmetric 4 × 4 in two halves, [[U, C], [Cᵀ, V]]: u00, u01, u11, c00, c01, c10, c11, v00, v01, v11, each as real part, imaginary part, 16 bytes for
 * the two lanes.
 *
 * Two things decide what an inverse costs here. One is latency: of a long chain of operations, two of them divisions. A processor looks a few hundred operations
 * ahead, so an inverse is found in four steps, and the steps of independent blocks take turns. The other is that every access to memory is checked against the
 * memory's end, but those at addresses that are known when the kernel is compiled, below the end that memory has from the start. So blocks at work have fixed places.
 *
 * @module
 */
import { im, imBar, less, re, reBar, sum, times } from "./complex.ts";

/** Bytes of a block. */
export const BLOCK: usize = 20 * 16;

/** Where things are in a workplace, which starts with a block: its inverse, and what one step leaves to the next. −p01 stands for p01. */
export const INVERSE: usize = BLOCK;
export const P: usize = INVERSE + BLOCK, X: usize = P + 6 * 16;
const Y: usize = X + 8 * 16, RECIPROCAL: usize = Y + 6 * 16;

/** Bytes of a workplace. */
export const PLACE: usize = RECIPROCAL + 2 * 16;

/** Subtracts what a neighbour, eliminated, leaves of itself: `to` becomes `from` less TᵀgT; a and b are the bond's entries from u to v and from v to u. */
// @ts-ignore: decorator
@inline
export function subtractNeighbour(from: usize, to: usize, g: usize, a: v128, b: v128): void {
  const aa = times(a, a), ab = times(a, b), bb = times(b, b);
  put(to, less(v128.load(from), times(aa, v128.load(g, 224))), less(v128.load(from, 16), times(aa, v128.load(g, 240))));
  put(to + 32, sum(v128.load(from, 32), times(ab, v128.load(g, 256))),
    sum(v128.load(from, 48), times(ab, v128.load(g, 272))));
  put(to + 64, less(v128.load(from, 64), times(bb, v128.load(g, 288))),
    less(v128.load(from, 80), times(bb, v128.load(g, 304))));
  put(to + 96, less(v128.load(from, 96), times(ab, v128.load(g, 96))),
    less(v128.load(from, 112), times(ab, v128.load(g, 112))));
  put(to + 128, less(v128.load(from, 128), times(aa, v128.load(g, 160))),
    less(v128.load(from, 144), times(aa, v128.load(g, 176))));
  put(to + 160, less(v128.load(from, 160), times(bb, v128.load(g, 128))),
    less(v128.load(from, 176), times(bb, v128.load(g, 144))));
  put(to + 192, less(v128.load(from, 192), times(ab, v128.load(g, 192))),
    less(v128.load(from, 208), times(ab, v128.load(g, 208))));
  put(to + 224, less(v128.load(from, 224), times(bb, v128.load(g))), less(v128.load(from, 240), times(bb, v128.load(g, 16))));
  put(to + 256, sum(v128.load(from, 256), times(ab, v128.load(g, 32))),
    sum(v128.load(from, 272), times(ab, v128.load(g, 48))));
  put(to + 288, less(v128.load(from, 288), times(aa, v128.load(g, 64))),
    less(v128.load(from, 304), times(aa, v128.load(g, 80))));
}

/** The first step: 1/det U. */
// @ts-ignore: decorator
@inline
function divide(place: usize): void {
  const u00 = v128.load(place), u00i = v128.load(place, 16), u01 = v128.load(place, 32), u01i = v128.load(place, 48);
  const u11 = v128.load(place, 64), u11i = v128.load(place, 80);
  const det = less(re(u00, u00i, u11, u11i), re(u01, u01i, u01, u01i));
  const deti = less(im(u00, u00i, u11, u11i), im(u01, u01i, u01, u01i));
  storeReciprocal(place, det, deti);
}

/** Stores the complex conjugate of 1/z. */
// @ts-ignore: decorator
@inline
function storeReciprocal(place: usize, z: v128, zi: v128): void {
  const size = f64x2.div(f64x2.splat(1), sum(times(z, z), times(zi, zi)));
  v128.store(place + RECIPROCAL, times(z, size));
  v128.store(place + RECIPROCAL + 16, times(zi, size));
}

/** The second step: P = U⁻¹ and X = PC. */
// @ts-ignore: decorator
@inline
function eliminate(place: usize): void {
  const d = v128.load(place + RECIPROCAL), di = v128.load(place + RECIPROCAL + 16);
  const u11 = v128.load(place, 64), u11i = v128.load(place, 80);
  const p00 = reBar(u11, u11i, d, di), p00i = imBar(u11, u11i, d, di);
  const u01 = v128.load(place, 32), u01i = v128.load(place, 48);
  const n01 = reBar(u01, u01i, d, di), n01i = imBar(u01, u01i, d, di);
  const u00 = v128.load(place), u00i = v128.load(place, 16);
  const p11 = reBar(u00, u00i, d, di), p11i = imBar(u00, u00i, d, di);
  put(place + P, p00, p00i);
  put(place + P + 32, n01, n01i);
  put(place + P + 64, p11, p11i);

  const c00 = v128.load(place, 96), c00i = v128.load(place, 112);
  const c10 = v128.load(place, 160), c10i = v128.load(place, 176);
  put(place + X, less(re(p00, p00i, c00, c00i), re(n01, n01i, c10, c10i)),
    less(im(p00, p00i, c00, c00i), im(n01, n01i, c10, c10i)));
  put(place + X + 64, less(re(p11, p11i, c10, c10i), re(n01, n01i, c00, c00i)),
    less(im(p11, p11i, c10, c10i), im(n01, n01i, c00, c00i)));
  const c01 = v128.load(place, 128), c01i = v128.load(place, 144);
  const c11 = v128.load(place, 192), c11i = v128.load(place, 208);
  put(place + X + 32, less(re(p00, p00i, c01, c01i), re(n01, n01i, c11, c11i)),
    less(im(p00, p00i, c01, c01i), im(n01, n01i, c11, c11i)));
  put(place + X + 96, less(re(p11, p11i, c11, c11i), re(n01, n01i, c01, c01i)),
    less(im(p11, p11i, c11, c11i), im(n01, n01i, c01, c01i)));
}

// @ts-ignore: decorator
@inline
export function put(to: usize, real: v128, imag: v128): void {
  v128.store(to, real);
  v128.store(to + 16, imag);
}

/** The third step: Y = V − CᵀX and 1/det Y. */
// @ts-ignore: decorator
@inline
function complement(place: usize): void {
  const c00 = v128.load(place, 96), c00i = v128.load(place, 112);
  const c10 = v128.load(place, 160), c10i = v128.load(place, 176);
  const x00 = v128.load(place + X), x00i = v128.load(place + X, 16);
  const x10 = v128.load(place + X, 64), x10i = v128.load(place + X, 80);
  const y00 = less(less(v128.load(place, 224), re(c00, c00i, x00, x00i)), re(c10, c10i, x10, x10i));
  const y00i = less(less(v128.load(place, 240), im(c00, c00i, x00, x00i)), im(c10, c10i, x10, x10i));
  const x01 = v128.load(place + X, 32), x01i = v128.load(place + X, 48);
  const x11 = v128.load(place + X, 96), x11i = v128.load(place + X, 112);
  const y01 = less(less(v128.load(place, 256), re(c00, c00i, x01, x01i)), re(c10, c10i, x11, x11i));
  const y01i = less(less(v128.load(place, 272), im(c00, c00i, x01, x01i)), im(c10, c10i, x11, x11i));
  const c01 = v128.load(place, 128), c01i = v128.load(place, 144);
  const c11 = v128.load(place, 192), c11i = v128.load(place, 208);
  const y11 = less(less(v128.load(place, 288), re(c01, c01i, x01, x01i)), re(c11, c11i, x11, x11i));
  const y11i = less(less(v128.load(place, 304), im(c01, c01i, x01, x01i)), im(c11, c11i, x11, x11i));
  put(place + Y, y00, y00i);
  put(place + Y + 32, y01, y01i);
  put(place + Y + 64, y11, y11i);
  const minor = less(re(y00, y00i, y11, y11i), re(y01, y01i, y01, y01i));
  const minori = less(im(y00, y00i, y11, y11i), im(y01, y01i, y01, y01i));
  storeReciprocal(place, minor, minori);
}

/** The last step: Q = Y⁻¹, and with R = XQ the inverse [[P + RXᵀ, −R], [−Rᵀ, Q]], in which −u01 and −v01 stand for u01 and v01: no sign is turned for nothing. */
// @ts-ignore: decorator
@inline
function multiply(place: usize): void {
  const to = place + INVERSE;
  const e = v128.load(place + RECIPROCAL), ei = v128.load(place + RECIPROCAL + 16);
  const y11 = v128.load(place + Y, 64), y11i = v128.load(place + Y, 80);
  const q00 = reBar(y11, y11i, e, ei), q00i = imBar(y11, y11i, e, ei);
  const y01 = v128.load(place + Y, 32), y01i = v128.load(place + Y, 48);
  const n01 = reBar(y01, y01i, e, ei), n01i = imBar(y01, y01i, e, ei);
  const y00 = v128.load(place + Y), y00i = v128.load(place + Y, 16);
  const q11 = reBar(y00, y00i, e, ei), q11i = imBar(y00, y00i, e, ei);
  put(to + 224, q00, q00i);
  put(to + 256, n01, n01i);
  put(to + 288, q11, q11i);

  const x00 = v128.load(place + X), x00i = v128.load(place + X, 16);
  const x01 = v128.load(place + X, 32), x01i = v128.load(place + X, 48);
  const x10 = v128.load(place + X, 64), x10i = v128.load(place + X, 80);
  const x11 = v128.load(place + X, 96), x11i = v128.load(place + X, 112);
  // −R: what is subtracted in R is subtracted from here.
  const r00 = less(re(x01, x01i, n01, n01i), re(x00, x00i, q00, q00i));
  const r00i = less(im(x01, x01i, n01, n01i), im(x00, x00i, q00, q00i));
  const r01 = less(re(x00, x00i, n01, n01i), re(x01, x01i, q11, q11i));
  const r01i = less(im(x00, x00i, n01, n01i), im(x01, x01i, q11, q11i));
  put(to + 96, r00, r00i);
  put(to + 128, r01, r01i);
  put(to, less(less(v128.load(place + P), re(r00, r00i, x00, x00i)), re(r01, r01i, x01, x01i)),
    less(less(v128.load(place + P, 16), im(r00, r00i, x00, x00i)), im(r01, r01i, x01, x01i)));
  const n = v128.load(place + P, 32), ni = v128.load(place + P, 48);
  put(to + 32, sum(sum(n, re(r00, r00i, x10, x10i)), re(r01, r01i, x11, x11i)),
    sum(sum(ni, im(r00, r00i, x10, x10i)), im(r01, r01i, x11, x11i)));
  const r10 = less(re(x11, x11i, n01, n01i), re(x10, x10i, q00, q00i));
  const r10i = less(im(x11, x11i, n01, n01i), im(x10, x10i, q00, q00i));
  const r11 = less(re(x10, x10i, n01, n01i), re(x11, x11i, q11, q11i));
  const r11i = less(im(x10, x10i, n01, n01i), im(x11, x11i, q11, q11i));
  put(to + 160, r10, r10i);
  put(to + 192, r11, r11i);
  put(to + 64, less(less(v128.load(place + P, 64), re(r10, r10i, x10, x10i)), re(r11, r11i, x11, x11i)),
    less(less(v128.load(place + P, 80), im(r10, r10i, x10, x10i)), im(r11, r11i, x11, x11i)));
}

/** Inverts the blocks of two places, step by step in turn. */
// @ts-ignore: decorator
@inline
export function invertTwo(first: usize, second: usize): void {
  divide(first);
  divide(second);
  eliminate(first);
  eliminate(second);
  complement(first);
  complement(second);
  multiply(first);
  multiply(second);
}

/** Inverts the blocks of four places, step by step in turn. */
// @ts-ignore: decorator
@inline
export function invertFour(first: usize, second: usize, third: usize, fourth: usize): void {
  divide(first);
  divide(second);
  divide(third);
  divide(fourth);
  eliminate(first);
  eliminate(second);
  eliminate(third);
  eliminate(fourth);
  complement(first);
  complement(second);
  complement(third);
  complement(fourth);
  multiply(first);
  multiply(second);
  multiply(third);
  multiply(fourth);
}

/** Copies a block. */
// @ts-ignore: decorator
@inline
export function copyBlock(from: usize, to: usize): void {
  for (let i: usize = 0; i < BLOCK; i += 64) {
    v128.store(to + i, v128.load(from + i));
    v128.store(to + i, v128.load(from + i, 16), 16);
    v128.store(to + i, v128.load(from + i, 32), 32);
    v128.store(to + i, v128.load(from + i, 48), 48);
  }
}
