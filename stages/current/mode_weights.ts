/**
 * What stands before the occupations in Eq. (6), mode by mode and site by site, written to where the sums over the modes read it.
 *
 * @module
 */
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import type { OccupationSums } from "./occupation_tables.ts";

/**
 * Writes a mode's weights, factor · values[from + l].
 *
 * @param sums Receives them.
 * @param mode The mode.
 * @param factor The factor.
 * @param values One number a site.
 * @param from Where these start.
 * @param sites L.
 */
export function weighMode(
  sums: OccupationSums,
  mode: number,
  factor: number,
  values: Float64Array,
  from: number,
  sites: number,
): void {
  const { tables: { weighted }, stride } = sums;
  for (let l = 0, i = mode * stride; l < sites; l++, i++) weighted[i] = factor * values[from + l];
}

/**
 * Says that no more modes come: what an earlier momentum may have left in the second place of the last pair does not count.
 *
 * @param sums The sums.
 * @param order How many modes there are.
 */
export function closeModes({ tables: { weighted }, stride }: OccupationSums, order: number): void {
  if (order % 2 === 1) weighted.fill(0, order * stride, (order + 1) * stride);
}

/**
 * Writes W_n(l) = −(∂ε_n/∂q_y) t_n D_n(l) for a momentum, and adds them up.
 *
 * @param sums Receives them.
 * @param block The block.
 * @param point The momentum's index in it.
 * @param weight The momentum's weight.
 * @param sea Σ_n W_n(l) times the weight is added to this, shape `[site]`.
 * @returns Σ_n |∂ε_n/∂q_y t_n|, the bound of Σ_n |W_n(l)|.
 */
export function weighMomentum(
  sums: OccupationSums,
  block: MomentumBlock,
  point: number,
  weight: number,
  sea: Float64Array,
): number {
  const { energy, imbalance, qy } = block, sites = sea.length, order = energy.length / qy.length;
  const { tables: { weighted }, stride } = sums;
  let bound = 0;
  for (let n = 0; n < order; n++) {
    const at = point * order + n, from = at * sites;
    const factor = modeFactor(block, point, at);
    bound += Math.abs(factor);
    for (let l = 0, i = n * stride; l < sites; l++, i++) {
      const own = factor * imbalance[from + l];
      weighted[i] = own;
      sea[l] += weight * own;
    }
  }
  closeModes(sums, order);
  return bound;
}

/**
 * What W_n(l) is of D_n(l).
 *
 * @param block The block.
 * @param point The momentum's index in it.
 * @param factor Receives −(∂ε_n/∂q_y) t_n, shape `[mode]`.
 * @returns Σ_n |∂ε_n/∂q_y t_n|.
 */
export function modeFactors(block: MomentumBlock, point: number, factor: Float64Array): number {
  const order = block.energy.length / block.qy.length;
  let bound = 0;
  for (let n = 0; n < order; n++) {
    factor[n] = modeFactor(block, point, point * order + n);
    bound += Math.abs(factor[n]);
  }
  return bound;
}

function modeFactor({ energy, groupVelocity, qy, drift }: MomentumBlock, point: number, at: number): number {
  // At q_y = 0 only levels of zero energy have a group velocity: that of the branch on which t_n is 1.
  const tilt = qy[point] === 0 || energy[at] === 0 ? 1 : drift[point] / energy[at];
  return -groupVelocity[at] * tilt;
}
