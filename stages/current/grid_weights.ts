/**
 * What the momenta of one block weigh in sums over the zone: apart, so that all that is summed over a grid is summed alike.
 *
 * @module
 */
import { gridBlocks } from "../diagonalize/grid_blocks.ts";
import { momentumAxes, type MomentumGrid } from "../diagonalize/momentum_grid.ts";

/** The weights of a block, a piece of one row of the grid. A momentum's weight is a row's times its own. */
export interface GridWeights {
  /** The row's share of ∫d²q/(2π)². */
  readonly row: number;
  /** The row's share by the coarse rule along q_z. */
  readonly coarseRow: number;
  /** Multiplicity of each momentum divided by two (contractions sum over ±q_y themselves), shape `[point]`. */
  readonly point: Float64Array;
  /** The same by the coarse rule along q_y, shape `[point]`. */
  readonly coarsePoint: Float64Array;
}

/**
 * The weights of a block.
 *
 * @param momentum The grid.
 * @param sites L, which the size of blocks depends on.
 * @param index Which block.
 * @returns Its weights.
 */
export function gridWeights(momentum: MomentumGrid, sites: number, index: number): GridWeights {
  const { row, first, end } = gridBlocks(momentum, sites)[index];
  const measure = 1 / (momentum.qy * momentum.qz); // d²q/(2π)² of a cell
  const { y, z } = momentumAxes(momentum);
  return {
    row: z.weight[row] * measure,
    coarseRow: z.coarseWeight[row] * measure,
    point: y.weight.subarray(first, end).map((count) => count / 2),
    coarsePoint: y.coarseWeight.subarray(first, end).map((count) => count / 2),
  };
}
