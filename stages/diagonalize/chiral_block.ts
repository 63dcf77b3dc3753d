/**
 * The real 2L × 2L block B that is left of the slab when its symmetries are used up.
 *
 * Two facts make it. σ_z K (K: complex conjugation) commutes with H(q), so H is real in the right basis. And S = τ_z σ_y splits it,
 * H = −v sin q_y S + H₀ with {H₀, S} = 0, so that in the eigenbasis of S the rest is H₀ = [[0, B], [Bᵀ, 0]]. Two chains coupled on site remain,
 *
 *     B = [[ M − λ(T + Tᵀ) + (v/2)(T − Tᵀ) − A⁵(l),   v sin q_z ],
 *          [ −v sin q_z,   M − λ(T + Tᵀ) − (v/2)(T − Tᵀ) + A⁵(l) ]],     T_{l,l+1} = 1,
 *
 * ordered site by site here: element 2l + c belongs to site l and chain c.
 *
 * @module
 */
import { massTerm, type Momentum, type Slab } from "../hamiltonian/slab.ts";
import { BAND_STRIDE, type SymmetricBand } from "../numerics/symmetric_band.ts";

/** B of one slab at one momentum; moved from momentum to momentum to spare memory. */
export class ChiralBlock {
  /** Order of B: 2L. */
  readonly order: number;
  readonly #slab: Slab;
  /** −λ ± v/2: the first chain's hopping to the next and to the previous site; the second chain has them exchanged. */
  readonly #forward: number;
  readonly #backward: number;
  #mass = 0;
  #coupling = 0;

  /**
   * B at no momentum yet.
   *
   * @param slab The slab.
   */
  constructor(slab: Slab) {
    this.#slab = slab;
    this.order = 2 * slab.sites;
    this.#forward = -slab.hopping + slab.velocity / 2;
    this.#backward = -slab.hopping - slab.velocity / 2;
  }

  /**
   * Moves to another momentum.
   *
   * @param momentum The momentum at which B is wanted from now on.
   */
  moveTo(momentum: Momentum): void {
    this.#mass = massTerm(this.#slab, momentum);
    this.#coupling = this.#slab.velocity * Math.sin(momentum.qz);
  }

  /**
   * y = B x or y = Bᵀ x.
   *
   * @param x Shape `[…][site][chain]`, read from `from`.
   * @param from Where the vector starts in x.
   * @param y Receives the product, from `to`.
   * @param to Where the product starts in y.
   * @param transposed Whether Bᵀ is wanted.
   */
  multiply(x: Float64Array, from: number, y: Float64Array, to: number, transposed: boolean): void {
    const { sites, chiralGaugeField: field } = this.#slab;
    const mass = this.#mass, coupling = transposed ? -this.#coupling : this.#coupling;
    const next = transposed ? this.#backward : this.#forward, previous = transposed ? this.#forward : this.#backward;
    for (let l = 0, i = from, o = to; l < sites; l++, i += 2, o += 2) {
      const first = x[i], second = x[i + 1];
      let y0 = (mass - field[l]) * first + coupling * second;
      let y1 = (mass + field[l]) * second - coupling * first;
      if (l + 1 < sites) {
        y0 += next * x[i + 2];
        y1 += previous * x[i + 3];
      }
      if (l > 0) {
        y0 += previous * x[i - 2];
        y1 += next * x[i - 1];
      }
      y[o] = y0;
      y[o + 1] = y1;
    }
  }

  /**
   * The Gram matrix BᵀB, or BBᵀ: two pentadiagonal chains, coupled on site only.
   *
   * @param band Receives it; its order must be 2L.
   * @param transposed Whether BBᵀ is wanted, which is BᵀB with v and the coupling of the chains reversed.
   */
  gramMatrix(band: SymmetricBand, transposed: boolean): void {
    const { sites, chiralGaugeField: field } = this.#slab;
    const mass = this.#mass, coupling = transposed ? -this.#coupling : this.#coupling;
    const next = transposed ? this.#backward : this.#forward, previous = transposed ? this.#forward : this.#backward;
    const next2 = next * next, previous2 = previous * previous, coupling2 = coupling * coupling;
    const c = band.entries;
    for (let l = 0; l < sites; l++) {
      const d0 = mass - field[l], d1 = mass + field[l];
      const first = 2 * l * BAND_STRIDE, second = first + BAND_STRIDE;
      const hasPrevious = l > 0, hasNext = l + 1 < sites, hasSecondNext = l + 2 < sites;
      c[first] = d0 * d0 + coupling2 + (hasPrevious ? next2 : 0) + (hasNext ? previous2 : 0);
      c[second] = d1 * d1 + coupling2 + (hasPrevious ? previous2 : 0) + (hasNext ? next2 : 0);
      c[first + 1] = -2 * coupling * field[l];
      c[second + 1] = 0;
      c[first + 2] = hasNext ? d0 * next + previous * (mass - field[l + 1]) : 0;
      c[second + 2] = hasNext ? d1 * previous + next * (mass + field[l + 1]) : 0;
      c[first + 3] = c[second + 3] = 0;
      c[first + 4] = c[second + 4] = hasSecondNext ? next * previous : 0;
    }
  }
}
