/**
 * The poles and residues of one momentum at a time, as the currents of Eq. (5) and their derivatives need them.
 *
 * @module
 */
import { type ResponseBlock, responseShape } from "./response_block.ts";

/** Poles and residues of one momentum, those of the energy current worked out. */
export class PointResidues {
  /** E_b, shape `[pole]`. */
  poles: Float64Array;
  /** γ_b, shape `[pole]`. */
  broadenings: Float64Array;
  /** Re r_b(l), residues of the charge current, shape `[pole][site]`. */
  chargeRe: Float64Array;
  /** Im r_b(l), likewise. */
  chargeIm: Float64Array;
  /** Re λ_b r_b(l), residues of the energy current, shape `[pole][site]`. */
  readonly energyRe: Float64Array;
  /** Im λ_b r_b(l), likewise. */
  readonly energyIm: Float64Array;
  readonly #block: ResponseBlock;

  /**
   * At no momentum yet.
   *
   * @param block The block.
   */
  constructor(block: ResponseBlock) {
    const { poles, sites } = responseShape(block);
    this.#block = block;
    this.poles =
      this.broadenings =
      this.chargeRe =
      this.chargeIm =
        new Float64Array(0);
    this.energyRe = new Float64Array(poles * sites);
    this.energyIm = new Float64Array(poles * sites);
  }

  /**
   * Moves to a momentum.
   *
   * @param point Its index in the block.
   * @returns What its charge residues would add up to if none cancelled.
   */
  moveTo(point: number): number {
    const block = this.#block, { poles, sites } = responseShape(block), size = poles * sites;
    this.poles = block.energy.subarray(point * poles, (point + 1) * poles);
    this.broadenings = block.broadening.subarray(point * poles, (point + 1) * poles);
    this.chargeRe = block.residueRe.subarray(point * size, (point + 1) * size);
    this.chargeIm = block.residueIm.subarray(point * size, (point + 1) * size);
    let magnitude = 0;
    for (let b = 0, i = 0; b < poles; b++) {
      const re = this.poles[b], im = -this.broadenings[b] / 2;
      for (let l = 0; l < sites; l++, i++) {
        const r = this.chargeRe[i], ri = this.chargeIm[i];
        this.energyRe[i] = re * r - im * ri;
        this.energyIm[i] = re * ri + im * r;
        magnitude += Math.abs(r) + Math.abs(ri);
      }
    }
    return magnitude;
  }
}
