/**
 * The site block of −iG^<: Hermitian 4 × 4, in the halves of `symmetric_block.ts`, [[A, C], [C†, B]], so that its sixteen numbers are all there is.
 *
 * @module
 */

/** Numbers that a block takes: a00, a11, a01 (real, imaginary part), c00, c01, c10, c11 (real, imaginary part each), b00, b11, b01 (real, imaginary part). */
export const HERMITIAN_STRIDE = 16;

/**
 * Makes g H g† of a block H, where g is the inverse that `factorBlock` found the factors of.
 *
 * Factor by factor: first [[1, 0], [−Xᵀ, 1]] from the left and its adjoint from the right, which leaves A and makes C′ = C − T and
 * B′ = B − ½[XᵀM + (XᵀM)†] with T = A X̄ and M = C + C′; then [[P, 0], [0, Q]]; then [[1, −X], [0, 1]], which leaves B and makes D = C − Y and
 * A − ½[NX† + (NX†)†] with Y = XB and N = C + D. That is two thirds of the work of two products of 4 × 4 matrices.
 *
 * @param factors P, X and Q.
 * @param h H, a block from `at`.
 * @param at Where it starts.
 * @param result Receives g H g†, a block from `to`; may be H itself.
 * @param to Where that starts.
 */
export function sandwich(factors: Float64Array, h: Float64Array, at: number, result: Float64Array, to: number): void {
  const f = factors;
  const p00 = f[0], p00i = f[1], negP = f[2], negPi = f[3], p11 = f[4], p11i = f[5];
  const x00 = f[6], x00i = f[7], x01 = f[8], x01i = f[9], x10 = f[10], x10i = f[11], x11 = f[12], x11i = f[13];
  const q00 = f[14], q00i = f[15], negQ = f[16], negQi = f[17], q11 = f[18], q11i = f[19];
  const a00 = h[at], a11 = h[at + 1], a01 = h[at + 2], a01i = h[at + 3];

  // C′ = C − T and M = C + C′; of the second row −Im T is what comes out (o10i, o11i)
  const t00 = a00 * x00 + (a01 * x10 + a01i * x10i), t00i = a01i * x10 - a01 * x10i - a00 * x00i;
  const t01 = a00 * x01 + (a01 * x11 + a01i * x11i), t01i = a01i * x11 - a01 * x11i - a00 * x01i;
  const t10 = a11 * x10 + (a01 * x00 - a01i * x00i), o10i = a11 * x10i + (a01 * x00i + a01i * x00);
  const t11 = a11 * x11 + (a01 * x01 - a01i * x01i), o11i = a11 * x11i + (a01 * x01i + a01i * x01);
  const c00 = h[at + 4] - t00, c00i = h[at + 5] - t00i, c01 = h[at + 6] - t01, c01i = h[at + 7] - t01i;
  const c10 = h[at + 8] - t10, c10i = h[at + 9] + o10i, c11 = h[at + 10] - t11, c11i = h[at + 11] + o11i;
  const m00 = h[at + 4] + c00, m00i = h[at + 5] + c00i, m01 = h[at + 6] + c01, m01i = h[at + 7] + c01i;
  const m10 = h[at + 8] + c10, m10i = h[at + 9] + c10i, m11 = h[at + 10] + c11, m11i = h[at + 11] + c11i;

  // B′ = B − ½[XᵀM + (XᵀM)†]
  const b00 = h[at + 12] - (x00 * m00 - x00i * m00i + (x10 * m10 - x10i * m10i));
  const b11 = h[at + 13] - (x01 * m01 - x01i * m01i + (x11 * m11 - x11i * m11i));
  const b01 = h[at + 14] - (x00 * m01 - x00i * m01i + (x10 * m11 - x10i * m11i) +
        (x01 * m00 - x01i * m00i + (x11 * m10 - x11i * m10i))) / 2;
  const b01i = h[at + 15] - (x00 * m01i + x00i * m01 + (x10 * m11i + x10i * m11) -
        (x01 * m00i + x01i * m00 + (x11 * m10i + x11i * m10))) / 2;

  // W = Q B′ Q†
  const k00 = b00 * q00 - (b01 * negQ + b01i * negQi), k00i = b00 * q00i + (b01i * negQ - b01 * negQi);
  const k01 = b01 * q00 - b01i * q00i - b11 * negQ, k01i = b01 * q00i + b01i * q00 - b11 * negQi;
  const k10 = b01 * q11 + b01i * q11i - b00 * negQ, k10i = b01 * q11i - b01i * q11 - b00 * negQi;
  const k11 = b11 * q11 - (b01 * negQ - b01i * negQi), k11i = b11 * q11i - (b01 * negQi + b01i * negQ);
  const w00 = k00 * q00 + k00i * q00i - (k01 * negQ + k01i * negQi);
  const w11 = k11 * q11 + k11i * q11i - (k10 * negQ + k10i * negQi);
  const w01 = k01 * q11 + k01i * q11i - (k00 * negQ + k00i * negQi);
  const w01i = k01i * q11 - k01 * q11i - (k00i * negQ - k00 * negQi);

  // E = P A P†
  const j00 = a00 * p00 - (a01 * negP + a01i * negPi), j00i = a00 * p00i + (a01i * negP - a01 * negPi);
  const j01 = a01 * p00 - a01i * p00i - a11 * negP, j01i = a01 * p00i + a01i * p00 - a11 * negPi;
  const j10 = a01 * p11 + a01i * p11i - a00 * negP, j10i = a01 * p11i - a01i * p11 - a00 * negPi;
  const j11 = a11 * p11 - (a01 * negP - a01i * negPi), j11i = a11 * p11i - (a01 * negPi + a01i * negP);
  const e00 = j00 * p00 + j00i * p00i - (j01 * negP + j01i * negPi);
  const e11 = j11 * p11 + j11i * p11i - (j10 * negP + j10i * negPi);
  const e01 = j01 * p11 + j01i * p11i - (j00 * negP + j00i * negPi);
  const e01i = j01i * p11 - j01 * p11i - (j00i * negP - j00 * negPi);

  // Z = P C′ Q†
  const s00 = p00 * c00 - p00i * c00i - (negP * c10 - negPi * c10i);
  const s00i = p00 * c00i + p00i * c00 - (negP * c10i + negPi * c10);
  const s01 = p00 * c01 - p00i * c01i - (negP * c11 - negPi * c11i);
  const s01i = p00 * c01i + p00i * c01 - (negP * c11i + negPi * c11);
  const s10 = p11 * c10 - p11i * c10i - (negP * c00 - negPi * c00i);
  const s10i = p11 * c10i + p11i * c10 - (negP * c00i + negPi * c00);
  const s11 = p11 * c11 - p11i * c11i - (negP * c01 - negPi * c01i);
  const s11i = p11 * c11i + p11i * c11 - (negP * c01i + negPi * c01);
  const z00 = s00 * q00 + s00i * q00i - (s01 * negQ + s01i * negQi);
  const z00i = s00i * q00 - s00 * q00i - (s01i * negQ - s01 * negQi);
  const z01 = s01 * q11 + s01i * q11i - (s00 * negQ + s00i * negQi);
  const z01i = s01i * q11 - s01 * q11i - (s00i * negQ - s00 * negQi);
  const z10 = s10 * q00 + s10i * q00i - (s11 * negQ + s11i * negQi);
  const z10i = s10i * q00 - s10 * q00i - (s11i * negQ - s11 * negQi);
  const z11 = s11 * q11 + s11i * q11i - (s10 * negQ + s10i * negQi);
  const z11i = s11i * q11 - s11 * q11i - (s10i * negQ - s10 * negQi);

  // Y = XW, D = Z − Y, N = Z + D
  const y00 = w00 * x00 + (w01 * x01 + w01i * x01i), y00i = w00 * x00i + (w01 * x01i - w01i * x01);
  const y01 = w11 * x01 + (w01 * x00 - w01i * x00i), y01i = w11 * x01i + (w01 * x00i + w01i * x00);
  const y10 = w00 * x10 + (w01 * x11 + w01i * x11i), y10i = w00 * x10i + (w01 * x11i - w01i * x11);
  const y11 = w11 * x11 + (w01 * x10 - w01i * x10i), y11i = w11 * x11i + (w01 * x10i + w01i * x10);
  const d00 = z00 - y00, d00i = z00i - y00i, d01 = z01 - y01, d01i = z01i - y01i;
  const d10 = z10 - y10, d10i = z10i - y10i, d11 = z11 - y11, d11i = z11i - y11i;
  const n00 = z00 + d00, n00i = z00i + d00i, n01 = z01 + d01, n01i = z01i + d01i;
  const n10 = z10 + d10, n10i = z10i + d10i, n11 = z11 + d11, n11i = z11i + d11i;

  // A″ = E − ½[NX† + (NX†)†]
  result[to] = e00 - (n00 * x00 + n00i * x00i + (n01 * x01 + n01i * x01i));
  result[to + 1] = e11 - (n10 * x10 + n10i * x10i + (n11 * x11 + n11i * x11i));
  result[to + 2] = e01 - (n00 * x10 + n00i * x10i + (n01 * x11 + n01i * x11i) +
        (n10 * x00 + n10i * x00i + (n11 * x01 + n11i * x01i))) / 2;
  result[to + 3] = e01i - (n00i * x10 - n00 * x10i + (n01i * x11 - n01 * x11i) -
        (n10i * x00 - n10 * x00i + (n11i * x01 - n11 * x01i))) / 2;
  result[to + 4] = d00;
  result[to + 5] = d00i;
  result[to + 6] = d01;
  result[to + 7] = d01i;
  result[to + 8] = d10;
  result[to + 9] = d10i;
  result[to + 10] = d11;
  result[to + 11] = d11i;
  result[to + 12] = w00;
  result[to + 13] = w11;
  result[to + 14] = w01;
  result[to + 15] = w01i;
}

/**
 * Adds to a block what a neighbouring site, eliminated, feeds in: target += TᵀhT with the bond T of `subtractNeighbour`.
 *
 * @param target The block, from its start.
 * @param h What the neighbour has, a block from `from`.
 * @param from Where that starts.
 * @param a The bond's entries at u of chain 0 and at v of chain 1.
 * @param b The bond's entries at u of chain 1 and at v of chain 0.
 */
export function addNeighbour(target: Float64Array, h: Float64Array, from: number, a: number, b: number): void {
  const aa = a * a, ab = a * b, bb = b * b;
  target[0] += aa * h[from + 12]; // a00 ← b00
  target[1] += bb * h[from + 13]; // a11 ← b11
  target[2] += ab * h[from + 14]; // a01 ← b01
  target[3] += ab * h[from + 15];
  target[4] += ab * h[from + 4]; // c00 ← c̄00
  target[5] -= ab * h[from + 5];
  target[6] += aa * h[from + 8]; // c01 ← c̄10
  target[7] -= aa * h[from + 9];
  target[8] += bb * h[from + 6]; // c10 ← c̄01
  target[9] -= bb * h[from + 7];
  target[10] += ab * h[from + 10]; // c11 ← c̄11
  target[11] -= ab * h[from + 11];
  target[12] += bb * h[from]; // b00 ← a00
  target[13] += aa * h[from + 1]; // b11 ← a11
  target[14] += ab * h[from + 2]; // b01 ← a01
  target[15] += ab * h[from + 3];
}
