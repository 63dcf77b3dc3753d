/**
 * The current of Eq. (6) as a stage that refines: each bath setting cuts the zone where its own integrand is rough, and all share the momenta that were
 * diagonalized for any of them.
 *
 * @module
 */
import type { RefineStage } from "../../pipeline/dataflow/stage.ts";
import { blockStage } from "../diagonalize/diagonalize.ts";
import type { MomentumBlock } from "../diagonalize/momentum_block.ts";
import type { KernelChoice } from "../kernel/kernel.ts";
import { pieceMomenta } from "../diagonalize/momentum_cell.ts";
import { addTo, sum } from "../numerics/sums.ts";
import { type BathParameters, type Baths, baths } from "./baths.ts";
import { type AdaptiveGrid, CellRefinement } from "./cell_refinement.ts";
import { contractBlock } from "./contraction.ts";
import type { Current } from "./current.ts";
import { auditProfile, type CurrentProfile } from "./current_profile.ts";
import { pointCurrents } from "./point_currents.ts";

/** What the current reads at a point of a study. */
export interface AdaptiveCurrentParameters extends KernelChoice {
  /** L. */
  readonly sites: number;
  /** Where to start and when to stop. */
  readonly momentum: AdaptiveGrid;
  /** The baths. */
  readonly baths: BathParameters;
}

/** What is asked about a block: the integrand at each of its momenta, or with the weights of the final rule the sums over them. */
type Question = null | readonly number[];

/** The stage `current` in the limit Γ → 0, within a tolerance. */
export const adaptiveCurrentStage: RefineStage<AdaptiveCurrentParameters, MomentumBlock, Current & CurrentProfile> = {
  kind: "refine",
  name: "current",
  task: "adaptive",
  module: import.meta.url,
  export: "adaptiveCurrentStage",
  format: "arrays",
  width: 256,

  begin({ sites, momentum, kernel }) {
    const cells = new CellRefinement(momentum);
    const seen: (typeof cells.pieces)[number][] = [];
    const total = new Float64Array(3 * sites + 1);
    let weighing = false, done = false;
    return {
      wanted() {
        if (done) return [];
        const weight = weighing ? cells.weights() : undefined;
        return (weighing ? seen : cells.pieces).map((points) => {
          const { qy, qz } = pieceMomenta(points);
          return {
            task: { stage: blockStage, parameters: { qy, qz, kernel } },
            question: weight === undefined ? null : points.map(weight),
            size: weight === undefined ? 2 * points.length : total.length,
          };
        });
      },
      take(answers) {
        if (weighing) {
          for (const answer of answers) addTo(total, answer);
          done = true;
          return;
        }
        seen.push(...cells.pieces);
        cells.take(answers);
        weighing = cells.pieces.length === 0;
      },
      finish() {
        const [charge, energy, sea] = [0, 1, 2].map((k) => total.subarray(k * sites, (k + 1) * sites));
        return {
          charge: sum(charge),
          chargeError: cells.errors.charge,
          energy: sum(energy),
          energyError: cells.errors.energy,
          magnitude: total[3 * sites],
          chargeProfile: charge.map((value, l) => value + sea[l]),
          energyProfile: energy.slice(),
        };
      },
    };
  },

  partial(asked, block, pulse) {
    const { sites } = asked[0].parameters;
    const settings = asked.map(({ parameters }) => baths(parameters.baths, sites));
    const points = block.qy.length, sampling = asked.flatMap(({ question }, k) => question === null ? [k] : []);
    const samples = pointCurrents(block, sampling.map((k) => settings[k]), pulse).sums;
    const answers = asked.map(({ question }, k) => {
      if (question !== null) return weighed(block, settings[k], question as Exclude<Question, null>, pulse);
      const at = 2 * points * sampling.indexOf(k);
      return samples.subarray(at, at + 2 * points);
    });
    const all = new Float64Array(answers.reduce((length, answer) => length + answer.length, 0));
    let start = 0;
    for (const answer of answers) {
      all.set(answer, start);
      start += answer.length;
    }
    return all;
  },

  audit: auditProfile,
};

/** Charge and energy current site by site, the sea and the magnitude, with the weights of the final rule. */
function weighed(
  block: MomentumBlock,
  setting: Baths,
  weights: readonly number[],
  pulse: () => void,
): Float64Array {
  const weight = Float64Array.from(weights), sites = setting.chemicalPotential.length;
  const { sea, magnitude, currents: [{ charge, energy }] } = contractBlock(block, [setting], weight, pulse);
  const answer = new Float64Array(3 * sites + 1);
  answer.set(charge);
  answer.set(energy, sites);
  answer.set(sea, 2 * sites);
  answer[3 * sites] = magnitude;
  return answer;
}
