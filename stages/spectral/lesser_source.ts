/**
 * What is put between G^R and G^A on a site: a filling, or the operators of which a current is the trace.
 *
 * In the basis of `site_block.ts` S is diag(−1, −1, 1, 1) and γ⁰ couples u₀ to v₀ and u₁ to v₁, so that J_y = j S + k γ⁰ with j = v cos q_y and k = −2λ sin q_y. With
 * W = ω + iη − Σ^R, for which HG^R = WG^R − 1, the response of the energy current is that of the local operator ½(J_y W + W†J_y), and −Re J_y G^R.
 *
 * @module
 */
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import { ORBITALS } from "./recursion.ts";
import { OMEGA, type SharedNumbers, TURN } from "./site_block.ts";

/** J_y at a momentum: j, with the sign of the turn, and k, in an array. */
export type CurrentNumbers = Float64Array;

/** How many there are. */
export const CURRENT_NUMBERS = 2;

/**
 * Works out J_y = −∂H/∂q_y.
 *
 * @param slab The slab.
 * @param momentum q.
 * @param turn −1 if the sectors are exchanged, which reverses S, else 1.
 * @param current Receives j and k.
 */
export function currentNumbers(
  { velocity, hopping }: Slab,
  { qy }: Momentum,
  turn: number,
  current: CurrentNumbers,
): void {
  current[0] = turn * (velocity * Math.cos(qy));
  current[1] = -2 * hopping * Math.sin(qy);
}

/**
 * Fills a block with −iΣ^<_l.
 *
 * @param filling −iΣ^< in its four parts, shape `[site][4]`.
 * @param turn −1 if the sectors are exchanged, else 1.
 * @param l The site.
 * @param block Receives the block, from its start.
 */
export function fillWithFilling(filling: Float64Array, turn: number, l: number, block: Float64Array): void {
  const at = ORBITALS * l, one = filling[at], tau = turn * filling[at + 1];
  const spin = filling[at + 2], both = turn * filling[at + 3];
  block.fill(0);
  block[0] =
    block[1] =
    block[12] =
    block[13] =
      one; // a00, a11, b00, b11
  block[2] = -tau; // a01
  block[4] = -spin; // c00
  block[6] = -both; // c01
  block[8] = both; // c10
  block[10] = spin; // c11
  block[14] = tau; // b01
}

/**
 * Fills a block with J_y.
 *
 * @param current j and k.
 * @param block Receives the block, from its start.
 */
export function fillWithCharge(current: CurrentNumbers, block: Float64Array): void {
  const j = current[0], k = current[1];
  block.fill(0);
  block[0] = block[1] = -j;
  block[12] = block[13] = j;
  block[4] = block[10] = k;
}

/**
 * Fills a block with the complex conjugate of ½(J_y W + W†J_y).
 *
 * The conjugate, since G^A = (G^R)* turns G^A M G^R into the conjugate of G^R M* G^A.
 *
 * @param current j and k.
 * @param shared What all sites share.
 * @param dressing Σ^R in its four parts, shape `[site][8]`.
 * @param l The site.
 * @param block Receives the block, from its start.
 */
export function fillWithEnergy(
  current: CurrentNumbers,
  shared: SharedNumbers,
  dressing: Float64Array,
  l: number,
  block: Float64Array,
): void {
  const s = dressing, at = 2 * ORBITALS * l, turn = shared[TURN], j = current[0], k = current[1];
  const one = shared[OMEGA] - s[at], tau = -(turn * s[at + 2]), spin = -s[at + 4];
  const taui = -(turn * s[at + 3]), spini = -s[at + 5], bothi = -(turn * s[at + 7]);
  // S and τ_z commute, as γ⁰ and σ_z do; what anticommutes with J_y leaves i times the product of the imaginary parts.
  block[0] = -(j * one) - k * spin; // a00
  block[1] = k * spin - j * one; // a11
  block[2] = j * tau; // a01
  block[3] = -(k * bothi);
  block[4] = k * one; // c00
  block[5] = -(j * spini);
  block[6] = 0; // c01
  block[7] = -(j * bothi) - k * taui;
  block[8] = 0; // c10
  block[9] = j * bothi - k * taui;
  block[10] = k * one; // c11
  block[11] = j * spini;
  block[12] = j * one - k * spin; // b00
  block[13] = j * one + k * spin; // b11
  block[14] = j * tau; // b01
  block[15] = k * bothi;
}
