/**
 * G^R = 1/(ω + iη − H(q) − Σ^R) of the slab by recursion over its sites, for any self-energy that is diagonal in site and orbital: O(L) for a momentum and
 * frequency where a dense inverse takes O(L³), and no diagonalization, whose eigenvectors a site-dependent Σ^R would not leave alone.
 *
 * In the basis of S = τ_z σ_y the slab is [[v sin q_y, B], [Bᵀ, −v sin q_y]] with the real block B of `stages/diagonalize/chiral_block.ts`. Where A⁵ and v sin q_z
 * stand in B, there stand σ_z and −τ_z σ_z, and their product is τ_z; ordered (u₀, u₁, v₀, v₁),
 *
 *     σ_z = [[0, −Z], [−Z, 0]],   τ_z σ_z = [[0, −J], [−Jᵀ, 0]],   τ_z = [[−X, 0], [0, X]],
 *     Z = diag(1, −1),   J = [[0, 1], [−1, 0]],   X = [[0, 1], [1, 0]],
 *
 * all symmetric, so that ω + iη − H − Σ^R is complex symmetric and each site's block has ten entries.
 *
 * @module
 */
import { massTerm, type Momentum, type Slab } from "../hamiltonian/slab.ts";
import { emptyDiagonal, type Frequency, type OrbitalDiagonal, ORBITALS, type Recursion } from "./recursion.ts";
import { BLOCK_STRIDE, invertBlock, subtractNeighbour } from "./symmetric_block.ts";

/** The recursion in TypeScript, which every machine runs: one momentum after the other. */
export class PlainRecursion implements Recursion {
  readonly dressing: Float64Array;
  readonly #slab: Slab;
  readonly #diagonals: readonly [OrbitalDiagonal, OrbitalDiagonal];
  /** g^L, the Green functions of the sites 0 … l at their last one, shape `[site][20]`. */
  readonly #left: Float64Array;
  /** g^R of the sites l … L − 1 at their first one, and the block at work. */
  readonly #right = new Float64Array(BLOCK_STRIDE);
  /** What the sites share: ω, η, M(q), and v sin q_y and v sin q_z up to the sign of the turn; an array, since fields that change box their numbers. */
  readonly #bare = new Float64Array(5);
  readonly #block = new Float64Array(BLOCK_STRIDE);

  /**
   * Memory for a slab.
   *
   * @param slab The slab.
   */
  constructor(slab: Slab) {
    this.#slab = slab;
    this.dressing = new Float64Array(2 * ORBITALS * slab.sites);
    this.#diagonals = [emptyDiagonal(slab.sites), emptyDiagonal(slab.sites)];
    this.#left = new Float64Array(BLOCK_STRIDE * slab.sites);
  }

  /** See {@linkcode Recursion.solve}. */
  solve(first: Momentum, second: Momentum, frequency: Frequency): void {
    this.#solve(first, frequency, this.#diagonals[0]);
    if (second !== first) this.#solve(second, frequency, this.#diagonals[1]);
  }

  /** See {@linkcode Recursion.read}. */
  read(lane: 0 | 1, diagonal: OrbitalDiagonal): void {
    diagonal.re.set(this.#diagonals[lane].re);
    diagonal.im.set(this.#diagonals[lane].im);
  }

  /** See {@linkcode Recursion.imaginaryTrace}. */
  imaginaryTrace(lane: 0 | 1): number {
    let sum = 0;
    for (const value of this.#diagonals[lane].im) sum += value;
    return sum;
  }

  /** A site at the end of a row of eliminated ones has g_l = 1/(ω + iη − h_l − Σ_l − Tᵀ g_{l−1} T); with both rows eliminated what stands there is G_ll. */
  #solve(momentum: Momentum, frequency: Frequency, diagonal: OrbitalDiagonal): void {
    const { sites, velocity, hopping } = this.#slab;
    const drift = velocity * Math.sin(momentum.qy), coupling = velocity * Math.sin(momentum.qz);
    // The sector in which a chiral state would be at ω is made the pivot, since then its pole is divided by at each site; in the other order it appears
    // at the end as a difference of large numbers, and with it a hundred times the rounding. To exchange the sectors is to transpose B and to reverse
    // q_y, τ_z and τ_z σ_z.
    const turn = frequency.omega * drift < 0 ? -1 : 1;
    const forward = -hopping + turn * velocity / 2, backward = -hopping - turn * velocity / 2;
    const bare = this.#bare;
    bare[0] = frequency.omega;
    bare[1] = frequency.broadening;
    bare[2] = massTerm(this.#slab, momentum);
    bare[3] = turn * drift;
    bare[4] = turn * coupling;
    const left = this.#left, right = this.#right, block = this.#block;

    for (let l = 0, at = 0; l + 1 < sites; l++, at += BLOCK_STRIDE) {
      this.#siteBlock(l, turn);
      if (l > 0) subtractNeighbour(block, 0, left, at - BLOCK_STRIDE, backward, forward);
      invertBlock(block, 0, left, at);
    }
    for (let l = sites - 1, at = (sites - 2) * BLOCK_STRIDE; l >= 0; l--, at -= BLOCK_STRIDE) {
      this.#siteBlock(l, turn);
      if (l + 1 < sites) subtractNeighbour(block, 0, right, 0, forward, backward);
      if (l > 0) {
        invertBlock(block, 0, right, 0);
        subtractNeighbour(block, 0, left, at, backward, forward);
      }
      invertBlock(block, 0, block, 0);
      this.#record(l, turn, diagonal);
    }
  }

  /** Fills the block at work with ω + iη − h_l − Σ_l. */
  #siteBlock(l: number, turn: number): void {
    const block = this.#block, s = this.dressing, at = 2 * ORBITALS * l;
    const bare = this.#bare, mass = bare[2], drift = bare[3], coupling = bare[4];
    const field = this.#slab.chiralGaugeField[l];
    const re = bare[0] - s[at], im = bare[1] - s[at + 1];
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

  /** Turns the block at work, G_ll, back to orbitals: G_{τσ} = ¼ Tr (1 ± τ_z)(1 ± σ_z) G_ll. */
  #record(l: number, turn: number, { re, im }: OrbitalDiagonal): void {
    this.#recordPart(re, ORBITALS * l, 0, turn);
    this.#recordPart(im, ORBITALS * l, 1, turn);
  }

  #recordPart(values: Float64Array, at: number, part: number, turn: number): void {
    const g = this.#block;
    const one = (g[part] + g[4 + part] + (g[14 + part] + g[18 + part])) / 4;
    const tau = turn * (g[16 + part] - g[2 + part]) / 2;
    const spin = (g[12 + part] - g[6 + part]) / 2;
    const both = turn * (g[10 + part] - g[8 + part]) / 2;
    values[at] = one + tau + (spin + both);
    values[at + 1] = one + tau - (spin + both);
    values[at + 2] = one - tau + (spin - both);
    values[at + 3] = one - tau - (spin - both);
  }
}
