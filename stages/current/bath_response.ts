/**
 * Which site's bath drives the current, as a stage: the exact derivatives of both currents by the chemical potential and the temperature of each bath, from the
 * blocks that the currents themselves are made of.
 *
 * @module
 */
import type { FoldStage } from "../../pipeline/dataflow/stage.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import { isResponseBlock, type ResponseBlock } from "../finite_coupling/response_block.ts";
import { responseDerivatives } from "../finite_coupling/response_derivatives.ts";
import { addTo } from "../numerics/sums.ts";
import { baths } from "./baths.ts";
import type { CurrentParameters } from "./current.ts";
import { gridWeights } from "./grid_weights.ts";
import { DERIVATIVES, occupationDerivatives } from "./occupation_derivatives.ts";

/** Derivatives of the currents, in the currents' units over that of energy; T_l = 1/β_l with k_B = 1. */
export interface BathResponse {
  /** ∂⟨J_y⟩/∂μ_l, shape `[site]`. */
  readonly chargeByPotential: Float64Array;
  /** ∂⟨J_y⟩/∂T_l, shape `[site]`. */
  readonly chargeByTemperature: Float64Array;
  /** ∂⟨J_y^E⟩/∂μ_l, shape `[site]`. */
  readonly energyByPotential: Float64Array;
  /** ∂⟨J_y^E⟩/∂T_l, shape `[site]`. */
  readonly energyByTemperature: Float64Array;
  /** What the terms of the charge current would add up to if none cancelled. */
  readonly magnitude: number;
}

/** The stage `current`, differentiated: in the limit Γ → 0 from blocks of modes, at a finite Γ from blocks of poles. */
export const bathResponseStage: FoldStage<CurrentParameters, MomentumBlock | ResponseBlock, BathResponse> = {
  kind: "fold",
  name: "current",
  task: "response",
  module: import.meta.url,
  export: "bathResponseStage",
  format: "arrays",
  width: 256,

  partial(sets, block, index, pulse) {
    const { sites, momentum } = sets[0]; // points that fold the same blocks share both
    const { row, point } = gridWeights(momentum, sites, index);
    const settings = sets.map((set) => baths(set.baths, sites));
    const { magnitude, derivatives } = isResponseBlock(block)
      ? responseDerivatives(block, settings, point, pulse)
      : occupationDerivatives(block, settings, point, pulse);
    const size = DERIVATIVES * sites, partial = new Float64Array(1 + sets.length * size);
    partial[0] = row * magnitude;
    derivatives.forEach((values, set) => {
      for (let i = 0; i < size; i++) partial[1 + set * size + i] = row * values[i];
    });
    return partial;
  },

  combine: addTo,

  finish(sets, total) {
    const { sites } = sets[0];
    return sets.map((_, set) => {
      const [chargeByPotential, chargeByTemperature, energyByPotential, energyByTemperature] = [0, 1, 2, 3].map((k) => {
        const at = 1 + (set * DERIVATIVES + k) * sites;
        return total.slice(at, at + sites);
      });
      return {
        chargeByPotential,
        chargeByTemperature,
        energyByPotential,
        energyByTemperature,
        magnitude: total[0],
      };
    });
  },

  audit: auditResponse,
};

/**
 * Checks a response against what holds exactly.
 *
 * @param response The response.
 * @param parameters What it was made from.
 * @throws {Error} If a number is not finite, or a derivative by μ_l is larger than if all its terms had one sign.
 */
export function auditResponse(response: BathResponse, parameters: CurrentParameters): void {
  const { inverseTemperature } = baths(parameters.baths, parameters.sites);
  response.chargeByPotential.forEach((value, l) => {
    // g₋ + g₊ is ½ at the most, and at a finite Γ likewise, as |ψ′(½ + x + iy)| ≤ π²/2.
    const most = response.magnitude * inverseTemperature[l] / 2;
    if (!(Math.abs(value) <= most * (1 + 1e-12))) {
      throw new Error(
        `Cannot accept the response of the current to the chemical potential at site ${l}: it is ${value}, and its terms add up to ${most} at the most`,
      );
    }
  });
  const others: readonly (readonly [string, Float64Array])[] = [
    ["current to the temperature", response.chargeByTemperature],
    ["energy current to the chemical potential", response.energyByPotential],
    ["energy current to the temperature", response.energyByTemperature],
  ];
  for (const [what, values] of others) {
    const site = values.findIndex((value) => !Number.isFinite(value));
    if (site >= 0) throw new Error(`Cannot accept the response of the ${what} at site ${site}: it is ${values[site]}`);
  }
}
