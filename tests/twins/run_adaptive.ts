/**
 * The refining stage `current` run by hand, without engine, store or workers.
 *
 * @module
 */
import { refineTogether } from "../../pipeline/dataflow/refinement.ts";
import type { Json } from "../../pipeline/dataflow/stage.ts";
import { unwrapped } from "../../pipeline/dataflow/task_failure.ts";
import { type AdaptiveCurrentParameters, adaptiveCurrentStage } from "../../stages/current/adaptive_current.ts";
import type { BathParameters } from "../../stages/current/baths.ts";
import type { AdaptiveGrid } from "../../stages/current/cell_refinement.ts";
import type { Current } from "../../stages/current/current.ts";
import type { CurrentProfile } from "../../stages/current/current_profile.ts";
import { type BlockMomenta, type MomentumBlock, momentumBlock } from "../../stages/diagonalize/momentum_block.ts";
import { StructuredSolver } from "../../stages/diagonalize/structured_solver.ts";
import type { Slab } from "../../stages/hamiltonian/slab.ts";
import { kernelName } from "../../stages/kernel/kernel.ts";

/** A momentum of the quarter zone and its weight in ∫d²q/(2π)² of what ±q_y have together. */
export interface WeightedMomentum {
  /** q_y. */
  readonly qy: number;
  /** q_z. */
  readonly qz: number;
  /** The weight. */
  readonly weight: number;
}

/** What came of it. */
export interface AdaptiveRun {
  /** One a bath setting, audited. */
  readonly current: (Current & CurrentProfile)[];
  /** The momenta of each setting. */
  readonly weights: WeightedMomentum[][];
  /** How many were diagonalized for all of them. */
  readonly momenta: number;
}

/**
 * Returns the currents of many baths, refined together as the engine does it.
 *
 * @throws {Error} if a tolerance is not met, or the stage's own audit refuses a current.
 */
export function runAdaptive(slab: Slab, grid: AdaptiveGrid, baths: readonly BathParameters[]): Promise<AdaptiveRun> {
  return refineSets(
    slab,
    baths.map((bath) => ({ sites: slab.sites, kernel: kernelName(), momentum: grid, baths: bath })),
  );
}

async function refineSets(slab: Slab, sets: readonly AdaptiveCurrentParameters[]): Promise<AdaptiveRun> {
  const solver = new StructuredSolver(slab), blocks = new Map<string, MomentumBlock>();
  const weights: WeightedMomentum[][] = sets.map(() => []);
  let momenta = 0;
  const outputs = await refineTogether(adaptiveCurrentStage, sets as unknown as Json[], ({ parameters }, asked) => {
    const list = parameters as unknown as BlockMomenta, name = JSON.stringify(list);
    let block = blocks.get(name);
    if (block === undefined) {
      momenta += list.qy.length;
      blocks.set(name, block = momentumBlock(slab, solver, list));
    }
    for (const { parameters: set, question } of asked) {
      if (question === null) continue;
      const mine = weights[sets.indexOf(set as unknown as AdaptiveCurrentParameters)];
      (question as number[]).forEach((weight, i) => mine.push({ qy: list.qy[i], qz: list.qz[i], weight }));
    }
    const typed = asked as unknown as Parameters<typeof adaptiveCurrentStage.partial>[0];
    return Promise.resolve(adaptiveCurrentStage.partial(typed, block, () => {}));
  });
  const current = outputs.map(unwrapped) as (Current & CurrentProfile)[];
  current.forEach((one, set) => adaptiveCurrentStage.audit?.(one, sets[set]));
  return { current, weights, momenta };
}
