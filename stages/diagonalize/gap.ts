/**
 * The gap: the smallest |E| on the momentum grid and on the line q_y = 0, where the chiral states cross; half of the distance between the bands, and zero to
 * rounding where chiral states cross.
 *
 * @module
 */
import type { FoldStage } from "../../pipeline/dataflow/stage.ts";
import type { MomentumBlock } from "./momentum_block.ts";

/** The smallest ε_n of a set of momenta. */
export interface Gap {
  /** In units of energy. */
  readonly gap: number;
}

/** The stage `diagonalize`, as far as it only looks for the lowest energy of blocks that are there. */
export const gapStage: FoldStage<null, MomentumBlock, Gap> = {
  kind: "fold",
  name: "diagonalize",
  task: "gap",
  module: import.meta.url,
  export: "gapStage",
  format: "json",
  width: 1,
  partial: (_sets, block) => Float64Array.of(block.energy.reduce((least, energy) => Math.min(least, energy), Infinity)),
  combine: (total, partial) => total[0] <= partial[0] ? total : partial,
  finish: (_sets, total) => [{ gap: total[0] }],
};
