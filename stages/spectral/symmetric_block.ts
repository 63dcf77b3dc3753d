/**
 * The site block of the recursive Green function: complex symmetric 4 × 4 matrices cut into halves of two, because the slab is real symmetric in the
 * basis of S = τ_z σ_y and a self-energy makes it complex but leaves it symmetric. Ten entries are then all there is.
 *
 * A block is [[U, C], [Cᵀ, V]] with U = Uᵀ on the two chains of S = −1 and V = Vᵀ on those of S = +1.
 *
 * @module
 */

/** Numbers that a block takes: the entries u00, u01, u11, c00, c01, c10, c11, v00, v01, v11, each as real part, imaginary part. */
export const BLOCK_STRIDE = 20;

/** Numbers that the factors of a block take: p00, −p01, p11, x00, x01, x10, x11, q00, −q01, q11, each as real part, imaginary part. */
export const FACTORS_STRIDE = 20;

/**
 * Factors the inverse of a block by way of its Schur complement: with P = U⁻¹, X = PC and Q = (V − CᵀX)⁻¹ it is
 *
 *     [[1, −X], [0, 1]] · [[P, 0], [0, Q]] · [[1, 0], [−Xᵀ, 1]].
 *
 * U is the pivot: rounding grows as 1/|det U|. In what follows a trailing `i` marks an imaginary part. Complex products are added as wholes, in the order of the
 * compiled twin (`stages/kernel/assembly/block.ts`): both give the same bits.
 *
 * @param block Holds the block, from `at`.
 * @param at Where it starts.
 * @param factors Receives P, X and Q, from its start.
 */
export function factorBlock(block: Float64Array, at: number, factors: Float64Array): void {
  const u00 = block[at], u00i = block[at + 1], u01 = block[at + 2], u01i = block[at + 3];
  const u11 = block[at + 4], u11i = block[at + 5];
  const c00 = block[at + 6], c00i = block[at + 7], c01 = block[at + 8], c01i = block[at + 9];
  const c10 = block[at + 10], c10i = block[at + 11], c11 = block[at + 12], c11i = block[at + 13];

  const det = u00 * u11 - u00i * u11i - (u01 * u01 - u01i * u01i);
  const deti = u00 * u11i + u00i * u11 - (u01 * u01i + u01i * u01);
  const size = 1 / (det * det + deti * deti), d = det * size, di = deti * size;
  const p00 = u11 * d + u11i * di, p00i = u11i * d - u11 * di;
  const n01 = u01 * d + u01i * di, n01i = u01i * d - u01 * di; // −p01
  const p11 = u00 * d + u00i * di, p11i = u00i * d - u00 * di;

  const x00 = p00 * c00 - p00i * c00i - (n01 * c10 - n01i * c10i);
  const x00i = p00 * c00i + p00i * c00 - (n01 * c10i + n01i * c10);
  const x01 = p00 * c01 - p00i * c01i - (n01 * c11 - n01i * c11i);
  const x01i = p00 * c01i + p00i * c01 - (n01 * c11i + n01i * c11);
  const x10 = p11 * c10 - p11i * c10i - (n01 * c00 - n01i * c00i);
  const x10i = p11 * c10i + p11i * c10 - (n01 * c00i + n01i * c00);
  const x11 = p11 * c11 - p11i * c11i - (n01 * c01 - n01i * c01i);
  const x11i = p11 * c11i + p11i * c11 - (n01 * c01i + n01i * c01);

  // Y = V − CᵀX, of which Q is the inverse.
  const y00 = block[at + 14] - (c00 * x00 - c00i * x00i) - (c10 * x10 - c10i * x10i);
  const y00i = block[at + 15] - (c00 * x00i + c00i * x00) - (c10 * x10i + c10i * x10);
  const y01 = block[at + 16] - (c00 * x01 - c00i * x01i) - (c10 * x11 - c10i * x11i);
  const y01i = block[at + 17] - (c00 * x01i + c00i * x01) - (c10 * x11i + c10i * x11);
  const y11 = block[at + 18] - (c01 * x01 - c01i * x01i) - (c11 * x11 - c11i * x11i);
  const y11i = block[at + 19] - (c01 * x01i + c01i * x01) - (c11 * x11i + c11i * x11);

  const minor = y00 * y11 - y00i * y11i - (y01 * y01 - y01i * y01i);
  const minori = y00 * y11i + y00i * y11 - (y01 * y01i + y01i * y01);
  const share = 1 / (minor * minor + minori * minori), e = minor * share, ei = minori * share;

  factors[0] = p00;
  factors[1] = p00i;
  factors[2] = n01;
  factors[3] = n01i;
  factors[4] = p11;
  factors[5] = p11i;
  factors[6] = x00;
  factors[7] = x00i;
  factors[8] = x01;
  factors[9] = x01i;
  factors[10] = x10;
  factors[11] = x10i;
  factors[12] = x11;
  factors[13] = x11i;
  factors[14] = y11 * e + y11i * ei;
  factors[15] = y11i * e - y11 * ei;
  factors[16] = y01 * e + y01i * ei; // −q01
  factors[17] = y01i * e - y01 * ei;
  factors[18] = y00 * e + y00i * ei;
  factors[19] = y00i * e - y00 * ei;
}

/**
 * Multiplies the factors of an inverse out: with R = XQ it is [[P + RXᵀ, −R], [−Rᵀ, Q]].
 *
 * @param factors P, X and Q, as `factorBlock` leaves them.
 * @param inverse Receives the inverse, a block from `to`.
 * @param to Where that starts.
 */
export function multiplyFactors(factors: Float64Array, inverse: Float64Array, to: number): void {
  const x00 = factors[6], x00i = factors[7], x01 = factors[8], x01i = factors[9];
  const x10 = factors[10], x10i = factors[11], x11 = factors[12], x11i = factors[13];
  const q00 = factors[14], q00i = factors[15], n01 = factors[16], n01i = factors[17];
  const q11 = factors[18], q11i = factors[19];

  // −R
  const r00 = n01 * x01 - n01i * x01i - (q00 * x00 - q00i * x00i);
  const r00i = n01 * x01i + n01i * x01 - (q00 * x00i + q00i * x00);
  const r01 = n01 * x00 - n01i * x00i - (q11 * x01 - q11i * x01i);
  const r01i = n01 * x00i + n01i * x00 - (q11 * x01i + q11i * x01);
  const r10 = n01 * x11 - n01i * x11i - (q00 * x10 - q00i * x10i);
  const r10i = n01 * x11i + n01i * x11 - (q00 * x10i + q00i * x10);
  const r11 = n01 * x10 - n01i * x10i - (q11 * x11 - q11i * x11i);
  const r11i = n01 * x10i + n01i * x10 - (q11 * x11i + q11i * x11);

  inverse[to] = factors[0] - (r00 * x00 - r00i * x00i) - (r01 * x01 - r01i * x01i);
  inverse[to + 1] = factors[1] - (r00 * x00i + r00i * x00) - (r01 * x01i + r01i * x01);
  inverse[to + 2] = -(factors[2] + (r00 * x10 - r00i * x10i) + (r01 * x11 - r01i * x11i));
  inverse[to + 3] = -(factors[3] + (r00 * x10i + r00i * x10) + (r01 * x11i + r01i * x11));
  inverse[to + 4] = factors[4] - (r10 * x10 - r10i * x10i) - (r11 * x11 - r11i * x11i);
  inverse[to + 5] = factors[5] - (r10 * x10i + r10i * x10) - (r11 * x11i + r11i * x11);
  inverse[to + 6] = r00;
  inverse[to + 7] = r00i;
  inverse[to + 8] = r01;
  inverse[to + 9] = r01i;
  inverse[to + 10] = r10;
  inverse[to + 11] = r10i;
  inverse[to + 12] = r11;
  inverse[to + 13] = r11i;
  inverse[to + 14] = q00;
  inverse[to + 15] = q00i;
  inverse[to + 16] = -n01;
  inverse[to + 17] = -n01i;
  inverse[to + 18] = q11;
  inverse[to + 19] = q11i;
}

/**
 * Inverts a block.
 *
 * @param block Holds the block, from `at`.
 * @param at Where it starts.
 * @param inverse Receives the inverse, from `to`; may be `block` itself.
 * @param to Where that starts.
 * @param factors Memory for what is in between.
 */
export function invertBlock(
  block: Float64Array,
  at: number,
  inverse: Float64Array,
  to: number,
  factors: Float64Array,
): void {
  factorBlock(block, at, factors);
  multiplyFactors(factors, inverse, to);
}

/**
 * Subtracts from a block what a neighbouring site, eliminated, leaves of itself: target −= TᵀgT, where the bond T has four entries, from u to v and from
 * v to u of the same chain.
 *
 * @param target The block, from `at`.
 * @param at Where it starts.
 * @param g The neighbour's Green function, a block from `from`.
 * @param from Where that starts.
 * @param a The bond's entries at u of chain 0 and at v of chain 1.
 * @param b The bond's entries at u of chain 1 and at v of chain 0.
 */
export function subtractNeighbour(
  target: Float64Array,
  at: number,
  g: Float64Array,
  from: number,
  a: number,
  b: number,
): void {
  const aa = a * a, ab = a * b, bb = b * b;
  target[at] -= aa * g[from + 14]; // u00 ← v00
  target[at + 1] -= aa * g[from + 15];
  target[at + 2] -= ab * g[from + 16]; // u01 ← v01
  target[at + 3] -= ab * g[from + 17];
  target[at + 4] -= bb * g[from + 18]; // u11 ← v11
  target[at + 5] -= bb * g[from + 19];
  target[at + 6] -= ab * g[from + 6]; // c00 ← c00
  target[at + 7] -= ab * g[from + 7];
  target[at + 8] -= aa * g[from + 10]; // c01 ← c10
  target[at + 9] -= aa * g[from + 11];
  target[at + 10] -= bb * g[from + 8]; // c10 ← c01
  target[at + 11] -= bb * g[from + 9];
  target[at + 12] -= ab * g[from + 12]; // c11 ← c11
  target[at + 13] -= ab * g[from + 13];
  target[at + 14] -= bb * g[from]; // v00 ← u00
  target[at + 15] -= bb * g[from + 1];
  target[at + 16] -= ab * g[from + 2]; // v01 ← u01
  target[at + 17] -= ab * g[from + 3];
  target[at + 18] -= aa * g[from + 4]; // v11 ← u11
  target[at + 19] -= aa * g[from + 5];
}
