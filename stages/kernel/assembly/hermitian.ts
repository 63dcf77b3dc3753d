// deno-fmt-ignore-file: see block.ts
/**
 * The site blocks of −iG^<, two momenta at a time: the operations of `stages/spectral/hermitian_block.ts` in the same order, so that both give the same bits.
 *
 * A block is Hermitian 4 × 4 in the halves of `block.ts`, [[A, C], [C†, B]]: a00, a11, a01 (real, imaginary part), c00, c01, c10, c11 (real, imaginary part each),
 * b00, b11, b01 (real, imaginary part), 16 bytes each for the two lanes.
 *
 * @module
 */
import { INVERSE, P, put, X } from "./block.ts";
import { im, imBar, less, re, reBar, sum, times } from "./complex.ts";

/** Bytes of a block. */
export const HERMITIAN: usize = 16 * 16;

/** Adds what a neighbour, eliminated, feeds in: `to` becomes `from` and ThTᵀ; a and b are the bond's entries from u to v and from v to u. */
// @ts-ignore: decorator
@inline
export function addNeighbour(from: usize, to: usize, h: usize, a: v128, b: v128): void {
  const aa = times(a, a), ab = times(a, b), bb = times(b, b);
  put(to, sum(v128.load(from), times(aa, v128.load(h, 192))), sum(v128.load(from, 16), times(bb, v128.load(h, 208))));
  put(to + 32, sum(v128.load(from, 32), times(ab, v128.load(h, 224))),
    sum(v128.load(from, 48), times(ab, v128.load(h, 240))));
  put(to + 64, sum(v128.load(from, 64), times(ab, v128.load(h, 64))),
    less(v128.load(from, 80), times(ab, v128.load(h, 80))));
  put(to + 96, sum(v128.load(from, 96), times(aa, v128.load(h, 128))),
    less(v128.load(from, 112), times(aa, v128.load(h, 144))));
  put(to + 128, sum(v128.load(from, 128), times(bb, v128.load(h, 96))),
    less(v128.load(from, 144), times(bb, v128.load(h, 112))));
  put(to + 160, sum(v128.load(from, 160), times(ab, v128.load(h, 160))),
    less(v128.load(from, 176), times(ab, v128.load(h, 176))));
  put(to + 192, sum(v128.load(from, 192), times(bb, v128.load(h))), sum(v128.load(from, 208), times(aa, v128.load(h, 16))));
  put(to + 224, sum(v128.load(from, 224), times(ab, v128.load(h, 32))),
    sum(v128.load(from, 240), times(ab, v128.load(h, 48))));
}

/** Makes g H g† of the block H, with the factors of g that are in a workplace. */
// @ts-ignore: decorator
@inline
export function sandwich(place: usize, h: usize, to: usize): void {
  const half = f64x2.splat(0.5);
  const a00 = v128.load(h), a11 = v128.load(h, 16), a01 = v128.load(h, 32), a01i = v128.load(h, 48);
  const x00 = v128.load(place + X), x00i = v128.load(place + X, 16), x01 = v128.load(place + X, 32), x01i = v128.load(place + X, 48);
  const x10 = v128.load(place + X, 64), x10i = v128.load(place + X, 80), x11 = v128.load(place + X, 96), x11i = v128.load(place + X, 112);

  // C′ = C − T and M = C + C′; of the second row −Im T is what comes out (o10i, o11i)
  const t00 = sum(times(a00, x00), reBar(a01, a01i, x10, x10i)), t00i = less(imBar(a01, a01i, x10, x10i), times(a00, x00i));
  const t10 = sum(times(a11, x10), re(a01, a01i, x00, x00i)), o10i = sum(times(a11, x10i), im(a01, a01i, x00, x00i));
  const c00 = less(v128.load(h, 64), t00), c00i = less(v128.load(h, 80), t00i);
  const c10 = less(v128.load(h, 128), t10), c10i = sum(v128.load(h, 144), o10i);
  const m00 = sum(v128.load(h, 64), c00), m00i = sum(v128.load(h, 80), c00i);
  const m10 = sum(v128.load(h, 128), c10), m10i = sum(v128.load(h, 144), c10i);
  const t01 = sum(times(a00, x01), reBar(a01, a01i, x11, x11i)), t01i = less(imBar(a01, a01i, x11, x11i), times(a00, x01i));
  const t11 = sum(times(a11, x11), re(a01, a01i, x01, x01i)), o11i = sum(times(a11, x11i), im(a01, a01i, x01, x01i));
  const c01 = less(v128.load(h, 96), t01), c01i = less(v128.load(h, 112), t01i);
  const c11 = less(v128.load(h, 160), t11), c11i = sum(v128.load(h, 176), o11i);
  const m01 = sum(v128.load(h, 96), c01), m01i = sum(v128.load(h, 112), c01i);
  const m11 = sum(v128.load(h, 160), c11), m11i = sum(v128.load(h, 176), c11i);

  // B′ = B − ½[XᵀM + (XᵀM)†]
  const b00 = less(v128.load(h, 192), sum(re(x00, x00i, m00, m00i), re(x10, x10i, m10, m10i)));
  const b11 = less(v128.load(h, 208), sum(re(x01, x01i, m01, m01i), re(x11, x11i, m11, m11i)));
  const b01 = less(v128.load(h, 224), times(half, sum(sum(re(x00, x00i, m01, m01i), re(x10, x10i, m11, m11i)),
    sum(re(x01, x01i, m00, m00i), re(x11, x11i, m10, m10i)))));
  const b01i = less(v128.load(h, 240), times(half, less(sum(im(x00, x00i, m01, m01i), im(x10, x10i, m11, m11i)),
    sum(im(x01, x01i, m00, m00i), im(x11, x11i, m10, m10i)))));

  // W = Q B′ Q†
  const q00 = v128.load(place + INVERSE, 224), q00i = v128.load(place + INVERSE, 240);
  const negQ = v128.load(place + INVERSE, 256), negQi = v128.load(place + INVERSE, 272);
  const q11 = v128.load(place + INVERSE, 288), q11i = v128.load(place + INVERSE, 304);
  const k00 = less(times(b00, q00), reBar(b01, b01i, negQ, negQi)), k00i = sum(times(b00, q00i), imBar(b01, b01i, negQ, negQi));
  const k01 = less(re(b01, b01i, q00, q00i), times(b11, negQ)), k01i = less(im(b01, b01i, q00, q00i), times(b11, negQi));
  const w00 = less(reBar(k00, k00i, q00, q00i), reBar(k01, k01i, negQ, negQi));
  const w01 = less(reBar(k01, k01i, q11, q11i), reBar(k00, k00i, negQ, negQi));
  const w01i = less(imBar(k01, k01i, q11, q11i), imBar(k00, k00i, negQ, negQi));
  const k10 = less(reBar(b01, b01i, q11, q11i), times(b00, negQ)), k10i = less(imBar(q11, q11i, b01, b01i), times(b00, negQi));
  const k11 = less(times(b11, q11), re(b01, b01i, negQ, negQi)), k11i = less(times(b11, q11i), im(b01, b01i, negQ, negQi));
  const w11 = less(reBar(k11, k11i, q11, q11i), reBar(k10, k10i, negQ, negQi));
  put(to + 192, w00, w11);
  put(to + 224, w01, w01i);

  // Z = P C′ Q†
  const p00 = v128.load(place + P), p00i = v128.load(place + P, 16), negP = v128.load(place + P, 32), negPi = v128.load(place + P, 48);
  const p11 = v128.load(place + P, 64), p11i = v128.load(place + P, 80);
  const s00 = less(re(p00, p00i, c00, c00i), re(negP, negPi, c10, c10i)), s00i = less(im(p00, p00i, c00, c00i), im(negP, negPi, c10, c10i));
  const s01 = less(re(p00, p00i, c01, c01i), re(negP, negPi, c11, c11i)), s01i = less(im(p00, p00i, c01, c01i), im(negP, negPi, c11, c11i));
  const z00 = less(reBar(s00, s00i, q00, q00i), reBar(s01, s01i, negQ, negQi));
  const z00i = less(imBar(s00, s00i, q00, q00i), imBar(s01, s01i, negQ, negQi));
  const z01 = less(reBar(s01, s01i, q11, q11i), reBar(s00, s00i, negQ, negQi));
  const z01i = less(imBar(s01, s01i, q11, q11i), imBar(s00, s00i, negQ, negQi));
  const s10 = less(re(p11, p11i, c10, c10i), re(negP, negPi, c00, c00i)), s10i = less(im(p11, p11i, c10, c10i), im(negP, negPi, c00, c00i));
  const s11 = less(re(p11, p11i, c11, c11i), re(negP, negPi, c01, c01i)), s11i = less(im(p11, p11i, c11, c11i), im(negP, negPi, c01, c01i));
  const z10 = less(reBar(s10, s10i, q00, q00i), reBar(s11, s11i, negQ, negQi));
  const z10i = less(imBar(s10, s10i, q00, q00i), imBar(s11, s11i, negQ, negQi));
  const z11 = less(reBar(s11, s11i, q11, q11i), reBar(s10, s10i, negQ, negQi));
  const z11i = less(imBar(s11, s11i, q11, q11i), imBar(s10, s10i, negQ, negQi));

  // Y = XW, D = Z − Y, N = Z + D
  const y00 = sum(times(w00, x00), reBar(w01, w01i, x01, x01i)), y00i = sum(times(w00, x00i), imBar(x01, x01i, w01, w01i));
  const y01 = sum(times(w11, x01), re(w01, w01i, x00, x00i)), y01i = sum(times(w11, x01i), im(w01, w01i, x00, x00i));
  const d00 = less(z00, y00), d00i = less(z00i, y00i), d01 = less(z01, y01), d01i = less(z01i, y01i);
  const n00 = sum(z00, d00), n00i = sum(z00i, d00i);
  const n01 = sum(z01, d01), n01i = sum(z01i, d01i);
  put(to + 64, d00, d00i);
  put(to + 96, d01, d01i);
  const y10 = sum(times(w00, x10), reBar(w01, w01i, x11, x11i)), y10i = sum(times(w00, x10i), imBar(x11, x11i, w01, w01i));
  const y11 = sum(times(w11, x11), re(w01, w01i, x10, x10i)), y11i = sum(times(w11, x11i), im(w01, w01i, x10, x10i));
  const d10 = less(z10, y10), d10i = less(z10i, y10i), d11 = less(z11, y11), d11i = less(z11i, y11i);
  const n10 = sum(z10, d10), n10i = sum(z10i, d10i);
  const n11 = sum(z11, d11), n11i = sum(z11i, d11i);
  put(to + 128, d10, d10i);
  put(to + 160, d11, d11i);

  // E = P A P†
  const j00 = less(times(a00, p00), reBar(a01, a01i, negP, negPi)), j00i = sum(times(a00, p00i), imBar(a01, a01i, negP, negPi));
  const j01 = less(re(a01, a01i, p00, p00i), times(a11, negP)), j01i = less(im(a01, a01i, p00, p00i), times(a11, negPi));
  const e00 = less(reBar(j00, j00i, p00, p00i), reBar(j01, j01i, negP, negPi));
  const e01 = less(reBar(j01, j01i, p11, p11i), reBar(j00, j00i, negP, negPi));
  const e01i = less(imBar(j01, j01i, p11, p11i), imBar(j00, j00i, negP, negPi));
  const j10 = less(reBar(a01, a01i, p11, p11i), times(a00, negP)), j10i = less(imBar(p11, p11i, a01, a01i), times(a00, negPi));
  const j11 = less(times(a11, p11), re(a01, a01i, negP, negPi)), j11i = less(times(a11, p11i), im(a01, a01i, negP, negPi));
  const e11 = less(reBar(j11, j11i, p11, p11i), reBar(j10, j10i, negP, negPi));

  // A″ = E − ½[NX† + (NX†)†]
  put(to, less(e00, sum(reBar(n00, n00i, x00, x00i), reBar(n01, n01i, x01, x01i))),
    less(e11, sum(reBar(n10, n10i, x10, x10i), reBar(n11, n11i, x11, x11i))));
  put(to + 32, less(e01, times(half, sum(sum(reBar(n00, n00i, x10, x10i), reBar(n01, n01i, x11, x11i)),
    sum(reBar(n10, n10i, x00, x00i), reBar(n11, n11i, x01, x01i))))),
    less(e01i, times(half, less(sum(imBar(n00, n00i, x10, x10i), imBar(n01, n01i, x11, x11i)),
      sum(imBar(n10, n10i, x00, x00i), imBar(n11, n11i, x01, x01i))))));
}

/** Copies a block. */
// @ts-ignore: decorator
@inline
export function copyHermitian(from: usize, to: usize): void {
  for (let i: usize = 0; i < HERMITIAN; i += 64) {
    v128.store(to + i, v128.load(from + i));
    v128.store(to + i, v128.load(from + i, 16), 16);
    v128.store(to + i, v128.load(from + i, 32), 32);
    v128.store(to + i, v128.load(from + i, 48), 48);
  }
}
