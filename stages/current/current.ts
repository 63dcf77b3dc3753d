/**
 * NEGF current and spectral integration as a stage: all blocks of the grid contracted with the baths of all points, by Eq. (6) or Eq. (5),
 * whichever the blocks are made for.
 *
 * @module
 */
import type { FoldStage } from "../../pipeline/dataflow/stage.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import type { MomentumGrid } from "../diagonalize/momentum_grid.ts";
import { isResponseBlock, type ResponseBlock } from "../finite_coupling/response_block.ts";
import { contractResponse } from "../finite_coupling/response_contraction.ts";
import { type BathParameters, type Baths, baths } from "./baths.ts";
import { type GridWeights, gridWeights } from "./grid_weights.ts";
import { momentumError, SHARE } from "./momentum_error.ts";
import { PointContraction } from "./point_currents.ts";

/** What the current reads at a point of a study. */
export interface CurrentParameters {
  /** L. */
  readonly sites: number;
  /** The grid. */
  readonly momentum: MomentumGrid;
  /** The baths. */
  readonly baths: BathParameters;
}

/** Currents in units e v/(ħ a²) and, for energy, v²/(ħ a³), with all of them set to 1. */
export interface Current {
  /** ⟨J_y⟩, the sum over the sites. */
  readonly charge: number;
  /** The error of the momentum sum for ⟨J_y⟩. */
  readonly chargeError: number;
  /** ⟨J_y^E⟩ likewise. */
  readonly energy: number;
  /** The error of the momentum sum for ⟨J_y^E⟩. */
  readonly energyError: number;
  /** What the terms of the charge current would add up to if none cancelled: sums are good to about 1e-14 of this. */
  readonly magnitude: number;
}

/** Numbers a parameter set: charge and energy by the rule and by each of the three coarse rules. */
const NUMBERS = 8;

/** The stage `current`: in the limit Γ → 0 from blocks of modes, at a finite Γ from blocks of poles. */
export const currentStage: FoldStage<CurrentParameters, MomentumBlock | ResponseBlock, Current> = {
  kind: "fold",
  name: "current",
  task: "current",
  module: import.meta.url,
  export: "currentStage",
  format: "arrays",
  width: 1024,

  partial(sets, block, index, pulse) {
    const { sites, momentum } = sets[0]; // points that fold the same blocks share both
    const weights = gridWeights(momentum, sites, index);
    return isResponseBlock(block)
      ? weighedResponse(block, sets.map((set) => baths(set.baths, sites)), weights, pulse)
      : weighedModes(block, contractionOf(sets), sets.length, weights, pulse);
  },

  combine(total, partial) {
    for (let i = 0; i < total.length; i++) total[i] += partial[i];
  },

  finish(sets, total) {
    const share = SHARE[sets[0].momentum.rule ?? "midpoint"], magnitude = total[0];
    return sets.map((_, set) => {
      const at = 1 + set * NUMBERS;
      const [charge, energy, chargeY, energyY, chargeZ, energyZ, chargeBoth, energyBoth] = total.subarray(
        at,
        at + NUMBERS,
      );
      return {
        charge,
        chargeError: momentumError(charge, { y: chargeY, z: chargeZ, both: chargeBoth }, share.charge),
        energy,
        energyError: momentumError(energy, { y: energyY, z: energyZ, both: energyBoth }, share.energy),
        magnitude,
      };
    });
  },

  audit: auditCurrent,
};

/** The settings of the last block, since the next one most likely has the same. */
let last: { readonly key: string; readonly contraction: PointContraction } | undefined;

/** The contraction with the baths of some sets, which are told by what they say: they come with every block anew. */
function contractionOf(sets: readonly CurrentParameters[]): PointContraction {
  const key = JSON.stringify(sets.map((set) => [set.sites, set.baths]));
  if (last?.key === key) return last.contraction;
  last?.contraction.release();
  const contraction = new PointContraction(sets.map((set) => baths(set.baths, set.sites)));
  last = { key, contraction };
  return contraction;
}

/** The share of a block of modes: the magnitude, and the numbers of each set. */
function weighedModes(
  block: MomentumBlock,
  contraction: PointContraction,
  sets: number,
  weights: GridWeights,
  pulse: () => void,
): Float64Array {
  const points = block.qy.length, { sums, magnitude } = contraction.currents(block, pulse);
  const partial = new Float64Array(1 + sets * NUMBERS);
  for (let point = 0; point < points; point++) partial[0] += weights.row * weights.point[point] * magnitude[point];
  for (let set = 0, i = 0; set < sets; set++) {
    let charge = 0, energy = 0, coarseCharge = 0, coarseEnergy = 0;
    for (let point = 0; point < points; point++, i += 2) {
      charge += weights.point[point] * sums[i];
      energy += weights.point[point] * sums[i + 1];
      coarseCharge += weights.coarsePoint[point] * sums[i];
      coarseEnergy += weights.coarsePoint[point] * sums[i + 1];
    }
    put(partial, set, weights, [charge, energy, coarseCharge, coarseEnergy]);
  }
  return partial;
}

/** The share of a block of poles. */
function weighedResponse(
  block: ResponseBlock,
  settings: readonly Baths[],
  weights: GridWeights,
  pulse: () => void,
): Float64Array {
  const { magnitude, currents } = contractResponse(block, settings, weights.point, weights.coarsePoint, pulse);
  const partial = new Float64Array(1 + settings.length * NUMBERS);
  partial[0] = weights.row * magnitude;
  currents.forEach(({ charge, energy, coarse }, set) =>
    put(partial, set, weights, [sum(charge), sum(energy), ...coarse])
  );
  return partial;
}

/** Writes the numbers of a set: by the rule, with wide cells along q_y, along q_z, and along both. */
function put(partial: Float64Array, set: number, weights: GridWeights, rowSums: readonly number[]): void {
  for (let i = 0; i < 4; i++) {
    partial[1 + set * NUMBERS + i] = weights.row * rowSums[i];
    partial[1 + set * NUMBERS + 4 + i] = weights.coarseRow * rowSums[i];
  }
}

/**
 * Checks a current against what holds exactly.
 *
 * @param current The current.
 * @throws {Error} If a number is not finite, or the current is larger than if all its terms had one sign.
 */
export function auditCurrent({ charge, energy, magnitude }: Pick<Current, "charge" | "energy" | "magnitude">): void {
  // |D_n(l)| adds up to 2 over the sites at the most, and no occupation factor is larger than 1.
  if (!(Math.abs(charge) <= 2 * magnitude * (1 + 1e-12))) {
    throw new Error(`Cannot accept the current ${charge}: its terms add up to ${2 * magnitude} at the most`);
  }
  if (!Number.isFinite(energy)) throw new Error(`Cannot accept the energy current: it is ${energy}`);
}

/**
 * Adds numbers up in their order.
 *
 * @param values The numbers.
 * @returns Their sum.
 */
export function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
