/**
 * The stage `current` run by hand, without engine, store or workers: what a test of its numbers needs and no more.
 *
 * @module
 */

import type { BathParameters } from "../../stages/current/baths.ts";
import { type BathResponse, bathResponseStage } from "../../stages/current/bath_response.ts";
import type { FoldStage } from "../../pipeline/dataflow/stage.ts";
import { type Current, type CurrentParameters, currentStage } from "../../stages/current/current.ts";
import { type CurrentProfile, currentProfileStage } from "../../stages/current/current_profile.ts";
import { blockMomenta, gridBlocks } from "../../stages/diagonalize/grid_blocks.ts";
import type { MomentumGrid } from "../../stages/diagonalize/momentum_grid.ts";
import { type MomentumBlock, momentumBlock } from "../../stages/diagonalize/momentum_block.ts";
import { StructuredSolver } from "../../stages/diagonalize/structured_solver.ts";
import type { Coupling } from "../../stages/finite_coupling/coupling.ts";
import type { ResponseBlock } from "../../stages/finite_coupling/response_block.ts";
import { responseStage } from "../../stages/finite_coupling/response_stage.ts";
import type { Slab } from "../../stages/hamiltonian/slab.ts";

/** Returns the blocks of a grid, diagonalized. */
export function gridOf(slab: Slab, grid: MomentumGrid): MomentumBlock[] {
  const solver = new StructuredSolver(slab);
  return gridBlocks(grid, slab.sites).map((block) => momentumBlock(slab, solver, blockMomenta(grid, block)));
}

/**
 * Returns the blocks of a grid at a finite coupling, audited.
 *
 * @throws {Error} if the stage's own audit refuses one of them, or a level does not decay.
 */
export function responseGridOf(slab: Slab, grid: MomentumGrid, coupling: Coupling): ResponseBlock[] {
  return gridBlocks(grid, slab.sites).map((block) => {
    const parameters = { ...blockMomenta(grid, block), coupling };
    const response = responseStage.run(parameters, [slab], () => {}) as ResponseBlock;
    responseStage.audit?.(response, parameters, [slab]);
    return response;
  });
}

/**
 * Returns the currents of many baths on one grid, audited: totals from the one stage, their terms from the other.
 *
 * @throws {Error} if an audit refuses one of them.
 */
export function runCurrent(
  slab: Slab,
  grid: MomentumGrid,
  baths: readonly BathParameters[],
  blocks: readonly (MomentumBlock | ResponseBlock)[] = gridOf(slab, grid),
): (CurrentProfile & Current)[] {
  const sets = baths.map((bath) => ({ sites: slab.sites, momentum: grid, baths: bath }));
  const totals = folded(currentStage, sets, blocks), profiles = folded(currentProfileStage, sets, blocks);
  return totals.map((current, set) => ({ ...profiles[set], ...current }));
}

/**
 * Returns the responses of the current to each bath, audited.
 *
 * @throws {Error} if the audit refuses one of them.
 */
export function runResponse(
  slab: Slab,
  grid: MomentumGrid,
  baths: readonly BathParameters[],
  blocks: readonly (MomentumBlock | ResponseBlock)[] = gridOf(slab, grid),
): BathResponse[] {
  return folded(bathResponseStage, baths.map((bath) => ({ sites: slab.sites, momentum: grid, baths: bath })), blocks);
}

function folded<Input, Output>(
  stage: FoldStage<CurrentParameters, Input, Output>,
  sets: readonly CurrentParameters[],
  blocks: readonly Input[],
): Output[] {
  const shares = blocks.map((block, index) => stage.partial(sets, block, index, () => {}));
  const total = shares.reduce((sum, share) => stage.combine(sum, share));
  const outputs = [...stage.finish(sets, total)];
  outputs.forEach((output, set) => stage.audit?.(output, sets[set]));
  return outputs;
}
