/**
 * Diagonalization as stages: blocks of the momentum grid for what integrates over it, lists of momenta for what looks at bands.
 *
 * @module
 */
import type { Stage } from "../../pipeline/dataflow/stage.ts";
import type { Slab } from "../hamiltonian/slab.ts";
import { chiralSolver, type KernelChoice } from "../kernel/kernel.ts";
import { type BandList, bandList } from "./bands.ts";
import { auditMomentumBlock, type BlockMomenta, type MomentumBlock, momentumBlock } from "./momentum_block.ts";

/** The stage `diagonalize` on a block of the grid. */
export const blockStage: Stage<BlockMomenta & KernelChoice, [Slab], MomentumBlock> = {
  kind: "map",
  name: "diagonalize",
  task: "block",
  module: import.meta.url,
  export: "blockStage",
  format: "arrays",
  place: "worker",
  run: (momenta, [slab], pulse, allocate) =>
    momentumBlock(slab, chiralSolver(slab, momenta.kernel), momenta, pulse, undefined, allocate),
  audit: (block, _momenta, [slab]) => auditMomentumBlock(block, slab),
};

/** The stage `diagonalize` on a list of momenta. */
export const bandStage: Stage<BlockMomenta & KernelChoice, [Slab], BandList> = {
  kind: "map",
  name: "diagonalize",
  task: "bands",
  module: import.meta.url,
  export: "bandStage",
  format: "arrays",
  place: "worker",
  run: (momenta, [slab], pulse) => bandList(slab, chiralSolver(slab, momenta.kernel), momenta, pulse),
};
