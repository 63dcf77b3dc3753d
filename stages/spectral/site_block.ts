/**
 * What stands on a site of the slab in the basis of S = τ_z σ_y, where ω + iη − H − Σ^R is complex symmetric and H real.
 *
 * There the slab is [[v sin q_y, B], [Bᵀ, −v sin q_y]] with the real block B of `stages/diagonalize/chiral_block.ts`. Where A⁵ and v sin q_z stand in B, there stand
 * σ_z and −τ_z σ_z, and their product is τ_z; ordered (u₀, u₁, v₀, v₁),
 *
 *     σ_z = [[0, −Z], [−Z, 0]],   τ_z σ_z = [[0, −J], [−Jᵀ, 0]],   τ_z = [[−X, 0], [0, X]],
 *     Z = diag(1, −1),   J = [[0, 1], [−1, 0]],   X = [[0, 1], [1, 0]].
 *
 * In units of ½ the orbitals (L↑, L↓, R↑, R↓) are u₀ = (−1, 1, 1, 1), u₁ = (1, −1, 1, 1), v₀ = (1, 1, −1, 1) and v₁ = (1, 1, 1, −1), with L↓ and R↓ times i.
 *
 * @module
 */
import { massTerm, type Momentum, type Slab } from "../hamiltonian/slab.ts";
import { type Frequency, type OrbitalDiagonal, ORBITALS } from "./recursion.ts";

/** What all sites share, in an array, since fields that change box their numbers: the names of its elements are below. */
export type SharedNumbers = Float64Array;

/** Where the shared numbers are: ω, η, M(q), v sin q_y and v sin q_z in the turned basis, the turn, and the bond's entries from u to v and from v to u. */
export const OMEGA = 0, BROADENING = 1, MASS = 2, DRIFT = 3, COUPLING = 4, TURN = 5, FORWARD = 6, BACKWARD = 7;

/** How many shared numbers there are. */
export const SHARED_NUMBERS = 8;

/**
 * Works out what all sites share.
 *
 * The sector in which a chiral state would be at ω is made the pivot (u), since then its pole is divided by at each site; in the other order it appears at the end as
 * a difference of large numbers, and with it a hundred times the rounding. To exchange the sectors (turn −1) is to transpose B and to reverse q_y, τ_z and τ_z σ_z.
 *
 * @param slab The slab.
 * @param momentum q.
 * @param frequency ω and η.
 * @param shared Receives the numbers.
 */
export function shareNumbers(slab: Slab, momentum: Momentum, frequency: Frequency, shared: SharedNumbers): void {
  const drift = slab.velocity * Math.sin(momentum.qy), coupling = slab.velocity * Math.sin(momentum.qz);
  const turn = frequency.omega * drift < 0 ? -1 : 1;
  shared[OMEGA] = frequency.omega;
  shared[BROADENING] = frequency.broadening;
  shared[MASS] = massTerm(slab, momentum);
  shared[DRIFT] = turn * drift;
  shared[COUPLING] = turn * coupling;
  shared[TURN] = turn;
  shared[FORWARD] = -slab.hopping + turn * slab.velocity / 2;
  shared[BACKWARD] = -slab.hopping - turn * slab.velocity / 2;
}

/**
 * Fills a block with ω + iη − h_l − Σ_l.
 *
 * @param shared What all sites share.
 * @param field A⁵(l).
 * @param dressing Σ^R in its four parts, shape `[site][8]`.
 * @param l The site.
 * @param block Receives the block, from its start.
 */
export function fillSiteBlock(
  shared: SharedNumbers,
  field: number,
  dressing: Float64Array,
  l: number,
  block: Float64Array,
): void {
  const s = dressing, at = 2 * ORBITALS * l;
  const mass = shared[MASS], drift = shared[DRIFT], coupling = shared[COUPLING], turn = shared[TURN];
  const re = shared[OMEGA] - s[at], im = shared[BROADENING] - s[at + 1];
  const tau = turn * s[at + 2], taui = turn * s[at + 3];
  const spin = s[at + 4], spini = s[at + 5];
  const both = turn * s[at + 6], bothi = turn * s[at + 7];
  block[0] = block[4] = re - drift; // u00, u11
  block[1] = block[5] = im;
  block[2] = tau; // u01
  block[3] = taui;
  block[6] = field - mass + spin; // c00
  block[7] = spini;
  block[8] = both - coupling; // c01
  block[9] = bothi;
  block[10] = coupling - both; // c10
  block[11] = -bothi;
  block[12] = -field - mass - spin; // c11
  block[13] = -spini;
  block[14] = block[18] = re + drift; // v00, v11
  block[15] = block[19] = im;
  block[16] = -tau; // v01
  block[17] = -taui;
}

/**
 * Turns a site's block back to orbitals: G_{τσ} = ¼ Tr (1 ± τ_z)(1 ± σ_z) G_ll.
 *
 * @param block G_ll, a block from its start.
 * @param turn Whether the sectors were exchanged: −1, else 1.
 * @param l The site.
 * @param diagonal Receives the site's share.
 */
export function recordDiagonal(block: Float64Array, turn: number, l: number, diagonal: OrbitalDiagonal): void {
  recordPart(block, 0, turn, diagonal.re, ORBITALS * l);
  recordPart(block, 1, turn, diagonal.im, ORBITALS * l);
}

function recordPart(g: Float64Array, part: number, turn: number, values: Float64Array, at: number): void {
  const one = (g[part] + g[4 + part] + (g[14 + part] + g[18 + part])) / 4;
  const tau = turn * (g[16 + part] - g[2 + part]) / 2;
  const spin = (g[12 + part] - g[6 + part]) / 2;
  const both = turn * (g[10 + part] - g[8 + part]) / 2;
  spread(one, tau, spin, both, values, at);
}

/**
 * The diagonal of one + tau τ_z + spin σ_z + both τ_z σ_z.
 *
 * @param one What stands before 1.
 * @param tau What stands before τ_z.
 * @param spin What stands before σ_z.
 * @param both What stands before τ_z σ_z.
 * @param values Receives the four orbitals, from `at`.
 * @param at Where they start.
 */
export function spread(
  one: number,
  tau: number,
  spin: number,
  both: number,
  values: Float64Array,
  at: number,
): void {
  values[at] = one + tau + (spin + both);
  values[at + 1] = one + tau - (spin + both);
  values[at + 2] = one - tau + (spin - both);
  values[at + 3] = one - tau - (spin - both);
}
