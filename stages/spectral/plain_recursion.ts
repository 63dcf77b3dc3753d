/**
 * G^R = 1/(ω + iη − H(q) − Σ^R) of the slab by recursion over its sites, for any self-energy that is diagonal in site and orbital: O(L) for a momentum and
 * frequency where a dense inverse takes O(L³), and no diagonalization, whose eigenvectors a site-dependent Σ^R would not leave alone.
 * It runs in the basis of `site_block.ts`, where all blocks are complex symmetric.
 *
 * @module
 */
import type { Momentum, Slab } from "../hamiltonian/slab.ts";
import { emptyDiagonal, type Frequency, type OrbitalDiagonal, ORBITALS, type Recursion } from "./recursion.ts";
import { BACKWARD, fillSiteBlock, FORWARD, recordDiagonal, SHARED_NUMBERS, shareNumbers, TURN } from "./site_block.ts";
import { BLOCK_STRIDE, FACTORS_STRIDE, invertBlock, subtractNeighbour } from "./symmetric_block.ts";

/** The recursion in TypeScript, which every machine runs: one momentum after the other. */
export class PlainRecursion implements Recursion {
  readonly dressing: Float64Array;
  readonly #slab: Slab;
  readonly #diagonals: readonly [OrbitalDiagonal, OrbitalDiagonal];
  readonly #traces = new Float64Array(2);
  /** g^L, the Green functions of the sites 0 … l at their last one, shape `[site][20]`. */
  readonly #left: Float64Array;
  /** g^R of the sites l … L − 1 at their first one, and the block at work. */
  readonly #right = new Float64Array(BLOCK_STRIDE);
  readonly #block = new Float64Array(BLOCK_STRIDE);
  readonly #siteTraces: Float64Array;
  readonly #factors = new Float64Array(FACTORS_STRIDE);
  readonly #shared = new Float64Array(SHARED_NUMBERS);

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
    this.#siteTraces = new Float64Array(slab.sites);
  }

  /** See {@linkcode Recursion.solve}. */
  solve(first: Momentum, second: Momentum, frequency: Frequency): void {
    this.#traces[0] = this.#solve(first, frequency, this.#diagonals[0]);
    if (second !== first) this.#traces[1] = this.#solve(second, frequency, this.#diagonals[1]);
  }

  /** See {@linkcode Recursion.read}. */
  read(lane: 0 | 1, diagonal: OrbitalDiagonal): void {
    diagonal.re.set(this.#diagonals[lane].re);
    diagonal.im.set(this.#diagonals[lane].im);
  }

  /** See {@linkcode Recursion.imaginaryTrace}. */
  imaginaryTrace(lane: 0 | 1): number {
    return this.#traces[lane];
  }

  /** A site at the end of a row of eliminated ones has g_l = 1/(ω + iη − h_l − Σ_l − Tᵀ g_{l−1} T); with both rows eliminated what stands there is G_ll. */
  #solve(momentum: Momentum, frequency: Frequency, diagonal: OrbitalDiagonal): number {
    const { sites } = this.#slab, shared = this.#shared, last = sites - 1, half = last - (sites >> 1);
    shareNumbers(this.#slab, momentum, frequency, shared);
    const turn = shared[TURN], left = this.#left, right = this.#right, block = this.#block, factors = this.#factors;

    for (let l = 0, at = 0; l < last; l++, at += BLOCK_STRIDE) {
      this.#siteBlock(l);
      this.#subtractLeft(l);
      invertBlock(block, 0, left, at, factors);
    }
    for (let l = last; l >= 0; l--) {
      this.#siteBlock(l);
      // The nearer surface's row first, as the compiled recursion has it, which comes from both at once.
      if (l > half) this.#subtractLeft(l);
      this.#subtractRight(l);
      if (l <= half) this.#subtractLeft(l);
      invertBlock(block, 0, block, 0, factors);
      recordDiagonal(block, turn, l, diagonal);
      this.#siteTraces[l] = block[1] + block[5] + (block[15] + block[19]);
      if (l === 0) break;
      this.#siteBlock(l);
      this.#subtractRight(l);
      invertBlock(block, 0, right, 0, factors);
    }
    let trace = 0;
    for (let l = 0; l < sites; l++) trace += this.#siteTraces[l];
    return trace;
  }

  #siteBlock(l: number): void {
    fillSiteBlock(this.#shared, this.#slab.chiralGaugeField[l], this.dressing, l, this.#block);
  }

  /** Subtracts from the block at work what the row before site l leaves of itself. */
  #subtractLeft(l: number): void {
    const shared = this.#shared, at = (l - 1) * BLOCK_STRIDE;
    if (l > 0) subtractNeighbour(this.#block, 0, this.#left, at, shared[BACKWARD], shared[FORWARD]);
  }

  /** Subtracts from the block at work what the row behind site l leaves of itself. */
  #subtractRight(l: number): void {
    const shared = this.#shared, isLast = l + 1 === this.#slab.sites;
    if (!isLast) subtractNeighbour(this.#block, 0, this.#right, 0, shared[FORWARD], shared[BACKWARD]);
  }
}
