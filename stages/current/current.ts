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
import { type BathParameters, baths } from "./baths.ts";
import { type BathSettings, bathSettings, blockPanels } from "./bath_settings.ts";
import { addShares, type BlockShare, packShare, SPECTRA, unpackShare } from "./block_share.ts";
import { contractPoints } from "./contraction.ts";
import { flowMoments, spectrumBlock } from "./flow_spectrum.ts";
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
    const weights = gridWeights(momentum, sites, index), contraction = contractionOf(sets);
    return packShare(
      isResponseBlock(block)
        ? weighedResponse(block, contraction.settings, weights, pulse)
        : weighedModes(block, contraction, weights, pulse),
    );
  },

  combine: addShares,

  finish(sets, total) {
    const share = SHARE[sets[0].momentum.rule ?? "midpoint"],
      { magnitude, numbers: direct, spectra } = unpackShare(total);
    const numbers = direct.slice();
    addSpectra(bathSettings(sets.map((set) => baths(set.baths, set.sites))), spectra, numbers);
    return sets.map((_, set) => {
      const at = set * NUMBERS;
      const [charge, energy, chargeY, energyY, chargeZ, energyZ, chargeBoth, energyBoth] = numbers.subarray(
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

/** Parameter sets, and what is worked out of them once for all blocks. */
interface Contraction {
  /** The sets. */
  readonly key: string;
  /** Their baths. */
  readonly settings: BathSettings;
  /** Those that take a block mode by mode, which may differ from block to block. */
  direct: { readonly sets: readonly number[]; readonly contraction: PointContraction } | undefined;
}

/** The contraction of the last block, since the next one most likely has the same. */
let last: Contraction | undefined;

/** The contraction with the baths of some sets, which are told by what they say: they come with every block anew. */
function contractionOf(sets: readonly CurrentParameters[]): Contraction {
  const key = JSON.stringify(sets.map((set) => [set.sites, set.baths]));
  if (last?.key === key) return last;
  last?.direct?.contraction.release();
  return last = { key, settings: bathSettings(sets.map((set) => baths(set.baths, set.sites))), direct: undefined };
}

/** The share of a block of modes. */
function weighedModes(
  block: MomentumBlock,
  contraction: Contraction,
  weights: GridWeights,
  pulse: () => void,
): BlockShare {
  const { settings } = contraction, panels = blockPanels(settings, block.energy);
  const numbers = new Float64Array(settings.baths.length * NUMBERS);
  const used = panels.filter(({ count }) => count > 0);
  const { magnitude, moments } = flowMoments(block, used, [weights.point, weights.coarsePoint], pulse);
  const direct = [...settings.baths.keys()].filter((set) => (panels[settings.widthOf[set]]?.count ?? 0) === 0);
  if (direct.length > 0) {
    const { sums } = directContraction(contraction, direct).currents(block, pulse), size = 2 * block.qy.length;
    direct.forEach((set, i) => {
      const own = sums.subarray(i * size, (i + 1) * size);
      put(numbers, set, weights, [...weighed(own, weights.point), ...weighed(own, weights.coarsePoint)]);
    });
  }
  return {
    magnitude: weights.row * magnitude.reduce((total, value, point) => total + weights.point[point] * value, 0),
    numbers,
    spectra: panels.map((own) => own.count === 0 ? new Float64Array(0) : inRow(moments[used.indexOf(own)], weights)),
  };
}

/** What sets take a block mode by mode with. */
function directContraction(contraction: Contraction, sets: readonly number[]): PointContraction {
  if (contraction.direct?.sets.join() !== sets.join()) {
    contraction.direct?.contraction.release();
    const own = sets.map((set) => contraction.settings.baths[set]);
    contraction.direct = { sets, contraction: new PointContraction(own) };
  }
  return contraction.direct!.contraction;
}

/** Charge and energy current added up over a block, of integrands of shape `[point][2]`. */
function weighed(integrand: Float64Array, weight: Float64Array): [charge: number, energy: number] {
  let charge = 0, energy = 0;
  for (let point = 0; point < weight.length; point++) {
    charge += weight[point] * integrand[2 * point];
    energy += weight[point] * integrand[2 * point + 1];
  }
  return [charge, energy];
}

/** The spectra of a block, fine and coarse along q_y, as parts of those of the zone: fine and coarse along q_z. */
function inRow(moments: readonly Float64Array[], { row, coarseRow }: GridWeights): Float64Array {
  const size = moments[0].length, spectra = new Float64Array(SPECTRA * size);
  [row, coarseRow].forEach((weight, z) =>
    moments.forEach((own, y) => {
      for (let i = 0, to = (2 * z + y) * size; i < size; i++, to++) spectra[to] = weight * own[i];
    })
  );
  return spectra;
}

/** Adds to the numbers of each set what its baths make of the spectra. */
function addSpectra(
  { baths, widths, widthOf }: BathSettings,
  spectra: readonly Float64Array[],
  numbers: Float64Array,
): void {
  widths.forEach((width, i) => {
    const size = spectra[i].length / SPECTRA, sites = baths[0].chemicalPotential.length;
    if (size === 0) return;
    const tables = Array.from({ length: SPECTRA }, (_, k) => spectra[i].subarray(k * size, (k + 1) * size));
    const own = [...baths.keys()].filter((set) => widthOf[set] === i);
    const sums = contractPoints(spectrumBlock(width, tables, sites), own.map((set) => baths[set]));
    own.forEach((set, at) => {
      for (let k = 0; k < NUMBERS; k++) numbers[set * NUMBERS + k] += sums[at * NUMBERS + k];
    });
  });
}

/** The share of a block of poles. */
function weighedResponse(
  block: ResponseBlock,
  { baths, widths }: BathSettings,
  weights: GridWeights,
  pulse: () => void,
): BlockShare {
  const { magnitude, currents } = contractResponse(block, baths, weights.point, weights.coarsePoint, pulse);
  const numbers = new Float64Array(baths.length * NUMBERS);
  currents.forEach(({ charge, energy, coarse }, set) =>
    put(numbers, set, weights, [sum(charge), sum(energy), ...coarse])
  );
  return { magnitude: weights.row * magnitude, numbers, spectra: widths.map(() => new Float64Array(0)) };
}

/** Writes the numbers of a set: by the rule, with wide cells along q_y, along q_z, and along both. */
function put(numbers: Float64Array, set: number, weights: GridWeights, rowSums: readonly number[]): void {
  for (let i = 0; i < 4; i++) {
    numbers[set * NUMBERS + i] = weights.row * rowSums[i];
    numbers[set * NUMBERS + 4 + i] = weights.coarseRow * rowSums[i];
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
