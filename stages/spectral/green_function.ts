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
import { BLOCK_STRIDE, invertBlock, subtractNeighbour } from "./symmetric_block.ts";

/** Orbitals a site, in the order (τ, σ) = (L↑, L↓, R↑, R↓). */
export const ORBITALS = 4;

/** A complex number for each site and orbital, both arrays of shape `[site][orbital]`: a self-energy, or a Green function's diagonal. */
export interface OrbitalDiagonal {
  /** Real parts. */
  readonly re: Float64Array;
  /** Imaginary parts. */
  readonly im: Float64Array;
}

/** Where ω + iη − H is inverted. */
export interface Frequency {
  /** ω. */
  readonly omega: number;
  /** η > 0. */
  readonly broadening: number;
}

/** The retarded Green function of one slab; owns its memory, so that solving allocates nothing. */
export class GreenFunction {
  /** Diagonal of G^R at the momentum and frequency solved last, shape `[site][orbital]`: −1/π times its imaginary part is the local density of states. */
  readonly diagonal: OrbitalDiagonal;
  readonly #slab: Slab;
  /** Σ^R = Σ₀ + Σ_τ τ_z + Σ_σ σ_z + Σ_τσ τ_z σ_z; real and imaginary parts of the four, shape `[site][8]`. */
  readonly #dressing: Float64Array;
  /** g^L, the Green functions of the sites 0 … l at their last one, shape `[site][20]`. */
  readonly #left: Float64Array;
  /** g^R of the sites l … L − 1 at their first one, and the block at work. */
  readonly #right = new Float64Array(BLOCK_STRIDE);
  /** What the sites share: ω, η, M(q), and v sin q_y and v sin q_z up to the sign of the turn; an array, since fields that change box their numbers. */
  readonly #bare = new Float64Array(5);
  readonly #block = new Float64Array(BLOCK_STRIDE);

  /**
   * The Green function of a slab without self-energy, solved nowhere yet.
   *
   * @param slab The slab.
   */
  constructor(slab: Slab) {
    const states = ORBITALS * slab.sites;
    this.#slab = slab;
    this.diagonal = { re: new Float64Array(states), im: new Float64Array(states) };
    this.#dressing = new Float64Array(2 * states);
    this.#left = new Float64Array(BLOCK_STRIDE * slab.sites);
  }

  /**
   * Sets Σ^R for all that is solved from now on.
   *
   * @param selfEnergy Σ^R, shape `[site][orbital]`.
   * @throws {RangeError} If it has not one value for each site and orbital.
   */
  dress(selfEnergy: OrbitalDiagonal): void {
    const states = ORBITALS * this.#slab.sites;
    for (const [part, values] of [selfEnergy.re, selfEnergy.im].entries()) {
      if (values.length !== states) {
        throw new RangeError(`Cannot set the self-energy: it has ${values.length} values for ${states} orbitals`);
      }
      for (let i = 0; i < states; i += ORBITALS) {
        const lUp = values[i] / 4, lDown = values[i + 1] / 4, rUp = values[i + 2] / 4, rDown = values[i + 3] / 4;
        this.#dressing[2 * i + part] = lUp + lDown + rUp + rDown;
        this.#dressing[2 * i + 2 + part] = lUp + lDown - rUp - rDown;
        this.#dressing[2 * i + 4 + part] = lUp - lDown + rUp - rDown;
        this.#dressing[2 * i + 6 + part] = lUp - lDown - rUp + rDown;
      }
    }
  }

  /**
   * Solves for the diagonal of G^R.
   *
   * A site at the end of a row of eliminated ones has g_l = 1/(ω + iη − h_l − Σ_l − Tᵀ g_{l−1} T); with both rows eliminated what stands there is G_ll.
   *
   * @param momentum q.
   * @param frequency ω and η.
   */
  solve(momentum: Momentum, frequency: Frequency): void {
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
      this.#record(l, turn);
    }
  }

  /**
   * Sum of the diagonal's imaginary parts.
   *
   * @returns Im Tr G^R where it was solved last.
   */
  imaginaryTrace(): number {
    let sum = 0;
    for (const value of this.diagonal.im) sum += value;
    return sum;
  }

  /** Fills the block at work with ω + iη − h_l − Σ_l. */
  #siteBlock(l: number, turn: number): void {
    const block = this.#block, s = this.#dressing, at = 2 * ORBITALS * l;
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
  #record(l: number, turn: number): void {
    const { re, im } = this.diagonal;
    this.#recordPart(re, ORBITALS * l, 0, turn);
    this.#recordPart(im, ORBITALS * l, 1, turn);
  }

  #recordPart(values: Float64Array, at: number, part: number, turn: number): void {
    const g = this.#block;
    const one = (g[part] + g[4 + part] + g[14 + part] + g[18 + part]) / 4;
    const tau = turn * (g[16 + part] - g[2 + part]) / 2;
    const spin = (g[12 + part] - g[6 + part]) / 2;
    const both = turn * (g[10 + part] - g[8 + part]) / 2;
    values[at] = one + tau + spin + both;
    values[at + 1] = one + tau - spin - both;
    values[at + 2] = one - tau + spin - both;
    values[at + 3] = one - tau - spin + both;
  }
}
