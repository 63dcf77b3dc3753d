/**
 * How the currents of Eq. (5) respond to each bath: the contraction of `response_contraction.ts` differentiated, with trigamma functions of the same poles in
 * place of digamma functions.
 *
 * The arguments z∓ = ½ + βγ/4π + iβ(E ∓ μ)/2π have the derivatives ∓iβ/2π by μ and −β(z∓ − ½) by T = 1/β. With ψ′∓ = ψ′(z∓) the bath at l, at ±q_y together,
 * gives
 *
 *     charge, by μ_l:   (β/2π²) Im Σ_b r_b(l) (ψ′₋ + ψ′₊)
 *     charge, by T_l:   −(β/π) Re Σ_b r_b(l) [(z₋ − ½)ψ′₋ − (z₊ − ½)ψ′₊]
 *     energy, by μ_l:   (β/2π²) Im Σ_b λ_b r_b(l) (ψ′₋ − ψ′₊)
 *     energy, by T_l:   −(β/π) Re Σ_b λ_b r_b(l) [(z₋ − ½)ψ′₋ + (z₊ − ½)ψ′₊]
 *
 * The logarithm of β that drops out of the sum over the poles does so here, too.
 *
 * @module
 */
import type { Baths } from "../current/baths.ts";
import { type BlockDerivatives, DERIVATIVES } from "../current/occupation_derivatives.ts";
import { trigamma } from "../numerics/trigamma.ts";
import { PointResidues } from "./point_residues.ts";
import { type BathPolygamma, inRows, PolygammaLines } from "./polygamma_lines.ts";
import { type ResponseBlock, responseShape } from "./response_block.ts";

/**
 * Derivatives of the currents of one block by the chemical potential and the temperature of each site's bath.
 *
 * The numbers of one setting do not depend on which others are asked for with it.
 *
 * @param block The block.
 * @param settings The baths, each of as many sites as the block.
 * @param weight Multiplicity of each momentum divided by two (its mirror image at −q_y is in the formula already), shape `[point]`.
 * @param pulse Called before each momentum of each setting; may throw to stop the work.
 * @returns The sums.
 */
export function responseDerivatives(
  block: ResponseBlock,
  settings: readonly Baths[],
  weight: Float64Array,
  pulse: () => void = () => {},
): BlockDerivatives {
  const { points, sites } = responseShape(block);
  const residues = new PointResidues(block);
  const derivatives = settings.map(() => new Float64Array(DERIVATIVES * sites));
  let magnitude = 0;
  for (const { first, own } of inRows(settings)) {
    const lines = new PolygammaLines(trigamma, block.uniform), functions = own.map((baths) => lines.of(baths));
    for (let point = 0; point < points; point++) {
      const bound = residues.moveTo(point);
      if (first === 0) magnitude += weight[point] * bound;
      own.forEach((baths, i) => {
        pulse();
        addMomentum(derivatives[first + i], residues, functions[i], baths, weight[point]);
      });
    }
  }
  return { magnitude, derivatives };
}

function addMomentum(
  to: Float64Array,
  residues: PointResidues,
  trigammaOf: BathPolygamma,
  { chemicalPotential, inverseTemperature }: Baths,
  weight: number,
): void {
  const { poles, broadenings, chargeRe, chargeIm, energyRe, energyIm } = residues;
  const sites = chemicalPotential.length, below = new Float64Array(2), above = new Float64Array(2);
  for (let l = 0; l < sites; l++) {
    const beta = inverseTemperature[l], mu = chemicalPotential[l], scale = beta / (2 * Math.PI);
    let chargeByPotential = 0, chargeByTemperature = 0, energyByPotential = 0, energyByTemperature = 0;
    for (let b = 0, i = l; b < poles.length; b++, i += sites) {
      const width = scale * broadenings[b] / 2, near = scale * (poles[b] - mu), far = scale * (poles[b] + mu);
      trigammaOf(l, broadenings[b], near, below);
      trigammaOf(l, broadenings[b], far, above);
      chargeByPotential += chargeRe[i] * (below[1] + above[1]) + chargeIm[i] * (below[0] + above[0]);
      energyByPotential += energyRe[i] * (below[1] - above[1]) + energyIm[i] * (below[0] - above[0]);
      // (z − ½)ψ′
      const nearRe = width * below[0] - near * below[1], nearIm = width * below[1] + near * below[0];
      const farRe = width * above[0] - far * above[1], farIm = width * above[1] + far * above[0];
      chargeByTemperature += chargeRe[i] * (nearRe - farRe) - chargeIm[i] * (nearIm - farIm);
      energyByTemperature += energyRe[i] * (nearRe + farRe) - energyIm[i] * (nearIm + farIm);
    }
    const byPotential = weight * beta / (2 * Math.PI * Math.PI), byTemperature = -weight * beta / Math.PI;
    to[l] += byPotential * chargeByPotential;
    to[sites + l] += byTemperature * chargeByTemperature;
    to[2 * sites + l] += byPotential * energyByPotential;
    to[3 * sites + l] += byTemperature * energyByTemperature;
  }
}
